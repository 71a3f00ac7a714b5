import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadDeskFile } from '../../src/desks/deskFile';
import { openingDays } from '../../src/domain/calendar/openingHours';
import { addDays, isoWeekday, toIso } from '../../src/domain/calendar/zone';
import { type Desk, languagesOf } from '../../src/domain/desk';
import { languagesForTopic } from '../../src/domain/offering';
import { CLIENT_LOCALES } from '../../src/presentation/texts';

const FOLDER = join(__dirname, '../../data/desks');
const ids = { uuid: () => 'an-id' };
const FILES = readdirSync(FOLDER);
const DESKS = FILES.map((file) => loadDeskFile(join(FOLDER, file), ids));

/** `09:00–12:00`, or why it is closed. */
function hoursOn(desk: Desk, date: string): string {
  const [day] = openingDays(desk.hours, date, addDays(date, 1));
  const clock = (at: number) => toIso(at, desk.hours.timeZone).slice(11, 16);
  return day?.windows.map(({ start, end }) => `${clock(start)}–${clock(end)}`).join() || (day?.closed?.kind ?? '');
}

/** Gauss's way, as completed by Lichtenberg. */
function easter(year: number): string {
  const [a, k] = [year % 19, Math.floor(year / 100)];
  const m = 15 + Math.floor((3 * k + 3) / 4) - Math.floor((8 * k + 13) / 25);
  const s = 2 - Math.floor((3 * k + 3) / 4);
  const d = (19 * a + m) % 30;
  const r = Math.floor((d + Math.floor(a / 11)) / 29);
  const og = 21 + d - r;
  const sz = 7 - ((year + Math.floor(year / 4) + s) % 7);
  return addDays(`${year}-03-01`, og + 7 - ((((og - sz) % 7) + 7) % 7) - 1);
}

describe('The shipped desks', () => {
  it('are the two of the domain, each in the file of its id', () => {
    expect(FILES).toEqual(['expat-desk.json', 'wuppertal.json']);
    expect(DESKS.map(({ id }) => `${id}.json`)).toEqual(FILES);
  });

  it.each(DESKS.map((desk) => [desk.id, desk] as const))(
    '%s says everything in German and English, differently',
    (_, desk) => {
      const texts = [
        desk.headline,
        desk.about,
        ...desk.topics.flatMap((t) => [t.name, t.description, t.bring, ...(t.neutralName ? [t.neutralName] : [])]),
        ...desk.topics.flatMap((t) => t.phrases.map(({ text }) => text)),
        ...desk.hours.exceptions.map((e) => e.reason),
      ];
      for (const text of texts) {
        expect(Object.keys(text ?? {}).sort()).toEqual([...CLIENT_LOCALES].sort());
        const said = Object.values(text ?? {});
        expect(text?.de).not.toBe(text?.en);
        expect(new Set(said.map((each) => each.split('\n').length)).size).toBe(1);
      }
    },
  );

  it('have a short name for each topic, for the cards of the day board', () => {
    const names = DESKS.flatMap(({ topics }) => topics.map(({ shortName }) => shortName));
    for (const name of names) expect(Object.keys(name ?? {}).sort()).toEqual([...CLIENT_LOCALES].sort());
  });

  it('name a topic in shared calendars only by neutral words', () => {
    const shown = DESKS.flatMap(({ topics }) =>
      topics.flatMap(({ neutralName }) => (neutralName ? [neutralName] : [])),
    );
    expect(new Set(shown.map(({ de }) => de))).toEqual(new Set(['Familie', 'Ankommen', 'Arbeitgeber']));
    expect(new Set(shown.map(({ en }) => en))).toEqual(new Set(['Family', 'Settling in', 'Employers']));
  });

  it.each(DESKS.map((desk) => [desk.id, desk] as const))(
    '%s has a German and an English speaker for every topic',
    (_, desk) => {
      for (const { id } of desk.topics)
        expect(languagesForTopic(desk, id)).toEqual(expect.arrayContaining(['de', 'en']));
      for (const advisor of desk.advisors) expect(advisor.languages).toContain('de');
      for (const { topics } of desk.advisors) expect(topics.length).toBeLessThanOrEqual(4);
    },
  );

  it('speak the languages of their clients', () => {
    expect(DESKS.map(languagesOf)).toEqual([
      ['de', 'en', 'ar', 'es', 'fr', 'ja', 'tr', 'uk'],
      ['de', 'en', 'ar', 'fr', 'tr', 'uk'],
    ]);
  });

  it('name no address or number that could belong to a person', () => {
    for (const desk of DESKS) {
      for (const { email } of [desk, ...desk.advisors]) expect(email).toMatch(/@[a-z-]+\.example$/);
      // Cologne's range for films and books (Bundesnetzagentur, notice 148/2021).
      expect(desk.phone).toMatch(/^\+49 221 4710 \d{3}$/);
    }
  });

  const [expat, wuppertal] = DESKS as [Desk, Desk];

  it('have the opening hours of the two houses', () => {
    const week = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'];
    const longDays = (hours: string) => [hours, hours, hours, hours, '09:00–12:00', 'no_rule', 'no_rule'];
    expect(week.map((date) => hoursOn(expat, date))).toEqual(longDays('09:00–17:00'));
    expect(week.map((date) => hoursOn(wuppertal, date))).toEqual(longDays('09:00–16:00'));
  });

  it.each([2026, 2027, 2028, 2029, 2033, 2040, 2057])(
    'are closed on Christmas Eve %i, and open in the morning of New Year’s Eve, but not at a weekend',
    (year) => {
      for (const desk of DESKS) {
        expect(hoursOn(desk, `${year}-12-24`)).toBe('exception');
        const weekend = isoWeekday(`${year}-12-31`) > 5;
        expect(hoursOn(desk, `${year}-12-31`)).toBe(weekend ? 'no_rule' : '09:00–12:00');
        expect(hoursOn(desk, `${year}-12-25`)).toBe('public_holiday');
        expect(hoursOn(desk, `${year + 1}-01-01`)).toBe('public_holiday');
      }
    },
  );

  it.each([2027, 2028])('close for the carnival of %i in Düsseldorf only', (year) => {
    const [thursday, monday] = [addDays(easter(year), -52), addDays(easter(year), -48)];
    expect([hoursOn(expat, thursday), hoursOn(expat, monday)]).toEqual(['09:00–11:00', 'exception']);
    expect([hoursOn(wuppertal, thursday), hoursOn(wuppertal, monday)]).toEqual(['09:00–16:00', '09:00–16:00']);
    expect(hoursOn(expat, addDays(monday, 1))).toBe('09:00–17:00');
  });
});
