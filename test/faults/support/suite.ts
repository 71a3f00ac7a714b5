import { spawnSync } from 'node:child_process';
import { type ServerInUse, serverOfTheRun } from '../../support/postgres';
import { type Place, places } from './databases';
import { endAll, removeScratch, scratch } from './program';

/** What the tests of one file share. */
export interface Suite {
  /** A folder of their own. */
  readonly dir: string;
  /** The PostgreSQL of the whole run; null where there is none. */
  readonly server: ServerInUse | null;
  /**
   * Makes an empty database of each kind that this run has.
   *
   * @param name letters, digits and `_`
   */
  places(name: string): Promise<Place[]>;
  /** Closes `peer` after the last test, when all programs have ended, and before the folder is removed. Returns it. */
  closing<T extends { close(): unknown }>(peer: T): T;
}

/**
 * Prepares what the tests of a file share; each file calls it first. After the last test, it ends whatever they left
 * running.
 */
export function suite(): Suite {
  const dir = scratch();
  const peers: { close(): unknown }[] = [];
  const server = serverOfTheRun();
  if (!server) process.stdout.write('No PostgreSQL here: these faults are tried on SQLite alone.\n');
  afterAll(async () => {
    endAll();
    for (const peer of peers) await peer.close();
    removeScratch(dir);
  });
  return {
    dir,
    server,
    places: (name) => places(dir, name, server),
    closing(peer) {
      peers.push(peer);
      return peer;
    },
  };
}

/** Does the work for all at the same time. If one fails, the others come to their end before its error is thrown. */
export async function atOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const done = await Promise.allSettled(all.map(work));
  for (const each of done) if (each.status === 'rejected') throw each.reason;
}

const canCompile = spawnSync('cc', ['--version']).status === 0;
/**
 * `describe` for tests that set a program's clock or break its disk. They are skipped where the shim cannot be
 * compiled.
 */
export const describeWithShim = canCompile ? describe : describe.skip;
/** `it` for such a test. */
export const itWithShim = canCompile ? it : it.skip;
