import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runCommand } from '../../src/cli/run';
import { aDesk, aDeskThatAsks, anAdvisor, aQuestion, NOW } from '../support/builders';
import { everythingIn, kinds, newDatabase, openUrl, type TestDatabase } from '../support/databases';
import { buildProgram, ROOT } from '../support/program';

const SECRET = 'a secret of the tests, at least 32 letters long';
const HEADER = 'advisor,topic,language,mode,start,name,email,phone';
const KIM = 'a1,residence,en,in_person,2026-12-01T09:00:00+01:00,Kim Probe,kim@client.example,+49 211 1234567';
const OLENA = 'a2,career,ja,video,2026-12-01T08:30:00Z,"Приклад, Олена",olena@client.example,';
const LEA = 'a1,residence,DE,video,2026-12-01 09:30,Léa,lea@client.example,';
const THREE = [
  [
    'a1',
    'residence',
    'en',
    'in_person',
    '2026-12-01T09:00:00+01:00',
    'Kim Probe',
    'kim@client.example',
    '+49 211 1234567',
  ],
  ['a2', 'career', 'ja', 'video', '2026-12-01T08:30:00Z', 'Приклад, Олена', 'olena@client.example'],
  ['a1', 'residence', 'de', 'video', '2026-12-01T09:30:00+01:00', 'Léa', 'lea@client.example', ''],
].map(([advisor, topic, language, mode, start, name, email, phone]) => ({
  advisor,
  topic,
  language,
  mode,
  start,
  client: { name, email, phone },
}));

