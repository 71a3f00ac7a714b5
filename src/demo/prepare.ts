import { type DemoDeps, presentAccounts, seedDemo } from './demo';

/**
 * Development only: the demo in a database that nobody uses yet, and the lines that greet whoever has started the program.
 *
 * @param accountsOpen whether anybody may sign in as a demo user; else none is named
 */
export async function prepareDevelopment({
  accountsOpen,
  ...deps
}: DemoDeps & { readonly accountsOpen: boolean }): Promise<string[]> {
  if (deps.production) return [];
  await seedDemo(deps);
  const accounts = await presentAccounts(deps.storage);
  if (accounts.length === 0 || !accountsOpen) return [];
  const widest = Math.max(...accounts.map(({ email }) => email.length));
  return ['Demo accounts:', ...accounts.map(({ email, password }) => `  ${email.padEnd(widest)}  ${password}`)];
}
