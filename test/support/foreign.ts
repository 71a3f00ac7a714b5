import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder with material that others wrote and that is no part of this repository: a folder beside the project, or
 * the one that the variable FOREIGN_MATERIAL names.
 */
const FOLDER = resolve(process.env.FOREIGN_MATERIAL ?? join(__dirname, '../../../shared/foreign'));

/**
 * Returns the path of a file or folder of the foreign material, or null if it is missing. If it is missing, a warning
 * says so on the console, and the caller skips its tests with `describe.skip` or `it.skip`, so that nobody takes them
 * for passed.
 */
export function foreign(name: string): string | null {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  console.warn(`${path} is missing: its tests are skipped. FOREIGN_MATERIAL=FOLDER names another folder.`);
  return null;
}
