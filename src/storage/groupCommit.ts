import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from './schema';

type Work<T> = (trx: Kysely<Database>) => Promise<T>;

/**
 * Runs work in a transaction, so that all of it is committed or nothing.
 *
 * @param since when the caller began to wait, in milliseconds of `performance.now()`; by default now
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
  /** Returns `true` if a transaction is open. SQLite rolls one back by itself when the disk is full or broken. */
  readonly isOpen: () => boolean;
  /**
   * Returns `true` if the error would also meet each write on its own, so that the group is not split and tried again.
   */
  readonly isHopeless: (error: unknown) => boolean;
  /** Runs a statement on the transaction's connection. */
  readonly run: (statement: string) => void;
  /** Called when a group was rolled back. */
  readonly undone: () => void;
}

/** The most writes that share a transaction. */
const MAX_WRITES_A_COMMIT = 16;

/**
 * Lets concurrent writes share a transaction, because the commit takes most of the time of a small write. Each write
 * has its own savepoint, so a write that fails leaves nothing behind and the others continue. Callers get their results
 * only after the commit. If a group cannot be committed, its writes are run again one by one.
 *
 * @param inTransaction runs a single write or a whole group in a transaction
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
      // The group waits for the lock no longer than its oldest member may; a member whose time is over still gets one
      // try.
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

/**
 * Waits until no further write joins the group. Requests that have arrived already are handled one per turn of the
 * event loop, so it waits turn by turn.
 */
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
    // Without an open transaction the statements of the next write would be committed one by one.
    if (!isOpen()) throw error;
    run('rollback to one_of_group');
    run('release one_of_group');
    return { error };
  }
}
