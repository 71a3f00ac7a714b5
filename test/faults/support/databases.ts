import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Kind } from '../../support/databases';
import type { ServerInUse } from '../../support/postgres';

/** An empty database for one fault. */
export interface Place {
  readonly kind: Kind;
  /** The address, as in DATABASE_URL. */
  readonly url: string;
}

/**
 * Makes an empty database of each kind that this run has.
 *
 * @param name letters, digits and `_`
 */
export async function places(dir: string, name: string, server: ServerInUse | null): Promise<Place[]> {
  const sqlite: Place = { kind: 'SQLite', url: `file:${join(dir, `${name}.db`)}` };
  if (!server) return [sqlite];
  // Other tests have databases on the same server, so the name gets a random suffix. It is short: the program's log may
  // hold the name, and a longer one would look like a secret there.
  const own = `${name}_${randomUUID().slice(0, 8)}`;
  await server.run(`create database ${own}`);
  return [sqlite, { kind: 'PostgreSQL', url: server.url(own) }];
}
