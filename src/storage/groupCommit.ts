import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Database } from './schema';

/**
 * Runs work in a transaction, so that all of it is committed or nothing.
 *
 * @param since when the caller began to wait, in milliseconds of `performance.now()`; by default now
 */
export type InTransaction = <T>(work: (trx: Kysely<Database>) => Promise<T>, since?: number) => Promise<T>;

/** A write. `shared` is what the writes of one transaction have together. */
type Work<Shared, T> = (trx: Kysely<Database>, shared: Shared) => Promise<T>;

interface Waiting<Shared> {
  readonly work: Work<Shared, unknown>;
  readonly since: number;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** What became of a write in a group; `again`: it is worth a transaction of its own. */
type Outcome = { readonly result: unknown } | { readonly error: unknown } | 'again';

interface Options<Shared> {
  /** The first thing that is done in a transaction; again if the transaction is tried again. */
  readonly begin: (trx: Kysely<Database>) => Promise<Shared>;
  /** Called when a transaction was committed, before its writes are answered. */
  readonly committed: (shared: Shared) => void;
  /** Runs a statement in the transaction. */
  readonly run: (trx: Kysely<Database>, statement: string) => Promise<unknown>;
  /** Tells whether the transaction is gone with all that was written in it. */
  readonly isLost: (error: unknown) => boolean;
  /** Tells whether a write that failed may succeed in a transaction of its own. */
  readonly isWorthAnotherTry: (error: unknown) => boolean;
  /**
   * Returns `true` if the error would also meet each write on its own, or nobody knows whether the group was committed:
   * then the group is not split and tried again.
   */
  readonly isHopeless: (error: unknown) => boolean;
}

/** The most writes that share a transaction. */
export const MAX_WRITES_A_COMMIT = 16;

/**
 * Lets concurrent writes share a transaction, because the commit takes most of the time of a small write. Each write
 * has its own savepoint, so a write that fails leaves nothing behind and the others continue. Callers get their results
 * only after the commit. If a group cannot be committed, its writes are run again one by one.
 *
 * @param inTransaction runs a single write or a whole group in a transaction
 */
export function groupCommit<Shared>(inTransaction: InTransaction, options: Options<Shared>) {
  const { begin, committed, isHopeless } = options;
  const waiting: Waiting<Shared>[] = [];
  let isBusy = false;

  async function commit<T>(work: Work<Shared, T>, since: number | undefined): Promise<T> {
    const { result, shared } = await inTransaction(async (trx) => {
      const shared = await begin(trx);
      return { result: await work(trx, shared), shared };
    }, since);
    committed(shared);
    return result;
  }

  async function settle(group: readonly Waiting<Shared>[]): Promise<void> {
    const all: Work<Shared, Outcome[]> = async (trx, shared) => {
      const outcomes: Outcome[] = [];
      for (const { work } of group) outcomes.push(await inSavepoint(trx, () => work(trx, shared), options));
      return outcomes;
    };
    // The group waits for the lock no longer than its oldest member may; a member whose time is over still gets one try.
    const outcomes = await commit(all, group[0]?.since).catch((error: unknown): Outcome[] =>
      group.map(() => (isHopeless(error) ? { error } : 'again')),
    );
    for (const [i, { work, since, done, failed }] of group.entries()) {
      const outcome = outcomes[i] ?? 'again';
      if (outcome === 'again') await commit(work, since).then(done, failed);
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
      if (first && group.length === 1) await commit(first.work, first.since).then(first.done, first.failed);
      else await settle(group);
    }
    isBusy = false;
  }

  return <T>(wanted: Work<Shared, T>, since = performance.now()) =>
    new Promise<T>((done, failed) => {
      waiting.push({ work: wanted, since, done: done as Waiting<Shared>['done'], failed });
      if (!isBusy) void work();
    });
}

/**
 * Waits until no further write joins the group. Requests that have arrived already are handled one per turn of the
 * event loop, so it waits turn by turn.
 */
async function gathered(waiting: readonly unknown[]): Promise<void> {
  let before = 0;
  while (waiting.length > before && waiting.length < MAX_WRITES_A_COMMIT) {
    before = waiting.length;
    await turn();
    await turn();
  }
}

async function inSavepoint(
  trx: Kysely<Database>,
  work: () => Promise<unknown>,
  { run, isLost, isWorthAnotherTry }: Pick<Options<unknown>, 'run' | 'isLost' | 'isWorthAnotherTry'>,
): Promise<Outcome> {
  await run(trx, 'savepoint one_of_group');
  try {
    const result = await work();
    await run(trx, 'release one_of_group');
    return { result };
  } catch (error) {
    // Without an open transaction the statements of the next write would be committed one by one.
    if (isLost(error)) throw error;
    await run(trx, 'rollback to one_of_group');
    await run(trx, 'release one_of_group');
    return isWorthAnotherTry(error) ? 'again' : { error };
  }
}
