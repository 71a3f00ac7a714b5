import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smtpPeer } from '../support/smtpPeer';
import { endAll, freePort, ROOT, removeScratch, scratch, startProgram } from './support/program';

const DOCS = join(ROOT, 'docs');
const units = readdirSync(DOCS).filter((name) => /\.(service|timer)$/.test(name));
const dir = scratch();
const here = hasSystemd();
afterAll(() => {
  endAll();
  removeScratch(dir);
});

/**
 * The exposure that systemd-analyze may find at most: 0 is a service that may do nothing at all, 10 one that may do
 * everything.
 */
const MOST_EXPOSED = 2;

describe('The units of systemd in docs/', () => {
  it('pass systemd-analyze without a warning', () => {
    expect(units.length).toBeGreaterThan(2);
    if (!here) return;
    for (const name of units) writeFileSync(join(dir, name), asHere(readFileSync(join(DOCS, name), 'utf8')));
    const { status, stdout, stderr } = analyze('verify', ...units.map((name) => join(dir, name)));
    expect([status, stdout + stderr]).toEqual([0, '']);
  });

  it('allow the program hardly anything', () => {
    if (!here) return;
    for (const name of units.filter((unit) => unit.endsWith('.service'))) {
      const { stdout, stderr } = analyze('security', '--offline=yes', join(DOCS, name));
      const level = /exposure level for \S+ ([\d.]+)/.exec(stdout);
      expect([stderr, Number(level?.[1])]).toEqual(['', expect.any(Number)]);
      expect(Number(level?.[1])).toBeLessThan(MOST_EXPOSED);
    }
  });

  it('start the program with what they set, back it up beside it, and end it well before they would kill it', async () => {
    const [unit, backup] = [settings('sprechstunde.service'), settings('sprechstunde-backup.service')];
    expect([unit.ExecStart, unit.WorkingDirectory]).toEqual([['/usr/bin/node dist/main.js'], ['/opt/sprechstunde']]);
    for (const folder of backup.StateDirectory?.[0]?.split(' ') ?? []) mkdirSync(join(dir, folder), { mode: 0o700 });
    const [port, smtp] = [await freePort(), await smtpPeer()];
    const own = [`PORT=${port}`, `SMTP_URL=${smtp.url}`, 'SECRET=8d1f0a36c97e42b5a4e0d9127b6c53f8'];
    const env = variables([...(unit.Environment ?? []), ...documented(), ...own]);
    const databaseUrl = String(env.DATABASE_URL);
    expect(databaseUrl).toBe(`file:${dir}/sprechstunde/sprechstunde.db`);
    const program = startProgram({ databaseUrl, smtpUrl: smtp.url, port, env });
    await program.ready();
    expect((await fetch(`${program.origin}/api/v1/desks`)).status).toBe(200);

    for (const command of [...(backup.ExecStart ?? []), ...(backup.ExecStartPost ?? [])]) run(command, env);
    const [file] = readdirSync(join(dir, 'sprechstunde-backup'));
    expect(file).toMatch(/^sprechstunde-\d{4}-\d\d-\d\dT\d{6}$/);
    const drill = { ...env, DATABASE_URL: `file:${dir}/drill.db` };
    run(`/usr/bin/node dist/cli.js restore /var/lib/sprechstunde-backup/${file}`, drill);
    run('/usr/bin/node dist/cli.js check', drill);

    const began = performance.now();
    expect(await program.term()).toBe(0);
    expect(performance.now() - began).toBeLessThan(Number(unit.TimeoutStopSec) * 1_000);
    await smtp.close();
  });
});

/** Runs a line of a unit as systemd would. @throws Error if its exit code is not 0 */
function run(command: string, env: Readonly<Record<string, string>>): void {
  const line = asHere(command).replaceAll('%%', '%');
  execFileSync('/bin/sh', ['-c', line], { cwd: ROOT, env: { PATH: process.env.PATH, ...env }, stdio: 'pipe' });
}

/** Returns the values of a unit by setting; several lines of one setting are in their order. */
function settings(name: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const [, setting = '', value = ''] of readFileSync(join(DOCS, name), 'utf8').matchAll(/^(\w+)=(.*)$/gm))
    found[setting] = [...(found[setting] ?? []), value];
  return found;
}

/** Returns the lines of /etc/sprechstunde/environment, as docs/operation.md asks for them. */
function documented(): string[] {
  const block = /# \/etc\/sprechstunde\/environment\n([\s\S]*?)\n *```/.exec(
    readFileSync(join(DOCS, 'operation.md'), 'utf8'),
  );
  return (block?.[1] ?? '').split('\n').map((line) => line.trim());
}

function variables(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => asHere(line).split(/=(.*)/s).slice(0, 2)));
}

/**
 * Replaces the path of node by this machine's (systemd checks whether programs exist), and the folder of the state by
 * one of the test.
 */
function asHere(text: string): string {
  return text.replaceAll('/usr/bin/node', process.execPath).replaceAll('/var/lib/', `${dir}/`);
}

function analyze(...args: string[]) {
  return spawnSync('systemd-analyze', args, {
    encoding: 'utf8',
    env: { ...process.env, SYSTEMD_COLORS: '0', LC_ALL: 'C.UTF-8' },
  });
}

/** `security --offline` is there since systemd 250. */
function hasSystemd(): boolean {
  const version = Number(/systemd (\d+)/.exec(analyze('--version').stdout ?? '')?.[1] ?? 0);
  if (version < 250)
    process.stdout.write('Units of systemd: not verified, systemd-analyze 250 or later is not here.\n');
  return version >= 250;
}
