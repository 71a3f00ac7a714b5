import type BetterSqlite3 from 'better-sqlite3';

/** The first major version of Node whose Node-API better-sqlite3 13 can use. */
const FIRST_WITH_NODE_API = 22;

/**
 * The release of better-sqlite3 that runs on this Node. Releases up to 12 are built on `node::ObjectWrap`, which in
 * recent releases of Node 24 aborts the process when a statement is garbage-collected. Releases from 13 on are built on
 * Node-API, in a version that Node 20 cannot load.
 */
export const Sqlite: typeof BetterSqlite3 = require(driverFor(process.versions.node));

function driverFor(node: string): string {
  return Number(node.split('.', 1)[0]) >= FIRST_WITH_NODE_API ? 'better-sqlite3-napi' : 'better-sqlite3';
}
