import type { z } from 'zod';
import { REPLAYED_DAYS } from '../../../app/desks/replayReserves';
import type { Rooms } from '../../../domain/deskParts';
import { apiPaths } from '../../../paths';
import { listedReserves, reservesCsv } from '../../csv/partsCsv';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { deskChangeJson, deskImportJson, replayJson, reservesJson } from '../presentParts';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { changed } from './changedPart';
import { keptDesk, seenDesk } from './sight';

/** The operations on the starts that a desk keeps, and on how many consultations it has room for. */
export function reserveOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffReserves,
        id: 'readReserves',
        summary: 'The starts that the desk keeps, and its rooms',
        csv: 'export',
        answer: { status: 200, description: 'Reserves and capacities', schema: schema.Reserves },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entry = await storage.desks.rooms(id);
        const csv = () => reservesCsv(entry.part.reserves);
        return { body: reservesJson(entry), headers: { ETag: versionTag(entry) }, csv };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffReserves,
        id: 'importReserves',
        summary: 'Replace all reserves by a list',
        description: 'All lines are taken or none; the capacities stay as they are.',
        query: schema.ApplyQuery,
        csv: 'import',
        body: schema.PartsCsv,
        answer: { status: 200, description: 'What is or would be changed', schema: schema.DeskImport },
      },
      async ({ params, query, body, who, idempotency }) => {
        const desk = await keptDesk(storage, who, params.desk);
        const dryRun = query.apply !== 'true';
        const change = { who, deskId: desk.id, reserves: listedReserves(body, desk), idempotency, dryRun };
        const { value, replayed } = await app.importReserves(change);
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffReservesReplay,
        id: 'replayReserves',
        summary: 'What reserves would have done in the last four weeks',
        description: 'Nothing is changed. The bookings of these days are replayed against the reserves of the body.',
        repeatable: true,
        body: schema.ReservesRequest,
        answer: { status: 200, description: 'What they would have kept, and for whom', schema: schema.ReservesReplay },
      },
      async ({ params, body, who }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const { uses } = await app.replayReserves({ who, deskId, reserves: roomsOf(body).reserves });
        return { body: replayJson(uses, REPLAYED_DAYS) };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffReserves,
        id: 'changeReserves',
        summary: 'Replace reserves and capacities',
        versioned: 'required',
        query: schema.DryRun,
        body: schema.ReservesRequest,
        answer: { status: 200, description: 'They hold from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionRequired(req, await storage.desks.rooms(deskId));
        return changed(await app.changeRooms({ who, deskId, rooms: roomsOf(body), seen, ...query }), query);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffReserves,
        id: 'removeReserves',
        summary: 'Keep no starts, and bound no mode',
        versioned: 'required',
        query: schema.DryRun,
        answer: { status: 200, description: 'All starts are for everybody', schema: schema.DeskChange },
      },
      async ({ params, query, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionRequired(req, await storage.desks.rooms(deskId));
        const none = { reserves: [], capacities: {} };
        return { body: deskChangeJson(await app.changeRooms({ who, deskId, rooms: none, seen, ...query })) };
      },
    ),
  ];
}

function roomsOf({ reserves, capacities }: z.output<typeof schema.ReservesRequest>): Rooms {
  return { reserves: reserves.map(({ topic, ...reserve }) => ({ topicId: topic, ...reserve })), capacities };
}
