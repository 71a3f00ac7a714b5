import type { AppDeps } from '../app/deps';
import type { Passwords } from '../app/ports/passwords';
import type { NewUser } from '../app/ports/staffStore';
import type { Stores } from '../app/ports/storage';
import type { Desk } from '../domain/desk';
import { type DemoAccount, demoAccounts } from './accounts';
import { fillFortnight } from './fortnight';
import { mulberry32, type Random } from './random';

export interface DemoDeps extends Pick<AppDeps, 'storage' | 'ids'> {
  readonly passwords: Passwords;
  readonly production: boolean;
  /** The desks that come with the program: others are somebody's own, and are left alone. */
  readonly shipped: readonly string[];
}

/**
 * Puts demo accounts into a database that has neither users nor bookings yet; any other is left as it is. All or nothing, in one
 * transaction: whoever has made them fills the desks, and nobody else.
 *
 * @returns the accounts that were made; none if the database was in use
 * @throws Error in production, whatever the database: the passwords are known to everybody
 */
export async function seedAccounts({
  production,
  passwords,
  storage,
  ids,
  shipped,
}: DemoDeps): Promise<readonly DemoAccount[]> {
  if (production) throw new Error('No demo in production: its passwords are known to everybody.');
  // Hashing takes its time, so it happens before the transaction, and only if it is needed.
  if (await inUse(storage)) return [];
  const accounts = demoAccounts(await shippedDesks(storage, shipped));
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
    await stores.jobs.register(FILLING);
    return accounts;
  });
}

/** The work of filling the desks, among the jobs: it succeeds once, and until then each start goes on with it. */
const FILLING = 'demoBookings';

/** Whether the desks are still to be filled: the accounts were made just now, or whoever filled them was stopped. */
export async function isUnfilled({ jobs }: Pick<Stores, 'jobs'>): Promise<boolean> {
  return (await jobs.list()).some(({ name, lastSuccessAt }) => name === FILLING && lastSuccessAt === null);
}

interface FillDeps extends Omit<AppDeps, 'writeMails' | 'turn' | 'unmet'> {
  readonly shipped: readonly string[];
  readonly stopping: AbortSignal;
  readonly random?: Random;
}

/**
 * Gives the shipped desks a fortnight of bookings while the program serves. It lets others have their turn after each, and ends with the
 * next one when it is told to: what is there by then stays, and the next start goes on with it.
 *
 * @returns how many it made
 */
export async function fillDesks({ shipped, random = mulberry32(2026), ...deps }: FillDeps): Promise<number> {
  const { storage, stopping } = deps;
  const holder = deps.ids.uuid();
  const filling = (await storage.jobs.list()).find(({ name }) => name === FILLING);
  // Another process may have begun in this moment.
  if (filling && !(await storage.atomically(({ jobs }) => jobs.take(FILLING, holder, filling.beat)))) return 0;
  let made = 0;
  for (const desk of await shippedDesks(storage, shipped))
    made += await fillFortnight({ ...deps, now: deps.now(), random }, desk);
  const at = deps.now();
  await storage.atomically(async ({ jobs }) => {
    const progress = { runs: 1, failures: 0, lastRunAt: at, lastSuccessAt: stopping.aborted ? null : at };
    await jobs.beat(FILLING, holder, progress);
    await jobs.release(holder);
  });
  return made;
}

async function shippedDesks({ desks }: Pick<Stores, 'desks'>, shipped: readonly string[]): Promise<Desk[]> {
  return (await desks.list()).filter(({ id }) => shipped.includes(id));
}

/** The demo accounts that are in the database, to be shown at a start in development. */
export async function presentAccounts(
  { desks, staff }: Pick<Stores, 'desks' | 'staff'>,
  shipped: readonly string[],
): Promise<DemoAccount[]> {
  const present: DemoAccount[] = [];
  for (const account of demoAccounts(await shippedDesks({ desks }, shipped)))
    if ((await staff.findUserByEmail(account.email))?.demo) present.push(account);
  return present;
}

async function inUse({ desks, staff, bookings }: Stores): Promise<boolean> {
  if ((await staff.countUsers()) > 0) return true;
  for (const { id: deskId } of await desks.list())
    if ((await bookings.search({ deskId, limit: 1 })).bookings.length > 0) return true;
  return false;
}
