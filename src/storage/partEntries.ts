import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PartEntry } from '../app/ports/deskStore';
import type { Database } from './schema';

/** The tables of the parts of a desk that have a place in a list, and a version each. */
type PartTable = 'topic' | 'advisor' | 'partner';

/** What is stored beside a part of the desk. */
export interface Stamp {
  readonly version: number;
  readonly origin: PartEntry<unknown>['origin'];
}

export const FROM_FILE: Stamp = { version: 1, origin: 'file' };

export function ofDesk(deskId: string): RawBuilder<boolean> {
  return sql<boolean>`desk_id = ${deskId}`;
}

export function entryOf<T>(part: T, stamp: { version: number | null; origin: Stamp['origin'] | null }): PartEntry<T> {
  return { part, origin: stamp.origin ?? 'file', version: stamp.version ?? 1 };
}

/** Returns where the part stands, or would stand as the last, and the version that it gets. */
export async function placeOf(
  db: Kysely<Database>,
  table: PartTable,
  deskId: string,
  id: string,
): Promise<{ readonly position: number; readonly version: number }> {
  const all = await db.selectFrom(table).where(ofDesk(deskId)).select(['id', 'position', 'version']).execute();
  const there = all.find((each) => each.id === id);
  const last = Math.max(-1, ...all.map(({ position }) => position));
  return { position: there?.position ?? last + 1, version: there ? (there.version ?? 1) + 1 : 1 };
}

/** The parts of one kind as they are stored, and as a desk's file has them. */
interface Succession<T> {
  readonly deskId: string;
  readonly before: readonly PartEntry<T>[];
  readonly all: readonly T[];
  /** What of a part is compared. */
  readonly seen: (part: T) => T;
  readonly write: (part: T, position: number, stamp: Stamp) => Promise<void>;
}

/** Writes a part where it differs from what is stored, and its place in the list of the file in any case. */
export async function succeedParts<T extends { readonly id: string }>(
  db: Kysely<Database>,
  table: PartTable,
  { deskId, before, all, seen, write }: Succession<T>,
): Promise<void> {
  for (const [position, part] of all.entries()) {
    const there = before.find((entry) => entry.part.id === part.id);
    if (!there) await write(part, position, FROM_FILE);
    else if (isDeepStrictEqual(seen(there.part), seen(part)))
      await db.updateTable(table).set({ position }).where('desk_id', '=', deskId).where('id', '=', part.id).execute();
    else await write(part, position, { version: there.version + 1, origin: 'file' });
  }
}
