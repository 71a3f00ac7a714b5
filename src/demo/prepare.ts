import { type DemoDeps, presentAccounts, seedDemo } from './demo';

/** Development only: the demo in a database that nobody uses yet, and the lines that greet whoever has started the program. */
export async function prepareDevelopment(deps: DemoDeps): Promise<string[]> {
  if (deps.production) return [];
  await seedDemo(deps);
  const accounts = await presentAccounts(deps.storage);
  if (accounts.length === 0) return [];
  const widest = Math.max(...accounts.map(({ email }) => email.length));
  return ['Demo accounts:', ...accounts.map(({ email, password }) => `  ${email.padEnd(widest)}  ${password}`)];
}
