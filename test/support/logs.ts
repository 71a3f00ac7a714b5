import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Program } from '../../src/compose';
import type { OpenDatabase } from '../../src/storage/engine';
import { readExposition } from './exposition';

/** The folder of the logs of this run's programs. `globalSetup` makes it, `globalTeardown` searches it. */
const DIR = process.env.TEST_LOG_DIR;

/** What `testLog` notes about a program when the program is closed. */
export interface LogAccount {
  readonly test: string;
  /** The number of answers that must each have a line. */
  readonly answers: number;
  /** The texts that no line may hold, by kind. */
  readonly personal: Readonly<Record<string, readonly string[]>>;
}

/**
 * Returns a log of all levels, in a file of this Jest worker. `close` writes what the program's database knows of
 * people beside it, so that `globalTeardown` can check that no line holds any of it.
 */
export function testLog() {
  if (!DIR) return { logger: pino({ level: 'silent' }), close: async () => {} };
  const worker = join(DIR, `${process.env.JEST_WORKER_ID ?? '0'}-${process.pid}`);
  const stream = pino.destination({ dest: `${worker}.log`, sync: true });
  const logger = pino({ level: 'trace' }, stream);
  return {
    logger,
    async close(database: Pick<OpenDatabase, 'db'>, program: Pick<Program, 'deps' | 'measures'>) {
      stream.end();
      // A test may have removed the database; then nothing can be read from it.
      const personal = await personalIn(database, program).catch(() => ({}));
      const account: LogAccount = {
        test: expect.getState().testPath ?? '',
        answers: await loggedAnswers(program),
        personal,
      };
      appendFileSync(`${worker}.accounts`, `${JSON.stringify(account)}\n`);
    },
  };
}

type Personal = Record<string, string[]>;

async function personalIn({ db }: Pick<OpenDatabase, 'db'>, { deps }: Pick<Program, 'deps'>): Promise<Personal> {
  const bookings = await db
    .selectFrom('booking')
    .select(['id', 'reference', 'client_name', 'client_email', 'client_phone', 'note', 'search_text', 'holder'])
    .select(['answers_json', 'on_behalf_json', 'draft_json', 'held_from', 'video_link'])
    .execute();
  const events = await db.selectFrom('booking_event').select(['reason', 'by_name']).execute();
  const absences = await db.selectFrom('absence').select('reason').execute();
  const outbox = await db.selectFrom('outbox').select('address').execute();
  const advisors = await db.selectFrom('advisor').select(['name', 'email', 'video_link']).execute();
  const users = await db.selectFrom('staff_user').select(['name', 'email', 'password_hash']).execute();
  const sessions = await db.selectFrom('session').select(['id_hash', 'csrf', 'search']).execute();
  const tokens = await db.selectFrom('api_token').select(['hash', 'name']).execute();
  const keys = await db.selectFrom('idempotency_key').select('key').execute();
  const limits = await db.selectFrom('rate_limit').select('key').execute();
  return {
    clients: texts(bookings, 'client_name', 'client_email', 'client_phone', 'search_text', 'reference'),
    words: [
      ...texts(bookings, 'note'),
      ...texts([...events, ...absences], 'reason'),
      ...bookings.flatMap(({ answers_json, on_behalf_json, draft_json }) =>
        [answers_json, on_behalf_json, draft_json].flatMap(textsInJson),
      ),
    ],
    staff: [...texts([...advisors, ...users, ...tokens], 'name', 'email'), ...texts(events, 'by_name')],
    addresses: texts(outbox, 'address'),
    secrets: [
      ...bookings.map(({ id }) => deps.tokens.tokenFor(id)),
      ...texts([...bookings, ...sessions, ...users, ...tokens], 'holder', 'id_hash', 'csrf', 'password_hash', 'hash'),
      ...texts(bookings, 'held_from'),
      ...texts([...bookings, ...advisors], 'video_link'),
      ...texts([...keys, ...limits], 'key'),
    ],
    searches: texts(sessions, 'search'),
  };
}

function texts(rows: readonly object[], ...columns: string[]): string[] {
  return rows.flatMap((row) => columns.flatMap((column) => (row as Record<string, unknown>)[column] ?? [])).map(String);
}

/** Every text in a JSON document that somebody may have typed: values, not names of fields. */
function textsInJson(json: string | null): string[] {
  const found: string[] = [];
  if (json !== null)
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === 'string') found.push(value);
      return value;
    });
  return found;
}

/** Returns how many answers must have a line, by the program's own count of its requests. */
async function loggedAnswers({ measures }: Pick<Program, 'measures'>): Promise<number> {
  const families = readExposition(await measures.counters());
  const counted = families.find(({ name }) => name === 'sprechstunde_http_requests_total')?.samples ?? [];
  return counted.filter(({ labels }) => !UNLOGGED.has(labels.route ?? '')).reduce((sum, { value }) => sum + value, 0);
}

const UNLOGGED = new Set(['probes', 'assets', 'metrics']);
