import type { z } from 'zod';
import { DomainError } from '../../../domain/errors';
import type { Partner } from '../../../domain/partner';
import { apiPaths } from '../../../paths';
import { desksNotThere, listedParts, PARTNER_COLUMNS, partsCsv } from '../../csv/partsCsv';
import type { HttpDeps } from '../../deps';
import { partnerForm } from '../../parts/partnerCells';
import { type Operation, secured } from '../operation';
import { deskChangeJson, deskImportJson, partnerEntryJson } from '../presentParts';
import { versionRequired, versionSeen, versionTag } from '../request';
import * as schema from '../schemas';
import { changed, IMPORT_OF_PARTS, newId } from './changedPart';
import { keptDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on a desk's partners. A change cancels no booking; its answer lists those that lose their place. */
export function partnerOperations({ app, storage }: Deps): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffPartners,
        id: 'listPartners',
        summary: 'The places to which consultations lead on',
        csv: 'export',
        answer: { status: 200, description: 'All partners', schema: schema.PartnerEntries },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await storage.desks.partners(id);
        return {
          body: { partners: entries.map(partnerEntryJson) },
          csv: () => partsCsv(partnerForm, PARTNER_COLUMNS, entries),
        };
      },
    ),

    secured(
      {
        path: apiPaths.staffPartners,
        id: 'importPartners',
        summary: 'Enter and change many partners at once',
        description: 'All lines are taken or none; what they do not name stays as it is.',
        ...IMPORT_OF_PARTS,
      },
      async ({ params, query, body, who, idempotency }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const partners = listedParts(partnerForm, PARTNER_COLUMNS, {
          csv: body,
          entries: await storage.desks.partners(deskId),
          wrongIn: desksNotThere({ deskId, deskIds: (await storage.desks.list()).map(({ id }) => id) }),
        });
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importPartners({ who, deskId, partners, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffPartner,
        id: 'readPartner',
        summary: 'One partner',
        answer: { status: 200, description: 'The partner', schema: schema.PartnerEntry },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entry = await entryOf(storage, id, params.id);
        if (!entry) throw new DomainError('not-found');
        return { body: partnerEntryJson(entry), headers: { ETag: versionTag(entry) } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffPartner,
        id: 'changePartner',
        summary: 'Enter a partner, or change it',
        description:
          'A new one is entered with `If-None-Match: *` (or `If-Match: "0"`), which is 412 if there is one already. Without `retired` a retired partner is brought back.',
        versioned: 'required',
        creates: true,
        query: schema.DryRun,
        body: schema.PartnerRequest,
        answer: { status: 200, description: 'It holds from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionSeen(req, await entryOf(storage, deskId, params.id));
        const partner = partnerOf(params.id, body);
        return changed(await app.changePartner({ who, deskId, partner, seen, ...query }), query);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffPartner,
        id: 'removePartner',
        summary: 'Delete a partner, or retire it',
        description: 'What no topic names is deleted. What one names is retired: it is told no more.',
        versioned: 'required',
        query: schema.DryRun,
        answer: { status: 200, description: 'It is told no more', schema: schema.DeskChange },
      },
      async ({ params, query, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const entry = await entryOf(storage, deskId, params.id);
        if (!entry) throw new DomainError('not-found');
        const seen = versionRequired(req, entry);
        const change = await app.removePartner({ who, deskId, id: params.id, seen, ...query });
        return { body: deskChangeJson(change) };
      },
    ),
  ];
}

async function entryOf({ desks }: Pick<Deps['storage'], 'desks'>, deskId: string, id: string) {
  return (await desks.partners(deskId)).find(({ part }) => part.id === id);
}

function partnerOf(id: string, { retired, ...body }: z.output<typeof schema.PartnerRequest>): Partner {
  return { ...body, id: newId(id), ...(retired && { retired }) };
}
