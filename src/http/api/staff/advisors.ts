import type { z } from 'zod';
import type { Advisor } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { withoutAbsent } from '../../../fields/schemas/checks';
import { apiPaths } from '../../../paths';
import { ADVISOR_COLUMNS, listedParts, partsCsv, unknownTopics } from '../../csv/partsCsv';
import type { HttpDeps } from '../../deps';
import { advisorForm } from '../../parts/advisorCells';
import { type Operation, secured } from '../operation';
import { advisorEntryJson, deskChangeJson, deskImportJson } from '../presentParts';
import { versionRequired, versionSeen, versionTag } from '../request';
import * as schema from '../schemas';
import { changed, IMPORT_OF_PARTS, newId } from './changedPart';
import { keptDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on a desk's advisors. Who leaves hands over by a plan, which their answer names. */
export function advisorOperations({ app, storage }: Deps): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffAdvisors,
        id: 'listAdvisors',
        summary: 'Who gives consultations',
        csv: 'export',
        answer: { status: 200, description: 'All advisors', schema: schema.AdvisorEntries },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await storage.desks.advisors(id);
        return {
          body: { advisors: entries.map(advisorEntryJson) },
          csv: () => partsCsv(advisorForm, ADVISOR_COLUMNS, entries),
        };
      },
    ),

    secured(
      {
        path: apiPaths.staffAdvisors,
        id: 'importAdvisors',
        summary: 'Enter and change many advisors at once',
        description: 'All lines are taken or none; what they do not name stays as it is.',
        ...IMPORT_OF_PARTS,
      },
      async ({ params, query, body, who, idempotency }) => {
        const desk = await keptDesk(storage, who, params.desk);
        const deskId = desk.id;
        const advisors = listedParts(advisorForm, ADVISOR_COLUMNS, {
          csv: body,
          entries: await storage.desks.advisors(deskId),
          wrongIn: unknownTopics(desk),
        });
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importAdvisors({ who, deskId, advisors, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffAdvisor,
        id: 'readAdvisor',
        summary: 'One advisor',
        answer: { status: 200, description: 'The advisor', schema: schema.AdvisorEntry },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entry = await entryOf(storage, id, params.id);
        if (!entry) throw new DomainError('not-found');
        return { body: advisorEntryJson(entry), headers: { ETag: versionTag(entry) } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffAdvisor,
        id: 'changeAdvisor',
        summary: 'Enter an advisor, or change what holds of them',
        description:
          'Someone new is entered with `If-None-Match: *` (or `If-Match: "0"`), which is 412 if there is somebody already. If bookings lose their place because the advisor leaves (`until`, `retired`), `plan` hands them over once it is committed. Without `retired` who had left comes back.',
        versioned: 'required',
        creates: true,
        query: schema.DryRun,
        body: schema.AdvisorRequest,
        answer: { status: 200, description: 'It holds from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionSeen(req, await entryOf(storage, deskId, params.id));
        const advisor = advisorOf(params.id, body);
        return changed(await app.changeAdvisor({ who, deskId, advisor, seen, ...query }), query);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffAdvisor,
        id: 'removeAdvisor',
        summary: 'An advisor leaves',
        description:
          'To whom nothing refers is deleted. Who had bookings, absences or an account is retired; `plan` hands over their bookings ahead once it is committed.',
        versioned: 'required',
        query: schema.DryRun,
        answer: { status: 200, description: 'Nobody can book with them any more', schema: schema.DeskChange },
      },
      async ({ params, query, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const entry = await entryOf(storage, deskId, params.id);
        if (!entry) throw new DomainError('not-found');
        const seen = versionRequired(req, entry);
        const change = await app.removeAdvisor({ who, deskId, id: params.id, seen, ...query });
        return { body: deskChangeJson(change) };
      },
    ),
  ];
}

async function entryOf({ desks }: Pick<Deps['storage'], 'desks'>, deskId: string, id: string) {
  return (await desks.advisors(deskId)).find(({ part }) => part.id === id);
}

function advisorOf(id: string, { retired, ...body }: z.output<typeof schema.AdvisorRequest>): Advisor {
  return { ...withoutAbsent(body), id: newId(id), ...(retired && { retired }) };
}
