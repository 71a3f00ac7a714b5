import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from './schema';

type Work<T> = (trx: Kysely<Database>) => Promise<T>;

/**
 * Runs work in a transaction: all of it is committed, or nothing.
 *
 * @param since when whoever asks for it began to wait, as `performance.now()` tells it; now, if left out
 */
export type InTransaction = <T>(work: Work<T>, since?: number) => Promise<T>;

interface Waiting {
  readonly work: Work<unknown>;
  readonly since: number;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

type Outcome = { readonly result: unknown } | { readonly error: unknown };

interface Options {
  /** Whether a transaction is open: SQLite gives it up by itself when the disk is full or broken. */
  readonly isOpen: () => boolean;
  /** Whether each of a group would fail as all of it has, and is not tried again. */
  readonly isHopeless: (error: unknown) => boolean;
  /** Runs a statement on the transaction's connection. */
  readonly run: (statement: string) => void;
  /** Told when a group came to nothing. */
  readonly undone: () => void;
}

/** So many share a commit. */
const MAX_WRITES_A_COMMIT = 16;

/**
 * Lets writers who come together share a transaction, since most of a small change is its commit. Each has a savepoint of its own: who
 * fails leaves nothing, and the others go on. Everybody hears of it when it is committed, and not before. A group
 * that cannot be committed is done again, one by one.
 *
 * @param inTransaction for whoever is alone, and for a group
 */
export function groupCommit(inTransaction: InTransaction, options: Options): InTransaction {
  const { isHopeless, undone } = options;
  const waiting: Waiting[] = [];
  let isBusy = false;

  async function settle(group: readonly Waiting[]): Promise<void> {
    const outcomes = await inTransaction(async (trx) => {
      const outcomes: Outcome[] = [];
      for (const { work } of group) outcomes.push(await inSavepoint(trx, work, options));
      return outcomes;
      // Nobody waits longer because others wait before them: whose time is over has one try.
    }, group[0]?.since).catch((error: unknown): Outcome[] => {
      undone();
      return isHopeless(error) ? group.map(() => ({ error })) : [];
    });
    for (const [i, { work, since, done, failed }] of group.entries()) {
      const outcome = outcomes[i];
      if (!outcome) await inTransaction(work, since).then(done, failed);
      else if ('error' in outcome) failed(outcome.error);
      else done(outcome.result);
    }
  }

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) {
      await gathered(waiting);
      const group = waiting.splice(0, MAX_WRITES_A_COMMIT);
      const [first] = group;
      if (first && group.length === 1) await inTransaction(first.work, first.since).then(first.done, first.failed);
      else await settle(group);
    }
    isBusy = false;
  }

  return <T>(wanted: Work<T>, since = performance.now()) =>
    new Promise<T>((done, failed) => {
      waiting.push({ work: wanted, since, done: done as Waiting['done'], failed });
      if (!isBusy) void work();
    });
}

/** Until nobody joins any more: requests that are already here arrive one after the other, one in each turn of the event loop. */
async function gathered(waiting: readonly Waiting[]): Promise<void> {
  let before = 0;
  while (waiting.length > before && waiting.length < MAX_WRITES_A_COMMIT) {
    before = waiting.length;
    await turn();
    await turn();
  }
}

async function inSavepoint(trx: Kysely<Database>, work: Work<unknown>, { run, isOpen }: Options): Promise<Outcome> {
  run('savepoint one_of_group');
  try {
    const result = await work(trx);
    run('release one_of_group');
    return { result };
  } catch (error) {
    // Without a transaction the next one's changes would be committed statement by statement.
    if (!isOpen()) throw error;
    run('rollback to one_of_group');
    run('release one_of_group');
    return { error };
  }
}
