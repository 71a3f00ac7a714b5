import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { CustomTypesConfig, PoolClient, types as Types } from 'pg';
import { DomainError } from '../../domain/errors';
import { pg } from './driver';
import { asRefusal, codeOf } from './refusals';

/** How many connections this process opens at most. */
const MAX_CONNECTIONS = 10;
/**
 * How long a request waits for its turn at the desk, and for a connection of the pool or to the server. It is long, because hundreds may
 * want the same slot, and all get an answer.
 */
export const CONNECT_MS = 30_000;
/** The limit for one statement. It takes milliseconds normally, so a statement that takes this long has met a fault. */
const STATEMENT_MS = 30_000;
const LOCK_MS = 10_000;

/** The pool of `pg` in the form that Kysely asks for, with its refusals in the words of the domain. */
export function refusingPool(url: string): PostgresPool {
  const { Pool, types } = pg();
  const pool = new Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    application_name: 'sprechstunde',
    types: { getTypeParser: numbersForBigints(types) },
    // Several statements are on their way only where `refusingClient` sends them together.
    pipeline: true,
  });
  // A connection that breaks while nobody uses it is dropped by the pool; without listeners the process would end.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  const connect = async () => {
    try {
      return await pool.connect();
    } catch (error) {
      throw new DomainError('unavailable', { database: codeOf(error) || 'unreachable' }, { cause: error });
    }
  };
  return { connect: async () => refusingClient(await connect(), connect), end: () => pool.end() };
}

const LOOK = /^\s*select\b/i;
/** Statements that only concern what follows. They are sent with the next one, in one round trip. */
const WITH_NEXT = /^(begin|savepoint|release|rollback to)\b/i;
const SENT_LATER = { command: '', rowCount: null, rows: [] };

/**
 * A connection of the pool. One that broke while nobody used it is noticed by its first statement only: if that is a look, also the first
 * of a transaction, it goes to another connection, until the pool has none left that is older than the break.
 */
function refusingClient(first: PoolClient, another: () => Promise<PoolClient>): PostgresPoolClient {
  let client: PoolClient | undefined = first;
  let broken = false;
  let answered = false;
  let unsent: string[] = [];
  const send = async (text: string, values?: unknown[]) => {
    // A transaction that found no other connection is still rolled back by its caller.
    if (!client) throw new DomainError('unavailable', { database: 'connection lost', broken: true });
    return client.query(text, values);
  };
  const query = async (text: string, values: unknown[]) => {
    if (WITH_NEXT.test(text)) {
      unsent.push(text);
      return SENT_LATER;
    }
    const before = unsent;
    unsent = [];
    for (let tries = 1; ; tries++) {
      try {
        const sent = [...before.map((each) => send(each)), send(text, values)];
        const result = (await Promise.all(sent)).at(-1);
        answered = true;
        return result;
      } catch (error) {
        const refusal = asRefusal(error);
        broken ||= refusal instanceof DomainError && refusal.details.broken === true;
        if (!broken || answered || !LOOK.test(text) || tries > MAX_CONNECTIONS) throw refusal;
        client?.release(true);
        client = undefined;
        client = await another();
        broken = false;
      }
    }
  };
  // Only the form with text and values is ever called without a cursor.
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client?.release(broken) };
}

const INT8_TYPE_ID = 20;
/** `bigint` columns are read as numbers: they hold instants and counts, far below 2^53. */
const numbersForBigints =
  (types: typeof Types): CustomTypesConfig['getTypeParser'] =>
  (oid, format) =>
    oid === INT8_TYPE_ID ? Number : types.getTypeParser(oid, format);
