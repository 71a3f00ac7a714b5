import { DomainError } from '../domain/errors';

/** The last row of a page. Lists are ordered by start, then by id, and the next page begins after this row. */
export interface Cursor {
  readonly start: number;
  readonly id: string;
}

export function writeCursor({ start, id }: Cursor): string {
  return Buffer.from(`${start} ${id}`).toString('base64url');
}

/** @throws DomainError `invalid` if the text is not a cursor of this program */
export function readCursor(cursor: string | undefined): Cursor | undefined {
  if (!cursor) return undefined;
  const [start, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  if (!id || !Number.isSafeInteger(Number(start)) || id.includes('\0'))
    throw new DomainError('invalid', { errors: [{ pointer: '/cursor', detail: 'is not a cursor of this search' }] });
  return { start: Number(start), id };
}
