import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ids } from '../app/ports/ids';
import type { Desk } from '../domain/desk';
import { loadDeskFile } from './deskFile';

const SHIPPED = join(__dirname, '../../data/desks');

/** Lists the files of the desks that come with the program. */
export function shippedDeskFiles(): string[] {
  const files = readdirSync(SHIPPED).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => join(SHIPPED, name));
}

/** Reads the desks that come with the program. */
export function shippedDesks(ids: Pick<Ids, 'uuid'>): Desk[] {
  return shippedDeskFiles().map((file) => loadDeskFile(file, ids));
}
