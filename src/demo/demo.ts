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
    return accounts;
  });
}

interface FillDeps extends Omit<AppDeps, 'compose' | 'turn' | 'unmet'> {
  readonly shipped: readonly string[];
  readonly stopping: AbortSignal;
  readonly random?: Random;
}

/**
 * Gives the shipped desks a fortnight of bookings while the program serves. It lets others have their turn after each, and ends with the
 * next one when it is told to: what is there by then stays.
 *
 * @returns how many there are now
 */
export async function fillDesks({ shipped, random = mulberry32(2026), ...deps }: FillDeps): Promise<number> {
  let made = 0;
  for (const desk of await shippedDesks(deps.storage, shipped))
    made += await fillFortnight({ ...deps, now: deps.now(), random }, desk);
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
