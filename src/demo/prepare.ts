import { type DemoDeps, isUnfilled, presentAccounts, seedAccounts } from './demo';

/** The lines that are printed at a start in development, and whether the desks still have to be filled. */
interface Development {
  readonly greeting: readonly string[];
  readonly isUnfilled: boolean;
}

/**
 * Makes the demo accounts in a database that is not in use yet. Only for development.
 *
 * @param accountsOpen whether demo users may sign in; if not, the greeting names none
 */
export async function prepareDevelopment({
  accountsOpen,
  ...deps
}: DemoDeps & { readonly accountsOpen: boolean }): Promise<Development> {
  if (deps.production) return { greeting: [], isUnfilled: false };
  await seedAccounts(deps);
  const unfilled = await isUnfilled(deps.storage);
  const accounts = await presentAccounts(deps.storage, deps.shipped);
  if (accounts.length === 0 || !accountsOpen) return { greeting: [], isUnfilled: unfilled };
  const widest = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(({ email, password }) => `  ${email.padEnd(widest)}  ${password}`);
  return { greeting: ['Demo accounts:', ...lines], isUnfilled: unfilled };
}
