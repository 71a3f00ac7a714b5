import { join } from 'node:path';
import type { Kind } from '../../support/databases';
import type { PostgresServer } from '../../support/postgres';

/** An empty database for one fault. */
export interface Place {
  readonly kind: Kind;
  /** As in DATABASE_URL. */
  readonly url: string;
}

/**
 * One database of each kind that there is here.
 *
 * @param name letters, digits and `_`; once a run
 */
export async function places(dir: string, name: string, server: PostgresServer | null): Promise<Place[]> {
  const sqlite: Place = { kind: 'SQLite', url: `file:${join(dir, `${name}.db`)}` };
  if (!server) return [sqlite];
  await server.run(`create database ${name}`);
  return [sqlite, { kind: 'PostgreSQL', url: server.url(name) }];
}
