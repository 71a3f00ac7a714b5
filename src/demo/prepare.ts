import { type DemoDeps, isUnfilled, presentAccounts, seedAccounts } from './demo';

/** What greets whoever has started the program, and whether the desks are still to be filled. */
export interface Development {
  readonly greeting: readonly string[];
  readonly isUnfilled: boolean;
}

/**
 * Development only: the demo accounts in a database that nobody uses yet.
 *
 * @param accountsOpen whether anybody may sign in as a demo user; else none is named
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
