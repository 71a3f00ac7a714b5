import type BetterSqlite3 from 'better-sqlite3';

/** The first Node whose Node-API is new enough. */
const FIRST_WITH_NODE_API = 22;

/**
 * better-sqlite3 in the release that this Node can run. Up to 12 it is built on `node::ObjectWrap`, which in recent releases of
 * Node 24 aborts the process when a statement is collected; from 13 on it is built on Node-API, which Node 20 cannot load.
 */
export const Sqlite: typeof BetterSqlite3 = require(driverFor(process.versions.node));

function driverFor(node: string): string {
  return Number(node.split('.', 1)[0]) >= FIRST_WITH_NODE_API ? 'better-sqlite3-napi' : 'better-sqlite3';
}
