import type { Storage } from '../../src/app/ports/storage';
import { aDesk, anAdvisor, NOW } from '../support/builders';
import { type Kind, kinds, newDatabase, openUrl } from '../support/databases';

/** An empty database of one kind; the test closes it, and then it is gone. */
export type Open = () => Promise<Storage>;

/** The databases that keep the contracts, by name. */
export function databases(): [kind: Kind, open: Open][] {
  return kinds().map((kind) => [kind, () => openNew(kind)]);
}

async function openNew(kind: ReturnType<typeof kinds>[number]): Promise<Storage> {
  const { url, drop } = await newDatabase(kind);
  const { storage } = await openUrl(url, { now: NOW });
  return {
    ...storage,
    close: async () => {
      await storage.close();
      await drop();
    },
  };
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
