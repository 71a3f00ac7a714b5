import type { Desk } from '../../domain/desk';
import type { Storage } from '../ports/storage';

/** The result for each desk. */
interface Seeded {
  /** Ids of the desks that were added, in the given order. */
  readonly added: readonly string[];
  /** Ids of desks that existed before or were given twice. They are not changed. */
  readonly present: readonly string[];
}

type SeedDesks = (desks: readonly Desk[]) => Promise<Seeded>;

/**
 * Adds the desks that do not exist yet, in one transaction, so that two processes that start together on an empty
 * database add them once. Existing desks are never changed; `applyDesks` does that.
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
