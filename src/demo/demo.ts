import type { AppDeps } from '../app/deps';
import type { Passwords } from '../app/ports/passwords';
import type { NewUser } from '../app/ports/staffStore';
import type { Storage, Stores } from '../app/ports/storage';
import { type DemoAccount, demoAccounts } from './accounts';
import { fillFortnight } from './fortnight';
import { mulberry32, type Random } from './random';

export interface DemoDeps extends Omit<AppDeps, 'compose' | 'turn' | 'unmet'> {
  readonly passwords: Passwords;
  readonly production: boolean;
  readonly random?: Random;
}

/**
 * Puts demo accounts and a fortnight of bookings into a database that has neither users nor bookings yet; any other is left
 * as it is. All or nothing, in one transaction.
 *
 * @returns the accounts that were made; none if the database was in use
 * @throws Error in production, whatever the database: the passwords are known to everybody
 */
export async function seedDemo({
  production,
  passwords,
  random = mulberry32(2026),
  ...deps
}: DemoDeps): Promise<DemoAccount[]> {
  if (production) throw new Error('No demo in production: its passwords are known to everybody.');
  const { storage, ids } = deps;
  // Hashing takes its time, so it happens before the transaction, and only if it is needed.
  if (await inUse(storage)) return [];
  const accounts = demoAccounts(await storage.desks.list());
  const users = await Promise.all(
    accounts.map(
      async ({ password, ...who }): Promise<NewUser> => ({
        ...who,
        id: ids.uuid(),
        demo: true,
        passwordHash: await passwords.hash(password),
      }),
    ),
  );

  return storage.write(async (stores) => {
    if (await inUse(stores)) return [];
    for (const user of users) await stores.staff.addUser(user);
    for (const desk of await stores.desks.list())
      await fillFortnight({ ...deps, storage: within(stores), now: deps.now(), random }, desk);
    return accounts;
  });
}

/** The demo accounts that are in the database, to be shown at a start in development. */
export async function presentAccounts({ desks, staff }: Pick<Stores, 'desks' | 'staff'>): Promise<DemoAccount[]> {
  const present: DemoAccount[] = [];
  for (const account of demoAccounts(await desks.list()))
    if ((await staff.findUserByEmail(account.email))?.demo) present.push(account);
  return present;
}

async function inUse({ desks, staff, bookings }: Stores): Promise<boolean> {
  if ((await staff.countUsers()) > 0) return true;
  for (const { id: deskId } of await desks.list())
    if ((await bookings.search({ deskId, limit: 1 })).bookings.length > 0) return true;
  return false;
}

/** A storage whose writes are part of a transaction that is under way; desks, which the demo does not change, are read once. */
function within(stores: Stores): Storage {
  const desks = stores.desks.list();
  const inside: Stores = {
    ...stores,
    desks: { ...stores.desks, find: async (id) => (await desks).find((desk) => desk.id === id) },
  };
  const write: Storage['write'] = (work) => work(inside);
  let asked = 0;
  // What this transaction has written is not committed, and read all the same.
  const revision = async () => asked++;
  const revisions = async () => [['', asked++] as const];
  return { ...inside, revision, revisions, write, atomically: write, ping: async () => {}, close: async () => {} };
}
