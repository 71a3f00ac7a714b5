import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'golden');

/** Compares byte for byte with `test/golden/<name>`. `UPDATE_GOLDEN=1` writes the file anew: look at the difference then. */
export function expectGolden(name: string, bytes: Buffer | string): void {
  const file = join(FOLDER, name);
  const actual = Buffer.from(bytes);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, actual);
  if (!existsSync(file)) throw new Error(`no golden file ${name}: make it with UPDATE_GOLDEN=1`);
  const golden = readFileSync(file);
  // Compares as text first, since Jest shows where texts differ.
  expect(actual.toString()).toBe(golden.toString());
  expect(actual.equals(golden)).toBe(true);
}
