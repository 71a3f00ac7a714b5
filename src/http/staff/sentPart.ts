import type { Response } from 'express';
import type { DeskChange, Seen } from '../../app/desks/changeDesk';
import type { PartEntry } from '../../app/ports/deskStore';
import { type DomainError, type FieldError, isRefusal } from '../../domain/errors';
import { deed } from '../keptForm';
import type { CellError, CellForm, Cells } from '../parts/cells';
import { type MergedParts, merged, readDigests } from '../parts/merge';
import type { Fields } from './forms';

/** A part of the desk whose form was sent. */
interface SentPart<T> {
  readonly form: CellForm<T>;
  readonly id: string;
  /** Reads the part as it is now; undefined: it is new. */
  readonly now: () => Promise<PartEntry<T> | undefined>;
  readonly change: (part: T, how: { readonly seen: Seen; readonly dryRun: boolean }) => Promise<DeskChange>;
}

/** What became of a form: it is shown again, or merged with what somebody else did, or shown as it would be, or saved. */
export type Sent<T> =
  | { readonly kind: 'wrong'; readonly cells: Cells; readonly errors: readonly CellError[] }
  | { readonly kind: 'merge'; readonly merge: MergedParts; readonly entry: PartEntry<T> }
  | {
      readonly kind: 'preview';
      readonly cells: Cells;
      readonly part: T;
      readonly change: DeskChange;
      /** What somebody else has changed meanwhile, and was taken. */
      readonly taken: readonly string[];
      readonly entry: PartEntry<T> | undefined;
    }
  | { readonly kind: 'saved'; readonly change: DeskChange };

/** How the fields begin by which one of two changes is chosen. */
export const TAKE = 'take.';

/**
 * Checks the form of a part against the part as it is now, and saves it if that was asked for and nobody has changed it
 * meanwhile.
 *
 * @param typed the cells that the form says
 */
export async function sentPart<T>(
  res: Response,
  sent: SentPart<T>,
  { typed, fields, step = fields.step }: { typed: Cells; fields: Fields; step?: string | undefined },
): Promise<Sent<T>> {
  const entry = await sent.now();
  const theirs = entry ? sent.form.cells(entry.part) : {};
  let [cells, taken]: [Cells, readonly string[]] = [chosen(typed, theirs, fields), []];
  if (entry && Number(fields.version) !== entry.version) {
    const merge = merged(cells, theirs, readDigests(fields.seen));
    if (merge.conflicts.length > 0) return { kind: 'merge', merge, entry };
    ({ cells, taken } = merge);
  }
  const read = sent.form.read(sent.id, cells, entry?.part);
  if ('errors' in read) return { kind: 'wrong', cells, errors: read.errors };
  const seen = entry?.version ?? null;
  try {
    if (step !== 'save' || taken.length > 0) {
      const change = await sent.change(read.part, { seen, dryRun: true });
      return { kind: 'preview', cells, part: read.part, change, taken, entry };
    }
    return { kind: 'saved', change: await deed(res, () => sent.change(read.part, { seen, dryRun: false })) };
  } catch (error) {
    // Somebody was faster by a moment: the form is compared with what they have saved.
    if (entry && isRefusal(error, 'version-moved-on')) return sentPart(res, sent, { typed, fields, step: 'preview' });
    if (isRefusal(error, 'invalid')) return { kind: 'wrong', cells, errors: cellErrors(error) };
    throw error;
  }
}

/** Returns the cells with those of the other person where these were chosen. */
function chosen(typed: Cells, theirs: Cells, fields: Fields): Cells {
  const other = Object.entries(fields).flatMap(([name, value]) =>
    name.startsWith(TAKE) && value === 'theirs' ? [name.slice(TAKE.length)] : [],
  );
  const cells = { ...typed, ...Object.fromEntries(other.map((cell) => [cell, theirs[cell] ?? ''])) };
  return Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== ''));
}

function cellErrors({ details }: DomainError): CellError[] {
  const errors = (details.errors ?? []) as readonly FieldError[];
  return errors.map(({ pointer, detail }) => ({ cell: pointer.split('/')[1] ?? '', detail }));
}
