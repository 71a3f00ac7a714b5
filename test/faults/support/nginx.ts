import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, pause, ROOT } from './program';

/** nginx as docs/nginx.conf sets it up, on a free port. */
export interface Nginx {
  readonly origin: string;
  accessLog(): string;
  errorLog(): string;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/sbin/nginx';
const started = new Set<ChildProcess>();

/** Ends the nginx processes that a test left running. */
export function endNginx(): void {
  for (const child of started) if (child.exitCode === null) child.kill('SIGTERM');
}

/** @returns whether this machine has nginx; says so if it has none */
export function hasNginx(): boolean {
  if (binary()) return true;
  process.stdout.write('nginx: skipped, it is not installed here (Debian: apt-get install nginx-light).\n');
  return false;
}

/**
 * Starts nginx, unprivileged, with docs/nginx.conf itself: only the ports and the folder of the logs are replaced.
 *
 * @param dir the folder for nginx's own folder
 * @param upstreams the ports of two processes
 */
export async function nginx(dir: string, upstreams: readonly [number, number]): Promise<Nginx> {
  const port = await freePort();
  const base = join(dir, `nginx-${port}`);
  mkdirSync(base);
  const site = readFileSync(join(ROOT, 'docs', 'nginx.conf'), 'utf8')
    .replace(/^ {4}listen 80;/m, `    listen 127.0.0.1:${port};`)
    .replace('127.0.0.1:3001', `127.0.0.1:${upstreams[0]}`)
    .replace('127.0.0.1:3002', `127.0.0.1:${upstreams[1]}`)
    .replaceAll('/var/log/nginx/', `${base}/`);
  writeFileSync(join(base, 'site.conf'), site);
  writeFileSync(join(base, 'nginx.conf'), AROUND(base));
  const as = nobody();
  if (as) {
    chmodSync(dir, 0o711);
    chownSync(base, as.uid, as.gid);
  }
  const args = ['-p', base, '-c', join(base, 'nginx.conf'), '-e', join(base, 'first.log')];
  const checked = spawnSync(binary() as string, [...args, '-t'], { ...as, encoding: 'utf8' });
  if (checked.status !== 0) throw new Error(checked.stderr);
  const child = spawn(binary() as string, [...args, '-g', 'daemon off;'], { ...as, stdio: 'ignore' });
  started.add(child);
  const log = (name: string) => readFileSync(join(base, name), 'utf8');
  await listening(child, `http://127.0.0.1:${port}`);
  return {
    origin: `http://127.0.0.1:${port}`,
    accessLog: () => log('sprechstunde.access.log'),
    errorLog: () => log('sprechstunde.error.log'),
    stop: () =>
      new Promise((done) => {
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

/** The configuration that a distribution's nginx.conf has around the example. */
const AROUND = (base: string) => `
worker_processes 2;
pid ${base}/nginx.pid;
events { worker_connections 1024; }
http {
  client_body_temp_path ${base}/body;
  proxy_temp_path ${base}/proxy;
  fastcgi_temp_path ${base}/fastcgi;
  uwsgi_temp_path ${base}/uwsgi;
  scgi_temp_path ${base}/scgi;
  include ${base}/site.conf;
}
`;

async function listening(child: ChildProcess, origin: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await fetch(`${origin}/metrics`).catch(() => undefined)) return;
    if (child.exitCode !== null) break;
    await pause(50);
  }
  throw new Error('nginx does not start');
}

function binary(): string | null {
  return [DEBIAN, 'nginx'].find((name) => spawnSync(name, ['-v']).status === 0) ?? null;
}

function nobody(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
