import type BetterSqlite3 from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { type Revised, type Revisions, revisions } from '../revisions';
import type { Database } from '../schema';
import { refusing } from './refusals';

/**
 * Looks at revisions without Kysely, and without a statement where nothing was committed: `data_version` tells of commits by other
 * connections (https://sqlite.org/pragma.html#pragma_data_version), and this one's end with `ended`.
 *
 * @returns `known` as of the last commit, `within` for the transaction that is open, its own changes included
 */
export function revisionsOf(connection: BetterSqlite3.Database, db: Kysely<Database>) {
  const others = connection.prepare<[], number>('pragma data_version').pluck();
  const changed = connection.prepare<[string, number], Revised>(
    'select advisor_id as advisorId, number from diary_revision where desk_id = ? and number > ?',
  );
  const waiting = revisions(db);
  let own = 0;

  const within: Revisions = { since: async (deskId, revision) => refusing(() => changed.all(deskId, revision)) };
  const known: Revisions = {
    mark: () => refusing(() => `${others.get()} ${own}`),
    // Changes of the open transaction are not committed yet, so the look waits for its end.
    since: (deskId, revision) => (connection.inTransaction ? waiting : within).since(deskId, revision),
  };
  const ended = () => {
    own++;
  };
  return { known, within, ended };
}
