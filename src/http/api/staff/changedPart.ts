import { z } from 'zod';
import type { DeskChange } from '../../../app/desks/changeDesk';
import { newSlug } from '../../../fields/schemas';
import { deskChangeJson } from '../presentParts';
import { parsed } from '../problems';
import { versionTag } from '../request';

/** Answers a change of one of the desk's parts: with 201 and its version if it is new. */
export function changed(change: DeskChange, { dryRun }: { readonly dryRun: boolean }) {
  const { version, outcome } = change;
  return {
    body: deskChangeJson(change),
    created: outcome === 'entered' && !dryRun,
    ...(version !== null && { headers: { ETag: versionTag({ version }) } }),
  };
}

/** Reads the id that a PUT gives to a new part. @throws DomainError `invalid` */
export function newId(id: string): string {
  return parsed(NewId, { id }).id;
}

const NewId = z.object({ id: newSlug });
