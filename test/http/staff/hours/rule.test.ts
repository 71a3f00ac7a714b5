import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { type Browser, hiddenFields, signedInAs, typedFields, wordsIn } from '../../../support/staff';

const HOURS = '/staff/expat-desk/hours';
const RULE = `${HOURS}/rule`;
const ODD_WEDNESDAYS = { pattern: 'calendar_weeks', parity: 'odd', day3: 'true', start1: '17:00', end1: '19:00' };

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const rules = async () => (await app.storage.desks.find('expat-desk'))?.hours.rules ?? [];
const usual = { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH', start: '09:00', end: '17:00' };

/** Sends the form of a rule as it stands on its page. */
async function send(fields: Record<string, string>, about = '') {
  const { text } = await manager.get(`${RULE}${about}`).expect(200);
  return (await manager.post(RULE, { ...typedFields(text, RULE), step: 'preview', ...fields }).expect(200)).text;
}

/** Goes from what would change to the hours, where it is entered. */
async function enter(page: string, step = 'enter') {
  const { headers } = await manager.post(RULE, { ...hiddenFields(page, RULE), step }).expect(303);
  return (await manager.get(headers.location ?? '').expect(200)).text;
}

describe('An opening rule', () => {
  it('is shown as the sentence that it becomes, with its RRULE and the days that change, and then entered', async () => {
    const page = await send(ODD_WEDNESDAYS);
    expect(wordsIn(page)).toMatch(
      /jeden Mittwoch in ungeraden Kalenderwochen von 17 bis 19 Uhr.*Mittwoch, 2. Dezember 2026 09:00–17:00 09:00–19:00/,
    );
    expect(typedFields(page, RULE).rrule).toMatch(/^FREQ=YEARLY;BYWEEKNO=1,3,5/);
    expect(await rules()).toHaveLength(2);
    const hours = wordsIn(await enter(page));
    expect(hours).toMatch(/Eingetragen\..*jeden Mittwoch in ungeraden Kalenderwochen von 17 bis 19 Uhr/);
    expect((await rules()).at(-1)?.rrule).toMatch(/BYWEEKNO=1,3,5,.*53;BYDAY=WE$/);
  });

  it('is taken back with a press, which brings the version before back', async () => {
    const hours = await enter(await send(ODD_WEDNESDAYS));
    const [, at = ''] = /action="([^"]*hours\/versions\/[^"]+)"/.exec(hours) ?? [];
    await manager.post(at, hiddenFields(hours, at)).expect(303);
    expect(await rules()).toHaveLength(2);
    const history = wordsIn((await manager.get(`${HOURS}/versions`)).text);
    expect(history).toMatch(/3. Version 1 zurückgeholt \(gilt jetzt\).*2. Regeln geändert.*1. So war es am Anfang/);
  });

  it('is changed for the summer, and is as it was after it', async () => {
    const page = await send({ start1: '08:00', end1: '15:00', from: '2027-06-01', last: '2027-08-31' }, '?group=0');
    expect(wordsIn(page)).toContain('Dienstag, 1. Juni 2027 09:00–17:00 08:00–15:00');
    await enter(page);
    expect(await rules()).toEqual([
      { ...usual, until: '2027-06-01' },
      { ...usual, start: '08:00', end: '15:00', from: '2027-06-01', until: '2027-09-01' },
      { ...usual, from: '2027-09-01' },
      expect.objectContaining({ rrule: 'FREQ=WEEKLY;BYDAY=FR' }),
    ]);
  });

  it('has several times on its days, each a rule of its own', async () => {
    await enter(await send({ start1: '09:00', end1: '12:00', start2: '13:00', end2: '17:00' }, '?group=0'));
    expect((await rules()).map(({ start, end }) => `${start}-${end}`)).toEqual([
      '09:00-12:00',
      '13:00-17:00',
      '09:00-12:00',
    ]);
    expect((await manager.get(`${RULE}?group=0`)).text).toContain('value="13:00"');
  });

  it('has room for a fourth time, and keeps it when another part of the rule is changed', async () => {
    const times = { start1: '08:00', end1: '09:00', start2: '10:00', end2: '11:00', start3: '12:00', end3: '13:00' };
    await enter(await send({ ...times, start4: '14:00', end4: '15:00' }, '?group=0'));
    const { text } = await manager.get(`${RULE}?group=0`).expect(200);
    expect(typedFields(text, RULE)).toMatchObject({ start4: '14:00', end4: '15:00' });
    await enter(await send({ end3: '12:30' }, '?group=0'));
    expect((await rules()).slice(0, 4).map(({ start, end }) => `${start}-${end}`)).toEqual([
      ...['08:00-09:00', '10:00-11:00', '12:00-12:30', '14:00-15:00'],
    ]);
  });

  it('is no plan about hours that somebody else has changed since', async () => {
    await booked(app);
    const page = await send({ start1: '10:00' }, '?group=0');
    await enter(await send(ODD_WEDNESDAYS));
    const { text } = await manager.post(RULE, { ...hiddenFields(page, RULE), step: 'plan' }).expect(200);
    expect(wordsIn(text)).toContain('Die Öffnungszeiten wurden inzwischen geändert');
  });

  it('is ended, and says whose booking loses its place', async () => {
    await booked(app);
    const page = await send({ step: 'end', endLast: '2026-11-30' }, '?group=0');
    expect(wordsIn(page)).toMatch(/Dienstag, 1. Dezember 2026 09:00–17:00 geschlossen.*1 Termin würde.*Kim Probe/);
    await enter(page, 'endEnter');
    expect((await rules())[0]).toEqual({ ...usual, until: '2026-12-01' });
  });

  it('is chosen by an RRULE, which fills in the other fields, and the other way round', async () => {
    const page = await send({ rrule: 'FREQ=MONTHLY;BYDAY=1SA', start1: '10:00', end1: '12:00' });
    expect(wordsIn(page)).toContain('jeden ersten Samstag im Monat von 10 bis 12 Uhr');
    expect(page).toMatch(/id="pattern-monthly"[^>]*checked/);
    const other = await send({ rrule: 'FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2', start1: '10:00', end1: '12:00' });
    expect(wordsIn(other)).toContain('nach der Regel FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2');
  });

  it.each([
    [
      { pattern: 'weekly', day6: 'true', interval: '2', from: '2026-12-05' },
      'alle 2 Wochen Samstag von 10 bis 12 Uhr, ab Samstag, 5. Dezember 2026',
    ],
    [
      { pattern: 'month_days', monthDays: '1, 15', lastDay: 'true', kind: 'walk_in', start1: '18:00', end1: '19:00' },
      'jeden Monat am 1., 15. und letzten Tag von 18 bis 19 Uhr, ohne Termin',
    ],
    [
      { pattern: 'date', month: '12', monthDay: '24', day6: 'true' },
      'jedes Jahr am 24. Dezember, nur Samstag von 10 bis 12 Uhr',
    ],
    [
      { pattern: 'weekly', day5: 'true', start1: '22:00', end1: '02:00', kind: 'phone' },
      'jeden Freitag von 22 bis 2 Uhr, nur telefonisch',
    ],
  ])('reads %j', async (fields, sentence) => {
    expect(wordsIn(await send({ start1: '10:00', end1: '12:00', ...fields }))).toContain(sentence);
  });

  it.each([
    [{ day6: '' }, 'Bitte wählen Sie mindestens einen Tag.'],
    [{ interval: '2' }, 'ab welchem Tag gezählt wird'],
    [{ interval: 'x' }, 'eine ganze Zahl von 1 bis 52'],
    [{ start1: '', end1: '' }, 'von wann bis wann'],
    [{ end1: '' }, 'Beginn und Ende'],
    [{ pattern: 'monthly' }, 'der wievielte Tag'],
    [{ pattern: 'month_days', monthDays: '32' }, 'Tage von 1 bis 31'],
    [{ pattern: 'date', month: '2', monthDay: '30' }, 'trifft auf keinen einzigen Tag zu'],
    [{ pattern: 'other', rrule: 'FREQ=HOURLY' }, 'Der Teil FREQ'],
    [{ from: '2027-02-01', last: '2027-01-01' }, 'nicht vor dem ersten'],
    [
      { day3: 'true' },
      'überschneidet sich am Mittwoch, 25. November 2026 mit einer anderen Regel: Montag bis Donnerstag',
    ],
  ])('says what is wrong with %j, and keeps what was typed', async (fields, said) => {
    const page = await send({
      pattern: 'weekly',
      day6: 'true',
      start1: '10:00',
      end1: '12:00',
      why: 'Probe',
      ...fields,
    });
    expect(wordsIn(page)).toContain(said);
    expect(page).toContain('value="Probe"');
    expect(await rules()).toHaveLength(2);
  });

  it('is not entered by who has not seen what somebody else has changed meanwhile', async () => {
    const page = await send(ODD_WEDNESDAYS);
    await enter(await send({ ...ODD_WEDNESDAYS, parity: 'even' }));
    const { text } = await manager.post(RULE, { ...hiddenFields(page, RULE), step: 'enter' }).expect(200);
    expect(wordsIn(text)).toContain('inzwischen geändert');
    expect(await rules()).toHaveLength(3);
  });
});

describe('The history of the hours', () => {
  it('is empty before the first change, and for managers alone', async () => {
    expect(wordsIn((await manager.get(`${HOURS}/versions`).expect(200)).text)).toContain('Noch wurde nichts geändert.');
    const reception = await signedInAs(app, { role: 'receptionist', email: 'empfang@desk.example' });
    await reception.get(`${HOURS}/versions`).expect(403);
    await reception.get(RULE).expect(403);
  });

  it('says what each version has changed, and shows before what bringing it back would change', async () => {
    await enter(await send({ start1: '08:00', end1: '15:00', why: 'Umbau' }, '?group=0'));
    const { text } = await manager.get(`${HOURS}/versions`);
    expect(wordsIn(text)).toMatch(
      /Umbau.*Neu: Montag bis Donnerstag von 8 bis 15 Uhr Nicht mehr: Montag bis Donnerstag von 9 bis 17 Uhr/,
    );
    const [, first = ''] = /href="([^"]*hours\/versions\/[^"]+)"/.exec(text) ?? [];
    const page = (await manager.get(first).expect(200)).text;
    expect(wordsIn(page)).toMatch(/Version 1 zurückholen.*Dienstag, 24. November 2026 08:00–15:00 09:00–17:00/);
    await manager.post(first, hiddenFields(page, first)).expect(303);
    // The second press of the button.
    await manager.post(first, hiddenFields(page, first)).expect(303);
    expect((await rules())[0]).toEqual(usual);
    await manager.get(`${HOURS}/versions/unknown`).expect(404);
  });
});
