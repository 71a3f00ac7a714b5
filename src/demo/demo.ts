import type { AppDeps } from '../app/deps';
import type { Passwords } from '../app/ports/passwords';
import type { NewUser } from '../app/ports/staffStore';
import type { Stores } from '../app/ports/storage';
import type { Desk } from '../domain/desk';
import { type DemoAccount, demoAccounts } from './accounts';
import { fillCases } from './cases';
import { fillFortnight } from './fortnight';
import { fillPastMonths, noteShortages } from './pastMonths';
import { mulberry32, type Random } from './random';

export interface DemoDeps extends Pick<AppDeps, 'storage' | 'ids'> {
  readonly passwords: Passwords;
  readonly production: boolean;
  /** Ids of the desks that come with the program. Any other desk was entered by an operator and gets no demo data. */
  readonly shipped: readonly string[];
}

/**
 * Puts demo accounts into a database that has neither users nor bookings yet, and leaves any other as it is. All
 * accounts are made in one transaction, so that exactly one of several processes makes them and then fills the desks.
 *
 * @returns the accounts that were made; none if the database was in use
 * @throws Error in production, whatever the database, because everybody knows the passwords
 */
export async function seedAccounts({
  production,
  passwords,
  storage,
  ids,
  shipped,
}: DemoDeps): Promise<readonly DemoAccount[]> {
  if (production) throw new Error('No demo in production: its passwords are known to everybody.');
  // Hashing is slow, so passwords are hashed before the transaction, and only if the accounts are needed.
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

/**
 * The name of the job that fills the desks. It has to succeed once; until then each start of the program continues it.
 */
const FILLING = 'demoBookings';

/**
 * Returns `true` if the desks are not filled yet, because the accounts were just made or the process that filled them
 * was stopped.
 */
export async function isUnfilled({ jobs }: Pick<Stores, 'jobs'>): Promise<boolean> {
  return (await jobs.list()).some(({ name, lastSuccessAt }) => name === FILLING && lastSuccessAt === null);
}

interface FillDeps extends Omit<AppDeps, 'mailFacts' | 'turn' | 'unmet'> {
  readonly shipped: readonly string[];
  readonly stopping: AbortSignal;
  readonly random?: Random;
}

/** Of the past months, so that they leave the bookings of these days as they are. */
const PAST_SEED = 2025;

/**
 * Gives the shipped desks figures of some months, and a fortnight of bookings while the program serves requests. Requests are answered between two
 * bookings. When `stopping` is aborted it ends with the next booking; the bookings stay, and the next start of the
 * program continues.
 *
 * @returns the number of bookings that it made
 */
export async function fillDesks({ shipped, random = mulberry32(2026), ...deps }: FillDeps): Promise<number> {
  const { storage, stopping } = deps;
  const holder = deps.ids.uuid();
  const filling = (await storage.jobs.list()).find(({ name }) => name === FILLING);
  // Another process may have taken the job since it was read.
  if (filling && !(await storage.atomically(({ jobs }) => jobs.take(FILLING, holder, filling.beat)))) return 0;
  let made = 0;
  const desks = await shippedDesks(storage, shipped);
  for (const desk of desks) await fillCases(deps, desk);
  for (const desk of desks) await fillPastMonths({ ...deps, random: mulberry32(PAST_SEED) }, desk);
  for (const desk of desks) made += await fillFortnight({ ...deps, now: deps.now(), random }, desk);
  if (!stopping.aborted) await noteShortages({ ...deps, random });
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

/** Returns the demo accounts that are in the database, which a start in development prints. */
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
