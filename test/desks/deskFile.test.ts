import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskFileError, loadDeskFile, parseDeskFile } from '../../src/desks/deskFile';
import { USUAL_FIXED_MINUTES, USUAL_MAIL_GRACE_SECONDS, USUAL_RETENTION } from '../../src/domain/desk';
import { USUAL_LEGAL } from '../../src/domain/legal';

const ids = { uuid: () => 'an-id' };

/** One line a field, so that the tests can count lines. */
const DESK = `{
  "id": "tiny",
  "name": { "de": "Klein", "en": "Tiny" },
  "timeZone": "Europe/Berlin",
  "holidays": "DE-NW",
  "address": "Musterplatz 1",
  "phone": "+49 221 4710 300",
  "email": "termine@tiny.example",
  "gridMinutes": 30, "leadTimeMinutes": 0, "horizonDays": 30,
  "openingRules": [
    { "rrule": "FREQ=WEEKLY;BYDAY=MO", "start": "09:00", "end": "17:00" },
    { "rrule": "FREQ=WEEKLY;BYDAY=FR", "start": "09:00", "end": "12:00", "from": "2026-01-01" }
  ],
  "exceptions": [
    { "from": "2026-12-24", "to": "2026-12-25", "closed": true, "reason": { "de": "Zu", "en": "Closed" } },
    { "from": "2026-12-31", "to": "2027-01-01", "windows": [{ "start": "09:00", "end": "12:00" }],
      "reason": { "de": "Silvester", "en": "New Year’s Eve" } }
  ],
  "topics": [
    { "id": "work", "name": { "de": "Arbeit", "en": "Work" }, "durationMinutes": 30, "modes": ["phone", "video"] },
    { "id": "school", "name": { "de": "Schule", "en": "School" }, "durationMinutes": 45, "bufferMinutes": 15, "modes": ["phone"] }
  ],
  "advisors": [
    { "id": "a1", "name": "Ada Beispiel", "email": "a1@tiny.example", "languages": ["de", "ja"],
      "topics": ["work", "school"] }
  ]
}
`;

/** One reserve, on one line. */
const reserving = (reserve: object) => `"reserves": [${JSON.stringify(reserve)}],`;

