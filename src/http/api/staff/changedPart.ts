import { z } from 'zod';
import type { DeskChange } from '../../../app/desks/changeDesk';
import { newSlug } from '../../../fields/schemas';
import { deskChangeJson } from '../presentParts';
import { parsed } from '../problems';
import { versionTag } from '../request';
import * as schema from '../schemas';

/** Answers a change of one of the desk's parts: with 201 and its version if it is new. */
export function changed(change: DeskChange, { dryRun }: { readonly dryRun: boolean }) {
  const { version, outcome } = change;
  return {
    body: deskChangeJson(change),
    created: outcome === 'entered' && !dryRun,
    ...(version !== null && { headers: { ETag: versionTag({ version }) } }),
  };
}

/** What all imports of a list whose lines have versions have in common: the CSV, whether it is meant, and what it changes. */
export const IMPORT_OF_PARTS = {
  method: 'post',
  query: schema.ApplyQuery,
  csv: 'import',
  body: schema.PartsCsv,
  answer: { status: 200, description: 'What is or would be changed', schema: schema.DeskImport },
  problems: [412],
} as const;

/** Reads the id that a PUT gives to a new part. @throws DomainError `invalid` */
export function newId(id: string): string {
  return parsed(NewId, { id }).id;
}

const NewId = z.object({ id: newSlug });
