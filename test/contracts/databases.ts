import type { Storage } from '../../src/app/ports/storage';
import { openSqlite } from '../../src/storage/sqlite';
import { aDesk, anAdvisor, NOW } from '../support/builders';

/** An empty database of one kind; the test closes it. */
export type Open = () => Promise<Storage>;

/** The databases that keep the contracts, by name. */
export function databases(): [name: string, open: Open][] {
  return [['SQLite', () => openSqlite(':memory:', { now: NOW })]];
}

/** With two desks; the second has an advisor of the same id as the first one's. */
export async function withDesks(open: Open): Promise<Storage> {
  const storage = await open();
  await storage.write(async ({ desks }) => {
    await desks.add(aDesk());
    await desks.add(aDesk({ id: 'wuppertal', advisors: [anAdvisor()] }));
  });
  return storage;
}
