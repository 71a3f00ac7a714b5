import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../src/app/ports/storage';
import { runCommand } from '../../src/cli/run';
import { sha256 } from '../../src/identity/manageTokens';
import { argon2Passwords } from '../../src/identity/passwords';
import { openSqlite } from '../../src/storage/sqlite/open';
import { buildProgram, ROOT } from '../support/program';

const EXPAT = join(ROOT, 'data/desks/expat-desk.json');
const USER = [
  'user',
  'add',
  '--email',
  'Lea@Desk.example',
  '--name',
  'Lea Probe',
  '--role',
  'advisor',
  '--desk',
  'expat-desk',
];

describe('The operator’s commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  let file: string;
  let count = 0;
  beforeEach(() => {
    file = join(folder, `${count++}`, 'var', 'desk.db');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (
    args: readonly string[],
    { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
  ) => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCommand(args, {
      env: { DATABASE_URL: `file:${file}`, ...env },
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      readInput: async () => input,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const inDatabase = async <T>(look: (storage: Storage) => Promise<T>): Promise<T> => {
    const storage = await openSqlite(file, { now: Date.now() });
    return look(storage).finally(() => storage.close());
  };
  const deskIds = () => inDatabase(async ({ desks }) => (await desks.list()).map(({ id }) => id));

  describe('help', () => {
    it.each([['migrate'], ['seed'], ['user', 'add'], ['token', 'add']])('%s %s', async (...command) => {
      const { code, out, err } = await run([...command, '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`npm run cli -- ${command.join(' ')}`);
      expect(existsSync(file)).toBe(false);
    });

    it.each([['--help'], ['help'], ['-h']])('lists the commands: %s', async (...args) => {
      const { code, out } = await run(args);
      expect(code).toBe(0);
      for (const name of ['migrate', 'seed', 'user add', 'token add']) expect(out).toContain(`  ${name}`);
    });
  });

  describe('what is not understood', () => {
    it.each([
      [['bogus'], 'bogus: no such command; --help lists them.'],
      [['user'], 'user: no such command; --help lists them.'],
      [['user', 'remove'], 'user remove: no such command; --help lists them.'],
      [['migrate', '--force'], "Unknown option '--force'; see migrate --help."],
      [['migrate', 'now'], /^Unexpected argument 'now'.*; see migrate --help\.$/],
      [['seed', '--all'], "Unknown option '--all'; see seed --help."],
      [['user', 'add', '--desk', 'x'], '--email, --name, --role: expected; see user add --help.'],
      [['token', 'add', '--desk'], /^Option '--desk <value>' argument missing; see token add --help\.$/],
      [['token', 'add', '--desk', 'x', '--name', ' ', '--role', 'admin'], '--name: expected; see token add --help.'],
      [USER, /^--password-stdin: expected/],
    ])('%j', async (args, expected) => {
      const { code, out, err } = await run(args);
      expect({ code, out, lines: err.split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
      if (typeof expected === 'string') expect(err).toBe(expected);
      else expect(err).toMatch(expected);
      expect(existsSync(file)).toBe(false);
    });

    it('shows the list of commands without a command', async () => {
      const { code, out, err } = await run([]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('token add');
    });
  });

  describe('migrate', () => {
    it('makes the database and its folder, and can be run again', async () => {
      for (const _ of [1, 2])
        expect(await run(['migrate'])).toEqual({ code: 0, out: 'The database is up to date.', err: '' });
      expect(await deskIds()).toEqual([]);
    });

    it('names a wrong setting', async () => {
      const { code, err } = await run(['migrate'], { env: { DATABASE_URL: 'mysql://x' } });
      expect(code).toBe(1);
      expect(err).toMatch(/^DATABASE_URL: .*expected file:PATH/);
    });

    it('says in one line that a file is not a database', async () => {
      expect((await run(['migrate'])).code).toBe(0);
      writeFileSync(file, 'This is not a database. '.repeat(100));
      const { code, err } = await run(['migrate']);
      expect(code).toBe(1);
      expect(err).toMatch(/^[^\n]*not a database[^\n]*$/);
    });
  });

  describe('seed', () => {
    it('adds the shipped desks once', async () => {
      expect((await run(['seed'])).out).toBe('expat-desk: added\nwuppertal: added');
      expect(await run(['seed'])).toEqual({
        code: 0,
        out: 'expat-desk: already there\nwuppertal: already there',
        err: '',
      });
      expect(await deskIds()).toEqual(['expat-desk', 'wuppertal']);
    });

    it('adds the desk of a file, and refuses all files if one desk exists', async () => {
      const other = join(folder, 'other.json');
      writeFileSync(other, readFileSync(EXPAT, 'utf8').replace('"id": "expat-desk"', '"id": "other"'));
      expect(await run(['seed', EXPAT])).toMatchObject({ code: 0, out: 'expat-desk: added' });
      const refused = { code: 1, out: '', err: 'expat-desk: already there. Nothing was added.' };
      expect(await run(['seed', other, EXPAT])).toEqual(refused);
      expect(await deskIds()).toEqual(['expat-desk']);
      expect(await run(['seed', other])).toMatchObject({ code: 0, out: 'other: added' });
    });

    it('refuses a partner that is booked at a desk which is neither there nor among the files', async () => {
      const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
      const desk = JSON.parse(readFileSync(EXPAT, 'utf8'));
      const [{ bookingUrl: _, ...partner }, ...others] = desk.partners;
      writeFileSync(one, JSON.stringify({ ...desk, partners: [{ ...partner, bookingDesk: 'two' }, ...others] }));
      writeFileSync(two, JSON.stringify({ ...desk, id: 'two' }));
      const err =
        'expat-desk: partner authority: bookingDesk: expected another desk of this program, and there is none. Nothing was changed.';
      expect(await run(['seed', one])).toEqual({ code: 1, out: '', err });
      expect(await run(['seed', one, two])).toMatchObject({ code: 0, out: 'expat-desk: added\ntwo: added' });
    });

    it('lists what a changed file would change, and changes it with --apply', async () => {
      const changed = join(folder, 'changed.json');
      const desk = JSON.parse(readFileSync(EXPAT, 'utf8'));
      const [first, gone, ...others] = desk.advisors;
      writeFileSync(changed, JSON.stringify({ ...desk, phone: '+49 211 5550199', advisors: [first, ...others] }));
      expect(await run(['seed', EXPAT])).toMatchObject({ code: 0 });
      expect(await run(['seed', '--apply', EXPAT])).toEqual({ code: 0, out: 'expat-desk: as its file says', err: '' });

      const told = [
        'expat-desk: 2 differences',
        `  ~ phone: ${JSON.stringify(desk.phone)} → "+49 211 5550199"`,
        `  - advisor ${gone.id}: ${JSON.stringify(gone.name)} (retires)`,
      ].join('\n');
      expect(await run(['seed', changed])).toEqual({
        code: 1,
        out: told,
        err: 'expat-desk: already there. Nothing was added. With --apply, they are made what their files say.',
      });
      expect(await run(['seed', '--apply', changed])).toEqual({ code: 0, out: told, err: '' });
      expect(await run(['seed', '--apply', changed])).toMatchObject({ out: 'expat-desk: as its file says' });
      expect((await run(['seed'])).out).toBe('wuppertal: added\nexpat-desk: already there, and differs');
      expect(await run(['seed', '--apply'])).toMatchObject({
        code: 2,
        err: '--apply: expected with FILE; see seed --help.',
      });
      expect(await run(['seed', EXPAT, EXPAT])).toMatchObject({
        code: 1,
        err: 'expat-desk: named twice. Nothing was changed.',
      });
    });

    it('names file, line and field of a mistake, and opens no database', async () => {
      const wrong = join(folder, 'wrong.json');
      const [before = '', after = ''] = readFileSync(EXPAT, 'utf8').split(/"phone"(.*)/s);
      writeFileSync(wrong, `${before}"fone"${after}`);
      const { code, err } = await run(['seed', EXPAT, wrong]);
      expect(code).toBe(1);
      expect(err).toContain(`${wrong}:${before.split('\n').length}: fone: is not known here`);
      expect(await run(['seed', join(folder, 'none.json')])).toMatchObject({
        code: 1,
        err: `${folder}/none.json: cannot be read (ENOENT)`,
      });
      expect(existsSync(file)).toBe(false);
    });
  });

  describe('user add', () => {
    const add = (args: readonly string[], input = 'four words as password\n') =>
      run([...args, '--password-stdin'], { input });
    const users = () => inDatabase(({ staff }) => staff.countUsers());
    beforeEach(() => run(['seed', EXPAT]));

    it('adds a user who can sign in', async () => {
      const added = await add([...USER, '--advisor', 'tannhoff']);
      expect(added).toEqual({ code: 0, out: 'Lea@Desk.example can sign in as advisor of expat-desk.', err: '' });
      const user = await inDatabase(({ staff }) => staff.findUserByEmail('lea@desk.example'));
      expect(user).toMatchObject({ name: 'Lea Probe', role: 'advisor', deskId: 'expat-desk', advisorId: 'tannhoff' });
      expect(await argon2Passwords.verify('four words as password', user?.passwordHash)).toBe(true);
    });

    it('adds an address once, whatever its case', async () => {
      await add(USER);
      const again = await add(USER.map((word) => word.toLowerCase()));
      expect(again).toEqual({ code: 1, out: '', err: 'lea@desk.example is taken by another user.' });
      expect(await users()).toBe(1);
    });

    it.each([
      ['eleven char', 'The password has 11 characters; it must have at least 12. Several words are fine.'],
      [
        '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑\r\n',
        'The password has 11 characters; it must have at least 12. Several words are fine.',
      ],
      ['', 'The password has 0 characters; it must have at least 12. Several words are fine.'],
      ['x'.repeat(1025), 'The password is longer than 1024 characters.'],
    ])('refuses the password %.20s', async (password, err) => {
      expect(await add(USER, password)).toEqual({ code: 1, out: '', err });
      expect(await users()).toBe(0);
    });

    it.each([
      ['expat-desk', 'nowhere', 'There is no desk nowhere; there are expat-desk.'],
      ['advisor', 'boss', 'There is no role boss; there are advisor, receptionist, manager, admin.'],
      ['Lea@Desk.example', 'lea', '--email: expected a mail address, not lea'],
    ])('refuses %s → %s', async (from, to, err) => {
      expect(await add(USER.map((word) => (word === from ? to : word)))).toEqual({ code: 1, out: '', err });
      expect(await users()).toBe(0);
    });

    it('refuses an advisor of another desk', async () => {
      const { code, err } = await add([...USER, '--advisor', 'alhamwi']);
      expect(code).toBe(1);
      expect(err).toMatch(/^There is no advisor alhamwi at expat-desk; there are tannhoff, /);
      expect(await users()).toBe(0);
    });
  });

  describe('token add', () => {
    const ADD = ['token', 'add', '--role', 'manager', '--desk', 'expat-desk', '--name', 'statistics'];
    beforeEach(() => run(['seed', EXPAT]));

    it('prints the token alone, and stores only its hash', async () => {
      const { code, out } = await run(ADD);
      expect(code).toBe(0);
      expect(out).toMatch(/^sst_[\w-]{43}$/);
      expect(await inDatabase(({ staff }) => staff.findToken(sha256(out)))).toEqual({
        hash: sha256(out),
        name: 'statistics',
        role: 'manager',
        deskId: 'expat-desk',
        advisorId: null,
        endsAt: expect.any(Number),
        createdAt: expect.any(Number),
        lastUsedAt: null,
      });
      const copy = join(folder, 'copy.db');
      copyFileSync(file, copy);
      expect(readFileSync(copy).includes(out.slice(4))).toBe(false);
    });

    it.each([
      ['expat-desk', 'nowhere'],
      ['manager', 'boss'],
    ])('refuses %s → %s', async (from, to) => {
      const { code, out, err } = await run(ADD.map((word) => (word === from ? to : word)));
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(new RegExp(`^There is no (desk|role) ${to}; there are [^\\n]+$`));
    });
  });

  describe('as a process', () => {
    beforeAll(buildProgram);
    const spawn = (args: readonly string[], input = '') => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
        cwd: ROOT,
        input,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, DATABASE_URL: `file:${file}` },
      });
      return { status, stdout, stderr };
    };

    it('seed, read a password from a pipe, and print a token', () => {
      expect(spawn(['seed']).stdout).toBe('expat-desk: added\nwuppertal: added\n');
      expect(spawn([...USER, '--password-stdin'], 'four words as password\n')).toMatchObject({ status: 0, stderr: '' });
      const { stdout, stderr } = spawn(['token', 'add', '--role', 'admin', '--desk', 'wuppertal', '--name', 'x']);
      expect(stdout).toMatch(/^sst_[\w-]{43}\n$/);
      expect(stderr).toMatch(/^Token for x, admin of wuppertal, until \d{4}-\d\d-\d\d\. It is shown only now:\n$/);
    });

    it('exit with 2 if a command is not understood, and with 1 if it is refused', () => {
      expect(spawn(['nonsense'])).toEqual({
        status: 2,
        stdout: '',
        stderr: 'nonsense: no such command; --help lists them.\n',
      });
      expect(spawn(['seed', 'package.json']).status).toBe(1);
    });
  });
});