describe('loadDeskFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['"from": "2026-01-01"', 'BYDAY=MO,FR', '"from": "2026-01-01"', ' on 2026-01-02'],
    [', "from": "2026-01-01"', 'BYDAY=MO,FR', '', ''],
  ])('names both rules that open the desk at the same time, with their lines', (from, days, since, day) => {
    const text = DESK.replace('BYDAY=MO', days).replace(from, since);
    expect(() => parseDeskFile(text, 'tiny.json', ids)).toThrow(
      new DeskFileError([
        `tiny.json:12: openingRules[1]: overlaps openingRules[0] of line 11${day}: expected windows that do not overlap`,
      ]),
    );
    const touching = text.replace('"start": "09:00", "end": "17:00"', '"start": "12:00", "end": "17:00"');
    expect(parseDeskFile(touching, 'tiny.json', ids).hours.rules).toHaveLength(2);
  });

  it('fills in the fields that the file may omit', () => {
    const file = join(folder, 'tiny.json');
    writeFileSync(file, `\uFEFF${DESK}`);
    const desk = loadDeskFile(file, ids);
    expect(desk).toMatchObject({
      id: 'tiny',
      headline: { de: 'Klein', en: 'Tiny' },
      about: null,
      directions: null,
      places: [],
      withoutMail: false,
    });
    expect(desk.advisors[0]).not.toHaveProperty('videoLink');
    expect(desk.topics[0]).toEqual({
      id: 'work',
      name: { de: 'Arbeit', en: 'Work' },
      description: { de: 'Arbeit', en: 'Work' },
      neutralName: null,
      shortName: null,
      sentence: null,
      group: null,
      haveReady: null,
      forEmployers: false,
      searchWords: [],
      durationMinutes: 30,
      bufferMinutes: 0,
      modes: ['phone', 'video'],
      bring: null,
      questions: [],
      phrases: [],
      leadTimeMinutes: null,
      leadTimeOpenMinutes: null,
      leadTimeWorkingDays: null,
      horizonDays: null,
      maxPeople: 1,
      partners: [],
    });
    expect(desk.partners).toEqual([]);
    expect(desk.advisors[0]?.workingRules).toEqual([]);
    expect(desk.hours.rules[0]).toEqual({ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '17:00' });
    expect(desk.hours.exceptions).toEqual([
      expect.objectContaining({ id: 'an-id', closed: true, windows: [] }),
      expect.objectContaining({ id: 'an-id', closed: false, windows: [{ start: '09:00', end: '12:00' }] }),
    ]);
  });

  it('reads the legal notice of the file, and fills in the parts that the program knows', () => {
    const legal = (said: string) => parseDeskFile(DESK.replace('"holidays"', `${said} "holidays"`), 'f', ids).legal;
    expect(legal('')).toEqual(USUAL_LEGAL);
    expect(legal('"legal": { "accessibility": { "status": "full", "made": "2026-01-02" } },')).toEqual({
      ...USUAL_LEGAL,
      accessibility: { status: 'full', made: '2026-01-02', reviewed: '2026-01-02', tested: null, gaps: null },
    });
    const officer = '"legal": { "dataProtectionOfficer": { "email": "dpo@city.example", "phone": "115" } },';
    expect(legal(officer).dataProtectionOfficer).toEqual({ email: 'dpo@city.example', phone: '115', address: null });
    const wrong = '"legal": { "accessibility": { "status": "good", "made": "2026-02-30" }, "owner": 1 },';
    for (const field of ['accessibility.status: ', 'accessibility.made: ', 'owner: is not known'])
      expect(() => legal(wrong)).toThrow(`legal.${field}`);
    expect(() =>
      legal('"legal": { "accessibility": { "status": "full", "made": "2026-02-02", "reviewed": "2026-02-01" } },'),
    ).toThrow('legal.accessibility.reviewed: expected no day before');
  });

  it('reads the partners of the desk, and refuses those that are not there', () => {
    const named = (partners: string, more = '') =>
      parseDeskFile(
        DESK.replace('"holidays"', `"partners": [${partners}], "holidays"`).replace('"modes"', `${more} "modes"`),
        'f',
        ids,
      );
    const chamber = '"id": "chamber", "name": { "de": "K", "en": "C" }, "description": { "de": "P", "en": "C" }';
    const { topics, partners } = named(`{ ${chamber} }`, '"partners": ["chamber"],');
    expect([topics[0]?.partners, partners[0]?.id, partners[0]?.phone]).toEqual([['chamber'], 'chamber', null]);
    expect(() => named('', '"partners": ["chamber"],')).toThrow(
      'topics[0].partners[0]: expected a partner of this desk',
    );
    expect(() => named(`{ ${chamber}, "website": "http://x.example" }`)).toThrow(
      'partners[0].website: expected an https',
    );
    const itself = named(`{ ${chamber} }`).id;
    expect(() => named(`{ ${chamber}, "bookingDesk": "${itself}" }`)).toThrow(
      'partners[0].bookingDesk: expected another',
    );
  });

  it.each([
    ['', USUAL_RETENTION],
    ['"retention": {},', USUAL_RETENTION],
    ['"retention": { "bookingDays": 90, "draftHours": 1 },', { ...USUAL_RETENTION, bookingDays: 90, draftHours: 1 }],
  ])('reads the retention periods: %s', (said, retention) => {
    expect(parseDeskFile(DESK.replace('"holidays"', `${said} "holidays"`), 'f', ids).retention).toEqual(retention);
  });

  const asking = (...questions: object[]) =>
    parseDeskFile(DESK.replace('"durationMinutes": 30', `"questions": ${JSON.stringify(questions)}, $&`), 'f', ids)
      .topics[0]?.questions;
  const asked = { id: 'when', kind: 'date', label: { de: 'Wann?', en: 'When?' }, keepDays: 7 };

  it('asks what the file says', () => {
    const choices = ['yes', 'no'].map((id) => ({ id, label: { de: id, en: id } }));
    const usual = { hint: null, choices: [], required: false, max: null, audience: 'client' };
    const staffs = { ...asked, id: 'which', kind: 'choice', choices, required: true, audience: 'staff' };
    const told = { ...asked, id: 'what', kind: 'text', hint: { de: 'Kurz', en: 'Short' } };
    expect(asking(asked, staffs, told, { ...told, id: 'name', max: 40 })).toEqual([
      { ...usual, ...asked },
      { ...usual, ...staffs },
      { ...usual, ...told, max: 500 },
      { ...usual, ...told, id: 'name', max: 40 },
    ]);
  });

  it.each([
    [{ kind: 'number' }, 'topics[0].questions[0].kind: '],
    [{ keepDays: undefined }, 'topics[0].questions[0].keepDays: expected number, but it is missing'],
    [{ label: { en: 'When?' } }, 'topics[0].questions[0].label.de: '],
    [{ max: 10 }, 'topics[0].questions[0].max: is only for the kind text'],
    [{ kind: 'choice' }, 'topics[0].questions[0].choices: expected two choices at least'],
    [{ choices: [{ id: 'a', label: { de: 'A', en: 'A' } }] }, 'topics[0].questions[0].choices: is only for the kind'],
    [{ options: [] }, 'topics[0].questions[0].options: is not known here'],
  ])('refuses a question with %j', (part, complaint) => {
    expect(() => asking({ ...asked, ...part })).toThrow(complaint);
  });

  it('refuses a short name that is too long for a card', () => {
    const named = (de: string) =>
      parseDeskFile(
        DESK.replace('"durationMinutes": 30', `"shortName": ${JSON.stringify({ de, en: 'Work' })}, $&`),
        'f',
        ids,
      ).topics[0]?.shortName;
    expect(named('Arbeitsplatz')).toEqual({ de: 'Arbeitsplatz', en: 'Work' });
    expect(() => named('Arbeitsplätze')).toThrow('topics[0].shortName.de: expected 1 to 12 characters in one line');
  });

  it('refuses a question that it asks twice', () => {
    expect(() => asking(asked, asked)).toThrow('topics[0].questions[1].id: is given twice: when');
  });

  it('reads an advisor’s permanent video link, https only', () => {
    const room = (link: string) =>
      parseDeskFile(DESK.replace('"languages": ["de", "ja"]', `"videoLink": "${link}", $&`), 'f', ids).advisors[0]
        ?.videoLink;
    expect(room('https://Video.example/ada')).toBe('https://video.example/ada');
    expect(() => room('http://video.example/ada')).toThrow('advisors[0].videoLink: expected an https address');
  });

  it('reads the door behind which an advisor is', () => {
    const door = (text: string) =>
      parseDeskFile(DESK.replace('"languages": ["de", "ja"]', `"door": "${text}", $&`), 'f', ids).advisors[0]?.door;
    expect(door('Zimmer 2')).toBe('Zimmer 2');
    expect(() => door('Z'.repeat(21))).toThrow('advisors[0].door: expected 1 to 20 characters in one line');
  });

  it('reads the settings for reassignment, for mails of staff, and the capacities', () => {
    const said = '"fixedMinutes": 0, "mailGraceSeconds": 10, "capacities": { "in_person": 2, "video": 1 },';
    const desk = parseDeskFile(DESK.replace('"holidays"', `${said} "holidays"`), 'f', ids);
    expect(desk).toMatchObject({ fixedMinutes: 0, mailGraceSeconds: 10, capacities: { in_person: 2, video: 1 } });
    const usual = { fixedMinutes: USUAL_FIXED_MINUTES, mailGraceSeconds: USUAL_MAIL_GRACE_SECONDS, capacities: {} };
    expect(parseDeskFile(DESK, 'f', ids)).toMatchObject(usual);
  });

  it('reads the reserves for a language, a topic or urgent matters', () => {
    const reserves = `[
      { "language": "ja", "startsPerDay": 2, "releaseWorkingDays": 3 },
      { "topic": "school", "urgent": true, "startsPerDay": 1, "releaseWorkingDays": 0 }
    ]`;
    expect(parseDeskFile(DESK.replace('"holidays"', `"reserves": ${reserves}, "holidays"`), 'f', ids).reserves).toEqual(
      [
        { language: 'ja', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 3 },
        { language: null, topicId: 'school', urgent: true, startsPerDay: 1, releaseWorkingDays: 0 },
      ],
    );
    expect(parseDeskFile(DESK, 'f', ids).reserves).toEqual([]);
  });

  it('reduces a rule that was pasted from a calendar to the rule', () => {
    const desk = parseDeskFile(DESK.replace('FREQ=WEEKLY;BYDAY=MO', 'RRULE:FREQ=WEEKLY;BYDAY=MO'), 'f', ids);
    expect(desk.hours.rules[0]?.rrule).toBe('FREQ=WEEKLY;BYDAY=MO');
  });

  it('reads pauses and recurring exceptions', () => {
    const pause = '"rrule": "FREQ=YEARLY", "closed": [{ "start": "12:30", "end": "13:30" }], "reason": { "de": "Zu"';
    const desk = parseDeskFile(DESK.replace('"closed": true, "reason": { "de": "Zu"', pause), 'f', ids);
    expect(desk.hours.exceptions[0]).toEqual({
      id: 'an-id',
      from: '2026-12-24',
      to: '2026-12-25',
      rrule: 'FREQ=YEARLY',
      closed: false,
      windows: [],
      pauses: [{ start: '12:30', end: '13:30' }],
      reason: { de: 'Zu', en: 'Closed' },
    });
  });

  it('names a missing file', () => {
    expect(() => loadDeskFile(join(folder, 'none.json'), ids)).toThrow(/none\.json: cannot be read \(ENOENT\)$/);
  });
});

