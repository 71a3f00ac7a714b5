import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where material lies that others wrote and that is no part of this repository: beside the project, or wherever the variable says. */
const FOLDER = resolve(process.env.FOREIGN_MATERIAL ?? join(__dirname, '../../../shared/foreign'));

/**
 * A file or folder of it, or null where there is none. Then the console says so, and tests use `describe.skip` or `it.skip`, so that
 * nobody takes for passed what was not tried.
 */
export function foreign(name: string): string | null {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  console.warn(`${path} is missing: its tests are skipped. FOREIGN_MATERIAL=FOLDER names another folder.`);
  return null;
}