describe.each(kinds())('import, into %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  let database: TestDatabase;
  let count = 0;
  beforeEach(async () => {
    database = await newDatabase(kind);
    await inDatabase(({ storage }) => storage.write(({ desks }) => desks.add(aDesk())));
  });
  afterEach(() => database.drop());
  afterAll(() => rmSync(folder, { recursive: true }));

  const env = () => ({ DATABASE_URL: database.url, SECRET });
  const inDatabase = async <T>(look: (opened: Awaited<ReturnType<typeof openUrl>>) => Promise<T>): Promise<T> => {
    const opened = await openUrl(database.url, { now: NOW });
    return look(opened).finally(() => opened.storage.close());
  };
  const all = () =>
    inDatabase(({ storage }) => storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER }));
  const fileOf = (content: string | Buffer, name = `${count++}.csv`) => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const run = async (...args: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
    const code = await runCommand(['import', ...args], { env: env(), ...terminal, readInput: async () => '' });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const load = (content: string | Buffer, name?: string) => run(fileOf(content, name), '--desk', 'expat-desk');
  const said = async () =>
    (await all()).map(({ advisorId, topicId, language, mode, time, client }) => ({
      ...{ advisorId, topicId, language, mode, start: new Date(time.start).toISOString(), client },
    }));

  const csv = (...lines: string[]) => `${[HEADER, ...lines].join('\n')}\n`;
  const semicolons = (text: string) => text.replaceAll(',', ';').replace('Приклад;', 'Приклад,');
  const THERE = '3 imported, 0 already there, 0 do not fit';

  it('takes over what the topic asks, from JSON and from columns, and says which answer does not fit', async () => {
    const questions = [
      aQuestion({ id: 'permit-end', kind: 'date', required: true }),
      aQuestion({ id: 'visa', kind: 'yes_no' }),
    ];
    await inDatabase(({ storage }) => storage.write(({ desks }) => desks.replace(aDeskThatAsks(questions))));
    const line = (start: string) => `a1,residence,en,phone,2026-12-01T${start}:00+01:00,Kim Probe,,0211 1234567`;
    const table = [
      `${HEADER},answers.Permit-End,answers.visa`,
      `${line('09:00')},1.3.2027,yes`,
      line('09:30'),
      `${line('10:00')},soon,`,
    ];
    expect((await load(table.join('\n'))).out).toContain(
      'line 4: answers.permit-end: expected a day from 1900 to 2199, such as 2026-12-31\n2 imported',
    );
    const item = { ...THREE[0], start: '2026-12-01T11:00:00+01:00', answers: { visa: false, other: 'x' } };
    expect((await load(JSON.stringify([item]))).out).toContain('answers.other: is not a question of this topic');
    await load(JSON.stringify([{ ...item, answers: { visa: false } }]));
    expect((await all()).map(({ answers }) => answers)).toEqual([
      { 'permit-end': '2027-03-01', visa: true },
      {},
      { visa: false },
    ]);
  });

  it('imports the bookings of a file, counts them, and reports its progress', async () => {
    expect(await load(csv(KIM, OLENA, LEA))).toEqual({
      code: 0,
      out: THERE,
      err: 'expat-desk: 0 of 3 lines\nexpat-desk: 3 of 3 lines',
    });
    expect(await said()).toEqual([
      {
        advisorId: 'a1',
        topicId: 'residence',
        language: 'en',
        mode: 'in_person',
        start: '2026-12-01T08:00:00.000Z',
        client: { name: 'Kim Probe', email: 'kim@client.example', phone: '+492111234567', language: 'en' },
      },
      {
        advisorId: 'a1',
        topicId: 'residence',
        language: 'de',
        mode: 'video',
        start: '2026-12-01T08:30:00.000Z',
        client: { name: 'Léa', email: 'lea@client.example', phone: null, language: 'de' },
      },
      {
        advisorId: 'a2',
        topicId: 'career',
        language: 'ja',
        mode: 'video',
        start: '2026-12-01T08:30:00.000Z',
        client: { name: 'Приклад, Олена', email: 'olena@client.example', phone: null, language: 'ja' },
      },
    ]);
    expect((await inDatabase(everythingIn)).outbox).toEqual([]);
  });

  it('recognises a line whose phone number is written in another way', async () => {
    expect(await load(csv(KIM))).toMatchObject({ out: '1 imported, 0 already there, 0 do not fit' });
    const again = await load(csv(KIM.replace('+49 211 1234567', '0211/1234567')));
    expect(again).toMatchObject({ out: '0 imported, 1 already there, 0 do not fit' });
  });

  it.each<[string, string, string]>([
    ['CRLF and a byte order mark', `\uFEFF${csv(KIM, OLENA, LEA)}`.replaceAll('\n', '\r\n'), 'a.csv'],
    ['semicolons', semicolons(csv(KIM, OLENA, LEA)), 'b.csv'],
    ['empty lines and no end', `\n${csv(KIM, '', OLENA, '', LEA).trimEnd()}`, 'c.csv'],
    ['spaces around fields', csv(KIM, OLENA, LEA).replaceAll(',residence,', ' , residence , '), 'd.txt'],
    ['JSON', JSON.stringify(THREE), 'e.json'],
    ['JSON over lines, with a byte order mark', `\uFEFF${JSON.stringify(THREE, null, 2)}`, 'f'],
    ['JSON of another name', `\n ${JSON.stringify(THREE)}`, 'g.csv'],
  ])('is the same from %s', async (_, content, name) => {
    expect(await load(content, name)).toMatchObject({ code: 0, out: THERE });
    const there = await said();
    expect(await load(csv(KIM, OLENA, LEA))).toMatchObject({
      code: 0,
      out: '0 imported, 3 already there, 0 do not fit',
    });
    expect(await said()).toEqual(there);
  });

  it.each<[string, string[]]>([
    [
      'Excel, with its first line, empty columns and rows, and apostrophes',
      [
        'sep=;',
        'Advisor;Topic;Language;Mode;Start;Name;Email;Phone;;',
        "a1;residence;en;in_person;01.12.2026 09:00;Kim Probe;kim@client.example;'+49 211 1234567;;",
        ';;;;;;;;;',
        ';;;',
        `a2;career;ja;video;"1.12.2026, 9:30 Uhr";"Приклад, Олена";olena@client.example`,
        "a1;residence;DE;video;'2026-12-01 09:30;Léa;lea@client.example;;;",
      ],
    ],
    [
      'PostgreSQL, whose offsets have hours alone',
      [HEADER, KIM, OLENA, LEA].map((line) =>
        line.replace('T09:00:00+01:00', ' 09:00:00+01').replace('T08:30:00Z', ' 08:30:00+0000'),
      ),
    ],
  ])('is the same from %s', async (_, lines) => {
    expect(await load(`\uFEFF${lines.join('\r\n')}\r\n`)).toMatchObject({ code: 0, out: THERE });
    const there = await said();
    expect(await load(csv(KIM, OLENA, LEA))).toMatchObject({ out: '0 imported, 3 already there, 0 do not fit' });
    expect(await said()).toEqual(there);
  });

  it('splits the lines of a file with sep=, and refuses values in a column without a name', async () => {
    const { out } = await load(
      [
        'sep=;',
        semicolons(HEADER).replace(';phone', ';;phone'),
        'a1;residence;en;video;noon;Kim;;;',
        "a1;residence;en;video;1.12.2026 9:00;'t Hart;;lost;",
        "a1;residence;en;video;1.12.2026 9:00;'t Hart;;;",
      ].join('\r\n'),
    );
    expect(out.split('\n')).toEqual([
      'line 3: start: expected date, time and offset, as 2026-12-01T09:00:00+01:00',
      'line 4: field 8 has a value, and its column no name',
      '1 imported, 0 already there, 2 do not fit',
    ]);
    expect(await said()).toMatchObject([{ client: { name: "'t Hart" } }]);
  });

  it('accepts bookings of people without mail address or number, also by phone, because another system promised them', async () => {
    const rows = ['advisor,topic,language,mode,start,name', 'a1,residence,en,phone,2026-12-01T09:00Z,Kim'];
    expect(await load(rows.join('\n'))).toMatchObject({ code: 0, out: '1 imported, 0 already there, 0 do not fit' });
    expect(await load(csv(LEA.replace('lea@client.example', '')))).toMatchObject({ code: 0 });
    const named = JSON.stringify([{ ...THREE[1], client: { name: 'Олена', email: null } }]);
    expect(await load(named, 'nobody.json')).toMatchObject({
      code: 0,
      out: '1 imported, 0 already there, 0 do not fit',
    });
    expect((await said()).map(({ client }) => client.email)).toEqual([null, null, null]);
  });

  it('accepts the columns in any order, and a file without phone numbers', async () => {
    const rows = [
      'name;EMAIL;advisor;topic;language;mode;start',
      'Kim;kim@client.example;a1;residence;en;phone;2026-12-01T09:00Z',
    ];
    expect(await load(rows.join('\r\n'))).toMatchObject({ code: 0, out: '1 imported, 0 already there, 0 do not fit' });
    expect(await said()).toMatchObject([{ client: { name: 'Kim', phone: null } }]);
  });

  it('lists each line that does not fit, with its reason, and imports the others', async () => {
    const { code, out, err } = await load(
      csv(
        KIM,
        KIM.replace('a1', 'nobody').replace('kim@', 'kim'),
        '',
        OLENA.replace(/Приклад, Олена/, 'Приклад\nОлена'),
        KIM,
        LEA.replace('09:30', '09:15'),
        LEA.replace('09:30', 'noon'),
        `${LEA},more`,
        'a1,residence',
        LEA.replace('Léa', 'Léa "Lala" Muster'),
        LEA.replace('2026', '1926'),
        KIM.replace('+49 211 1234567', 'call me'),
        KIM.replace('+49 211 1234567', '+01'),
        ',,,,,,,',
        LEA.replace('2026-12-01 09:30', '31.02.2027 09:30'),
        LEA.replace('09:30', '10:30').replace('Léa', '"Léa'),
        KIM,
      ),
    );
    expect(out.split('\n')).toEqual([
      'line 3: email: expected one mail address, such as name@domain.example',
      'lines 5 to 6: name: expected no control characters or line breaks',
      'line 7: the same as line 2',
      'line 8: start: overlaps line 2',
      'line 9: start: expected date, time and offset, as 2026-12-01T09:00:00+01:00',
      'line 10: has 9 fields, and the header 8: a delimiter in a field needs quotes around it, and quotes must end',
      expect.stringMatching(/^line 11: language: expected a BCP 47 .*; mode: .*; name: /),
      'line 13: start: expected a time from 2000 to 2199',
      expect.stringMatching(/^line 14: phone: expected a phone number/),
      expect.stringMatching(/^line 15: phone: expected a phone number/),
      'line 17: start: expected a day that exists, as YYYY-MM-DD',
      'lines 18 to 19: a quotation mark is not closed',
      '2 imported, 0 already there, 12 do not fit',
    ]);
    expect({ code, last: err.split('\n').at(-1) }).toEqual({
      code: 1,
      last: 'Lines that do not fit can be mended and imported again, with all others or without.',
    });
    expect((await said()).map(({ client }) => client.name)).toEqual(['Kim Probe', 'Léa "Lala" Muster']);
  });

  it('lists what does not fit in a JSON file by line and item', async () => {
    const [kim, olena] = THREE;
    const items = [kim, { ...olena, note: 'x', client: { name: 'Олена' } }, 7, { ...kim, client: 'Kim' }, kim];
    const { code, out } = await load(`[\n${items.map((item) => JSON.stringify(item)).join(',\n')}]`, 'x.json');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'line 3, item 2: note: is not known here',
      'line 4, item 3: expected an object',
      'line 5, item 4: client: expected name, email and phone',
      'line 6, item 5: the same as line 2, item 1',
      '1 imported, 0 already there, 4 do not fit',
    ]);
  });

  it.each<[string, string | Buffer, string]>([
    ['an empty file', ' \n', ': is empty'],
    ['another header', 'advisor;topic;language;name\n', ':1: expected the header .* \\(mode, start missing\\)'],
    ['an unknown column', `${HEADER},note\n`, ':1: expected the header .* \\(1 columns are not known here\\)'],
    ['a column twice', `${HEADER},email\n`, ':1: expected the header .*'],
    ['another encoding', Buffer.from(csv(LEA), 'latin1'), ': expected text in UTF-8'],
    ['JSON that is broken', '[\n{"advisor": "a1",}]', ':2: expected a name in double quotes'],
    ['no array', '{"bookings": []}', ': expected a JSON array of bookings'],
    ['a name that is given twice', '[{"mode":"phone",\n"mode":"video"}]', ':2: "mode" is given twice'],
  ])('imports nothing from %s, and says so in a line', async (_, content, err) => {
    const before = await inDatabase(everythingIn);
    const refused = await load(content, 'wrong.csv');
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(new RegExp(`^${folder}/wrong.csv${err}$`)),
    });
    expect(await inDatabase(everythingIn)).toEqual(before);
  });

  it.each([
    ['a header', HEADER, '0 imported, 0 already there, 0 do not fit'],
    ['an empty array', '[]', '0 imported, 0 already there, 0 do not fit'],
  ])('does nothing for a file with %s only', async (_, content, out) => {
    expect(await load(content)).toMatchObject({ code: 0, out });
  });

  it('says which option is missing', async () => {
    const file = fileOf(csv(KIM));
    expect(await run('--desk', 'expat-desk')).toMatchObject({
      code: 2,
      err: 'FILE: expected one file; see import --help.',
    });
    expect(await run(file)).toMatchObject({ code: 2, err: '--desk: expected; see import --help.' });
    expect(await run(file, file, '--desk', 'x')).toMatchObject({ code: 2 });
    expect(await run(file, '--desk', 'x')).toEqual({
      code: 1,
      out: '',
      err: 'There is no desk x; there are expat-desk.',
    });
    const none = await run(join(folder, 'none.csv'), '--desk', 'expat-desk');
    expect(none).toEqual({ code: 1, out: '', err: `${folder}/none.csv: cannot be read (ENOENT)` });
    expect(await run(folder, '--desk', 'expat-desk')).toMatchObject({ err: `${folder}: cannot be read (EISDIR)` });
  });

  it('shows examples of both formats, which it can read', async () => {
    const { out } = await run('--help');
    const json = /\[\{[\s\S]*?\}\]/.exec(out)?.[0] ?? '';
    const rows = /^ {2}advisor,.*\n.*$/m.exec(out)?.[0] ?? '';
    expect(await load(json, 'help.json')).toMatchObject({ code: 0, out: '1 imported, 0 already there, 0 do not fit' });
    expect(await load(rows.replaceAll('  ', ''), 'help.csv')).toMatchObject({
      code: 0,
      out: '0 imported, 1 already there, 0 do not fit',
    });
  });

  describe('as a process', () => {
    const advisors = Array.from({ length: 40 }, (_, i) => anAdvisor({ id: `b${i}` }));
    const many = Array.from({ length: 2500 }, (_, i) => {
      const day = new Date(Date.parse('2027-01-12') + Math.floor(i / 640) * 7 * 86_400_000).toISOString().slice(0, 10);
      const slot = Math.floor(i / 40) % 16;
      const clock = `${String(9 + Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 ? '30' : '00'}`;
      return `b${i % 40},residence,en,video,${day}T${clock}:00+01:00,Client ${i},c${i}@client.example,`;
    });
    const children: ChildProcess[] = [];
    beforeAll(buildProgram);
    afterEach(() => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
    });
    const start = (file: string) => {
      const args = ['dist/cli.js', 'import', file, '--desk', 'big'];
      const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH, ...env() } });
      children.push(child);
      const printed = { out: '', err: '' };
      child.stdout.on('data', (part) => (printed.out += part));
      child.stderr.on('data', (part) => (printed.err += part));
      return { child, printed, ended: once(child, 'close') };
    };
    const imported = () =>
      inDatabase(({ storage }) => storage.bookings.within('big', { start: 0, end: Number.MAX_SAFE_INTEGER }));

    it('can be killed and repeated beside another import, and imports each line once', async () => {
      await inDatabase(({ storage }) => storage.write(({ desks }) => desks.add(aDesk({ id: 'big', advisors }))));
      const file = fileOf(csv(...many));
      const first = start(file);
      let there = 0;
      while (there === 0 && first.child.exitCode === null) {
        await setTimeout(50);
        there = (await imported()).length;
      }
      first.child.kill('SIGKILL');
      expect(await first.ended).toEqual([null, 'SIGKILL']);
      there = (await imported()).length;
      expect(there).toBeGreaterThan(0);
      expect(there).toBeLessThan(many.length);

      const both = [start(file), start(file)];
      for (const { ended, printed } of both) {
        expect(await ended).toEqual([0, null]);
        expect(printed.out).toMatch(/, 0 do not fit$/m);
      }
      const counts = both.map(({ printed }) => printed.out.match(/\d+/g)?.map(Number) ?? []);
      expect(counts.map(([one = 0, two = 0]) => one + two)).toEqual([2500, 2500]);
      expect(counts.reduce((sum, [one = 0]) => sum + one, there)).toBe(2500);
      const bookings = await imported();
      expect(bookings).toHaveLength(2500);
      expect(new Set(bookings.map(({ client }) => client.name)).size).toBe(2500);
    });
  });
});