describe('A wrong desk file', () => {
  /** The complaints about `DESK` with one change. */
  const complaints = (from: string, to: string): string[] => {
    expect(DESK).toContain(from);
    return complaintsAbout(DESK.replace(from, to));
  };

  it.each([
    [
      '"phone"',
      '"phon"',
      [/^f:1: phone: expected string, but it is missing/, /^f:7: phon: is not known here; expected id, name/],
    ],
    ['"reason": { "de": "Zu"', '"why": 1, "reason": { "de": "Zu"', [/^f:15: exceptions\[0\]\.why: is not known here/]],
    [
      '"start": "09:00", "end": "12:00" }]',
      '"start": "09:00", "to": "x", "end": "12:00" }]',
      [/^f:16: exceptions\[1\]\.windows\[0\]\.to: is not known/],
    ],
    ['Europe/Berlin', '+01:00', [/^f:4: timeZone: expected an IANA time zone/]],
    ['DE-NW', 'DE-XX', [/^f:5: holidays: expected a region/]],
    ['termine@', 'termine', [/^f:8: email: /]],
    ['"gridMinutes": 30', '"gridMinutes": "30"', [/^f:9: gridMinutes: expected number, received string/]],
    ['"gridMinutes": 30', '"gridMinutes": 7.5', [/^f:9: gridMinutes: expected int/]],
    ['"phone": "', '"retention": { "bookingDays": 0 }, "phone": "', [/^f:7: retention\.bookingDays: /]],
    [
      '"phone": "',
      '"retention": { "idempotencyKeyHours": 1 }, "phone": "',
      [/^f:7: retention\.idempotencyKeyHours: is not/],
    ],
    ['"phone": "', '"capacities": { "on_site": 1 }, "phone": "', [/^f:7: capacities/]],
    ['"phone": "', '"capacities": { "video": -1 }, "phone": "', [/^f:7: capacities\.video: /]],
    [
      '"phone": "',
      `${reserving({ startsPerDay: 2, releaseWorkingDays: 3 })} "phone": "`,
      [/^f:7: reserves\[0\]: expected a language, a topic or "urgent": true/],
    ],
    [
      '"phone": "',
      `${reserving({ language: 'uk', startsPerDay: 2, releaseWorkingDays: 3 })} "phone": "`,
      [/^f:7: reserves\[0\]\.language: expected a language that somebody speaks who can take it: de, ja$/],
    ],
    [
      '"phone": "',
      `${reserving({ topic: 'tax', startsPerDay: 2, releaseWorkingDays: 3 })} "phone": "`,
      [/^f:7: reserves\[0\]\.topic: expected a topic of this desk: work, school$/],
    ],
    [
      '"phone": "',
      `${reserving({ urgent: true, startsPerDay: 0, releaseWorkingDays: -1 })} "phone": "`,
      [/^f:7: reserves\[0\]\.startsPerDay: /, /^f:7: reserves\[0\]\.releaseWorkingDays: /],
    ],
    [
      '"phone": "',
      `${reserving({ language: 'ja', startsPerDay: 1 })} "phone": "`,
      [/^f:7: reserves\[0\]\.releaseWorkingDays: expected number, but it is missing/],
    ],
    ['"phone": "', `${reserving({ topicId: 'work' })} "phone": "`, [/^f:7: reserves\[0\]\.topicId: is not known here/]],
    [
      '"topics": ["work", "school"] }',
      '"topics": ["work"] }], "reserves": [{ "topic": "school", "startsPerDay": 1, "releaseWorkingDays": 1 }',
      [/^f:25: reserves\[0\]: is kept for what no advisor can take$/],
    ],
    ['"horizonDays": 30', '"horizonDays": -1', [/^f:9: horizonDays: /]],
    ['BYDAY=MO', 'BYHOUR=9', [/^f:11: openingRules\[0\]\.rrule: BYHOUR is not allowed/]],
    ['FREQ=WEEKLY;BYDAY=FR', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', [/^f:12: openingRules\[1\]\.rrule: .*never/]],
    ['FREQ=WEEKLY;BYDAY=FR', 'DTSTART:20260101', [/^f:12: openingRules\[1\]\.rrule: /]],
    ['"end": "17:00"', '"end": "09:00"', [/^f:11: openingRules\[0\]\.end: expected another time than the start/]],
    ['"end": "17:00"', '"end": "25:00"', [/^f:11: openingRules\[0\]\.end: /]],
    ['2026-01-01', '2026-02-30', [/^f:12: openingRules\[1\]\.from: expected a day that exists/]],
    ['"to": "2026-12-25"', '"to": "2026-12-24"', [/^f:15: exceptions\[0\]\.to: expected the day after/]],
    ['"closed": true', '"closed": false', [/^f:15: exceptions\[0\]\.windows|^f:15: exceptions\[0\]: windows/]],
    ['"windows": [', '"closed": true, "windows": [', [/^f:16: exceptions\[1\]\.windows: expected none/]],
    ['"closed": true', '"closed": []', [/^f:15: exceptions\[0\]\.closed: /]],
    [
      '"closed": true',
      '"closed": "noon"',
      [/^f:15: exceptions\[0\]\.closed: expected true, false or a list of windows$/],
    ],
    [
      '"closed": true',
      '"closed": [{ "start": "13:00", "end": "13:00" }]',
      [/^f:15: exceptions\[0\]\.closed\[0\]\.end: expected another time than the start/],
    ],
    [
      '"windows": [',
      '"closed": [{ "start": "10:00", "end": "11:00" }], "windows": [',
      [/^f:16: exceptions\[1\]\.windows: expected none beside pauses$/],
    ],
    [
      '"closed": true',
      '"rrule": "FREQ=HOURLY", "closed": true',
      [/^f:15: exceptions\[0\]\.rrule: FREQ expected one of/],
    ],
    [
      '"closed": true',
      '"rrule": "FREQ=WEEKLY;BYDAY=MO", "closed": true',
      [/^f:15: exceptions\[0\]\.rrule: .*expected a rule that `from` is the first day of$/],
    ],
    [
      '"to": "2026-12-25"',
      '"rrule": "FREQ=YEARLY", "to": "2027-04-01"',
      [/^f:15: exceptions\[0\]\.to: expected at most 92 days of what comes again$/],
    ],
    ['"end": "12:00" }]', '"end": "09:00" }]', [/^f:16: exceptions\[1\]\.windows\[0\]\.end: expected another time/]],
    ['"en": "New Year’s Eve"', '"fr": "x"', [/^f:17: exceptions\[1\]\.reason\.en: expected string, but it is missing/]],
    ['"en": "New Year’s Eve"', '"en": "x", "french": "x"', [/^f:17: exceptions\[1\]\.reason: expected language tags/]],
    ['"en": "Work"', '"en": " "', [/^f:20: topics\[0\]\.name\.en: expected some text/]],
    ['"id": "work"', '"id": "Find Work"', [/^f:20: topics\[0\]\.id: expected small letters/]],
    ['"id": "school"', '"id": "work"', [/^f:21: topics\[1\]\.id: is given twice: work/]],
    ['"video"]', '"fax"]', [/^f:20: topics\[0\]\.modes\[1\]: expected one of "in_person"/]],
    ['"video"]', '"phone"]', [/^f:20: topics\[0\]\.modes\[1\]: is given twice: phone/]],
    ['"ja"]', '"japanese"]', [/^f:24: advisors\[0\]\.languages\[1\]: expected a BCP 47 tag/]],
    ['"ja"]', '"DE"]', [/^f:24: advisors\[0\]\.languages\[1\]: expected a BCP 47 tag/]],
    [
      '["work", "school"]',
      '["work", "tax"]',
      [/^f:25: advisors\[0\]\.topics\[1\]: expected a topic of this desk: work, school/],
    ],
    ['"id": "tiny",', '"id": "tiny", "id": "other",', [/^f:2: "id" is given twice/]],
    ['"address": "Musterplatz 1",', '"address": "Musterplatz 1"', [/^f:7: expected ,/]],
    ['"address": "Musterplatz 1",', '"address": \'Musterplatz 1\',', [/^f:6: expected JSON, not /]],
    ['"school"] }\n', '"school"] },\n', [/^f:26: expected a value/]],
    ['"id": "tiny"', '/* no comments */ "id": "tiny"', [/^f:2: expected JSON, not /]],
  ])('is refused for %s with %s', (from, to, expected) => {
    const lines = complaints(from, to);
    for (const line of expected) expect(lines).toContainEqual(expect.stringMatching(line));
  });

  it('is refused with all mistakes at once, in the order of the file', () => {
    const lines = complaintsAbout(
      DESK.replace('DE-NW', 'XX').replace('"phone": "+49 221 4710 300",', '').replace('"ja"', '"x"'),
    );
    expect(lines.map((line) => line.split(':')[1])).toEqual(['1', '5', '24']);
  });

  it.each(['', '[]', 'null', '{', '{"a":1}x', '{"a":"\n"}', '"\\x"'])('is refused for %j', (text) => {
    expect(complaintsAbout(text).join()).toMatch(/^f:[12]: /);
  });
});

function complaintsAbout(text: string): string[] {
  try {
    parseDeskFile(text, 'f', ids);
  } catch (error) {
    if (error instanceof DeskFileError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the file was accepted');
}
