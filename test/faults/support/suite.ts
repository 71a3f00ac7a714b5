import { spawnSync } from 'node:child_process';
import { type ServerInUse, serverOfTheRun } from '../../support/postgres';
import { type Place, places } from './databases';
import { endAll, removeScratch, scratch } from './program';

/** What the tests of one file have together. */
export interface Suite {
  /** A folder of their own. */
  readonly dir: string;
  /** The PostgreSQL of the whole run; null where there is none. */
  readonly server: ServerInUse | null;
  /**
   * An empty database of each kind that there is here.
   *
   * @param name letters, digits and `_`
   */
  places(name: string): Promise<Place[]>;
  /** Is closed after the last test, when all programs have ended, and before the databases go. */
  closing<T extends { close(): unknown }>(peer: T): T;
}

/** First of all in a file: prepares what its tests have together, and ends it with whatever they leave running. */
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

/** Works with all at the same time. When one fails, the others come to their end before it is thrown. */
export async function atOnce<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const done = await Promise.allSettled(all.map(work));
  for (const each of done) if (each.status === 'rejected') throw each.reason;
}

const canCompile = spawnSync('cc', ['--version']).status === 0;
/** For programs whose clock or disk is not the machine's: skipped where the shim that does it cannot be compiled. */
export const describeWithShim = canCompile ? describe : describe.skip;
/** The same for one test. */
export const itWithShim = canCompile ? it : it.skip;
