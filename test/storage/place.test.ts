import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, readSecret } from '../../src/compose';
import { BASE_URL_EXPECTED, DATABASE_URL_EXPECTED, SMTP_URL_EXPECTED } from '../../src/fields/urls';
import { randomIds } from '../../src/identity/ids';
import { mailbox } from '../../src/mail/mailbox';
import { aMessage, written } from '../support/mails';
import { operate } from '../support/operator';

const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-place-'));
afterAll(() => rmSync(dir, { recursive: true }));

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const modes = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, mode(join(folder, name))]));

describe('A file that the program writes', () => {
  it('can be read by its owner only, in folders that can, too', async () => {
    const folder = join(dir, 'new', 'var');
    const file = join(folder, 'desk.db');
    const storage = await openStorage({ database: { kind: 'sqlite', file } }, Date.now);
    readSecret({ secret: null, dataDir: folder }, randomIds);
    const box = mailbox(join(folder, 'mailbox'));
    await box.send(written(aMessage()));
    expect(modes(folder)).toEqual({
      'desk.db': '600',
      'desk.db-shm': '600',
      'desk.db-wal': '600',
      mailbox: '700',
      secret: '600',
    });
    expect(Object.values(modes(join(folder, 'mailbox')))).toEqual(['600']);
    expect([mode(folder), mode(join(dir, 'new'))]).toEqual(['700', '700']);
    await storage.close();
    const backup = join(dir, 'new', 'copy');
    expect((await operate(`file:${file}`, ['backup', backup])).code).toBe(0);
    expect(mode(backup)).toBe('600');
    expect((await operate(`file:${dir}/restored/desk.db`, ['restore', backup])).code).toBe(0);
    expect([modes(join(dir, 'restored')), mode(join(dir, 'restored'))]).toEqual([{ 'desk.db': '600' }, '700']);
  });

  it('is corrected if it has wider permissions, in a folder that keeps its own', async () => {
    const folder = join(dir, 'old');
    mkdirSync(join(folder, 'mailbox'), { recursive: true });
    const file = join(folder, 'desk.db');
    const place = { database: { kind: 'sqlite' as const, file } };
    const before = await openStorage(place, Date.now);
    for (const rest of ['', '-wal', '-shm']) chmodSync(`${file}${rest}`, 0o644);
    writeFileSync(join(folder, 'secret'), 'x'.repeat(40), { mode: 0o644 });
    for (const each of [folder, join(folder, 'mailbox')]) chmodSync(each, 0o755);
    const after = await openStorage(place, Date.now);
    readSecret({ secret: null, dataDir: folder }, randomIds);
    await mailbox(join(folder, 'mailbox')).send(written(aMessage()));
    const own = { 'desk.db': '600', 'desk.db-shm': '600', 'desk.db-wal': '600', mailbox: '700', secret: '600' };
    expect([modes(folder), mode(folder)]).toEqual([own, '755']);
    await after.close();
    await before.close();
  });
});

const pipe = join(dir, 'pipe');
const link = join(dir, 'link');
spawnSync('mkfifo', [pipe]);
spawnSync('ln', ['-s', 'link', link]);
const NOWHERE = ['/proc/none/desk.db', '/proc/self/none/deep/desk.db', '/sys/desk.db', '/dev/null', '/dev/full', dir];
const FILE = join(dir, 'backup');
const plain = join(dir, 'plain');
writeFileSync(plain, '');
const COMMANDS = [
  ['migrate'],
  ['seed'],
  ['check'],
  ['purge'],
  ['outbox', 'status'],
  ['backup', FILE],
  ['move-database', '--to', 'postgres://nobody@127.0.0.1:9/none'],
];

describe('A wrong setting', () => {
  it.each([
    ['SMTP_URL', 'nonsense', SMTP_URL_EXPECTED],
    ['SMTP_URL', 'smtp://user:hunter#2@mail.example', SMTP_URL_EXPECTED],
    ['DATABASE_URL', 'postgres://user:hunter#2@db.example/desk', DATABASE_URL_EXPECTED],
    ['DATABASE_URL', 'postgres://user:hunter%2@db.example/desk', DATABASE_URL_EXPECTED],
    ['BASE_URL', 'https://user:hunter2@desk.example', BASE_URL_EXPECTED],
  ])('%s=%s is reported by every command in one line, without its value', async (name, value, expected) => {
    for (const command of [...COMMANDS, ['restore', FILE]])
      expect(await operate(`file:${dir}/unused.db`, command, { [name]: value })).toEqual({
        code: 1,
        out: '',
        err: `${name}: ${expected}`,
      });
    expect(existsSync(join(dir, 'unused.db'))).toBe(false);
  });
});

describe('A place where no file can be made', () => {
  it.each([...NOWHERE, pipe, `${link}/desk.db`, `${dir}/${'long'.repeat(70)}/desk.db`, `${plain}/desk.db`])(
    'is reported by every command in one line, at once: %s',
    async (file) => {
      const began = performance.now();
      for (const command of COMMANDS) {
        const { code, out, err } = await operate(`file:${file}`, command);
        const isThere = existsSync(file);
        expect([command, code, out]).toEqual([command, 1, '']);
        expect(err).toMatch(
          isThere
            ? /^DATABASE_URL: cannot open \S+ \(not a file\)$/
            : /^(DATABASE_URL: cannot open|There is no database) .+$/,
        );
        expect(err).not.toContain('\n');
      }
      expect(performance.now() - began).toBeLessThan(5_000);
    },
  );

  it('is refused as the target of a restore', async () => {
    expect((await operate(`file:${dir}/desk.db`, ['backup', FILE])).code).toBe(1);
    expect((await operate(`file:${dir}/desk.db`, ['migrate'])).code).toBe(0);
    expect((await operate(`file:${dir}/desk.db`, ['backup', FILE])).code).toBe(0);
    for (const place of ['/proc/none/desk.db', '/dev/null', '/sys/none/desk.db', dir]) {
      const { code, out, err } = await operate(`file:${place}`, ['restore', FILE]);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^.+$/);
    }
  });
});
