import { createHash } from 'node:crypto';
import type { Cells } from './cells';

/** The digest of each cell as it was when a form was made: enough to tell later who has changed it. */
export type Digests = Readonly<Record<string, string>>;

/** A cell that two people have changed, each to something else. */
interface Conflict {
  readonly cell: string;
  readonly mine: string;
  readonly theirs: string;
}

/** What comes of two changes of the same part. */
export interface MergedParts {
  /** Mine, with what only the other has changed; where both did, mine. */
  readonly cells: Cells;
  /** The cells that only the other has changed. */
  readonly taken: readonly string[];
  readonly conflicts: readonly Conflict[];
}

/** Twelve letters are 72 bits: nobody has an interest in finding two texts with the same. */
const DIGEST_LETTERS = 12;

export function digestsOf(cells: Cells): Digests {
  return Object.fromEntries(Object.entries(cells).map(([cell, text]) => [cell, digest(text)]));
}

/**
 * Merges two changes cell by cell. What only one of the two has changed is taken by itself, also where it was emptied.
 *
 * @param seen the digests of what both began with
 */
export function merged(mine: Cells, theirs: Cells, seen: Digests): MergedParts {
  const all = [...new Set([...Object.keys(mine), ...Object.keys(theirs), ...Object.keys(seen)])];
  const isAsSeen = (cells: Cells, cell: string) => digest(cells[cell] ?? '') === (seen[cell] ?? digest(''));
  const isSame = (cell: string) => (mine[cell] ?? '') === (theirs[cell] ?? '');
  const differing = all.filter((cell) => !isSame(cell) && !isAsSeen(theirs, cell));
  const taken = differing.filter((cell) => isAsSeen(mine, cell));
  const cells = Object.fromEntries(all.map((cell) => [cell, (taken.includes(cell) ? theirs : mine)[cell] ?? '']));
  const conflicts = differing
    .filter((cell) => !taken.includes(cell))
    .map((cell) => ({ cell, mine: mine[cell] ?? '', theirs: theirs[cell] ?? '' }));
  return { cells: Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== '')), taken, conflicts };
}

/** Reads digests from a form; what is none is empty, so that everything counts as changed. */
export function readDigests(text: string | undefined): Digests {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    if (read === null || typeof read !== 'object') return {};
    return Object.fromEntries(
      Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text.replace(/\r\n?/g, '\n').trim()).digest('base64url').slice(0, DIGEST_LETTERS);
}
