import type { Desk } from '../../domain/desk';
import type { Storage } from '../ports/storage';

/** What became of each of the desks. */
export interface Seeded {
  /** Ids, in the order in which they were given. */
  readonly added: readonly string[];
  /** Desks that were there before, or were given twice: they are left as they are. */
  readonly present: readonly string[];
}

export type SeedDesks = (desks: readonly Desk[]) => Promise<Seeded>;

/**
 * Adds desks that are not there yet, in one transaction: two programs that start together on an empty database add them once.
 * A desk that is there is never touched: `applyDesks` does that.
 */
export function seedDesks({ storage }: { storage: Pick<Storage, 'write'> }): SeedDesks {
  return (desks) =>
    storage.write(async (stores) => {
      const taken = new Set((await stores.desks.list()).map(({ id }) => id));
      const fresh: Desk[] = [];
      const present: string[] = [];
      for (const desk of desks) {
        if (taken.has(desk.id)) present.push(desk.id);
        else fresh.push(desk);
        taken.add(desk.id);
      }
      for (const desk of fresh) await stores.desks.add(desk);
      return { added: fresh.map(({ id }) => id), present };
    });
}
