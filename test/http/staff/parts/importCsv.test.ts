import request from 'supertest';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';
import { asRole } from '../../api/apiClient';

const DESK = '/staff/expat-desk';
const importOf = (list: string) => `${DESK}/import/${list}`;
const fileOf = (list: string) => `${DESK}/export/${list}.csv`;
const LISTS = ['topics', 'questions', 'partners', 'advisors', 'reserves', 'texts', 'exceptions', 'absences'];
/** The pages of the lists that have none of their name. */
const PAGE_OF: Readonly<Record<string, string>> = { questions: 'topics', exceptions: 'hours' };

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

const send = async (list: string, fields: Record<string, string>) => {
  const { text } = await manager.get(importOf(list)).expect(200);
  return manager.post(importOf(list), { ...hiddenFields(text, importOf(list)), ...fields });
};
const preview = (list: string, csv: string) => send(list, { csv, step: 'preview' });
/** Presses the button below what would change. */
const apply = (list: string, csv: string, shown: string) =>
  manager.post(importOf(list), { ...hiddenFields(shown, importOf(list)), csv, step: 'apply' });
const imported = async (list: string, csv: string) => apply(list, csv, (await preview(list, csv)).text);
const fail = () => {
  throw new Error('expected a topic');
};
const durationOf = async (id: string) =>
  (await app.storage.desks.topics('expat-desk')).find(({ part }) => part.id === id)?.part.durationMinutes;

describe('Each list of the desk', () => {
  it.each(LISTS)('is downloaded as the CSV of the API, by a link on its page: %s', async (list) => {
    expect((await manager.get(`${DESK}/${PAGE_OF[list] ?? list}`).expect(200)).text).toContain(
      `href="${fileOf(list)}"`,
    );
    const file = await manager.get(fileOf(list)).expect(200);
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename=expat-desk-${list}.csv`,
      'cache-control': 'no-store',
    });
    const token = await asRole(app, 'manager', { deskId: 'expat-desk' });
    const api = await request(app.http)
      .get(`/api/v1/staff/desks/expat-desk/${list}`)
      .set({ ...token, Accept: 'text/csv' });
    expect(file.text).toBe(api.text);
  });

  it.each(LISTS)('is pasted as it was downloaded, which changes nothing, however long it is: %s', async (list) => {
    const { text: csv } = await manager.get(fileOf(list));
    const page = await preview(list, csv);
    expect([page.status, page.text]).toEqual([200, expect.not.stringContaining('value="apply"')]);
    expect(wordsIn(page.text)).toContain('Es ändert sich nichts');
  });

  it('is for who keeps it, and there are no others', async () => {
    await manager.get(importOf('bookings')).expect(404);
    await manager.get(fileOf('bookings')).expect(404);
    const receptionist = await signedInAs(app, { role: 'receptionist' });
    for (const list of LISTS) {
      await receptionist.get(importOf(list)).expect(403);
      await receptionist.get(fileOf(list)).expect(403);
    }
  });
});

describe('CSV that is pasted', () => {
  it('shows in words what would change, and changes it by the button, once', async () => {
    await booked(app);
    const csv = 'id,durationMinutes,retired\nresidence,30,true\ncareer,45,\n';
    const shown = await preview('topics', csv);
    expect(shown.status).toBe(200);
    const words = wordsIn(shown.text);
    expect(words).toMatch(/2 Einträge ändern sich/);
    expect(words).toMatch(/wird nicht mehr angeboten/);
    expect(words).toMatch(/Dauer in Minuten.*45/);
    expect(words).toMatch(/Empfang bekommt für jeden eine Aufgabe/);
    expect(await durationOf('career')).not.toBe(45);

    const done = await apply('topics', csv, shown.text);
    expect([done.status, done.headers.location]).toEqual([303, `${DESK}/topics?done=imported&count=2`]);
    expect(await durationOf('career')).toBe(45);
    expect(wordsIn((await manager.get(String(done.headers.location))).text)).toContain(
      'Aus CSV übernommen: 2 Einträge.',
    );
    const versions = async () => (await app.storage.desks.topics('expat-desk')).map(({ version }) => version);
    const before = await versions();
    const again = await apply('topics', csv, shown.text);
    expect([again.status, again.headers.location]).toEqual([303, `${DESK}/topics?done=imported`]);
    expect(await versions()).toEqual(before);
  });

  it('is not imported otherwise than it was shown', async () => {
    const shown = await preview('topics', 'id,durationMinutes\ncareer,45\n');
    const other = await apply('topics', 'id,durationMinutes\ncareer,50\n', shown.text);
    expect(wordsIn(other.text)).toContain('etwas anderes ändern als eben gezeigt');
    expect(await durationOf('career')).not.toBe(50);
    await apply('topics', 'id,durationMinutes\ncareer,50\n', other.text).expect(303);
    expect(await durationOf('career')).toBe(50);
  });

  it('is imported by one of two who press at the same time, though its lines name no version', async () => {
    const csvs = ['id,durationMinutes\ncareer,45\n', 'id,durationMinutes\ncareer,50\n'];
    const shown: string[] = [];
    for (const csv of csvs) shown.push((await preview('topics', csv)).text);
    const answers = await Promise.all(csvs.map((csv, i) => apply('topics', csv, shown[i] ?? '')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303]);
    const winner = answers.findIndex(({ status }) => status === 303);
    expect(await durationOf('career')).toBe([45, 50][winner]);
    const entries = await app.storage.desks.topics('expat-desk');
    const [{ part } = fail()] = entries;
    const who = { kind: 'system' } as const;
    const late = { who, deskId: 'expat-desk', idempotency: undefined };
    const refused = { code: 'version-moved-on' };
    await expect(app.app.importTopics({ ...late, topics: [{ part, seen: null }] })).rejects.toMatchObject(refused);
    await expect(app.app.importReserves({ ...late, reserves: [], seen: 99 })).rejects.toMatchObject(refused);
  });

  it('leads to a plan for the bookings of each who leaves by it', async () => {
    const booking = await booked(app);
    const name = (await app.storage.desks.advisors('expat-desk')).find(({ part }) => part.id === booking.advisorId)
      ?.part.name;
    const done = await imported('advisors', `id,retired\n${booking.advisorId},true\n`);
    const { text } = await manager.get(String(done.headers.location)).expect(200);
    const [, href = ''] = /<a href="([^"]*\/plans\/[^"]+)">Ansehen, wer die Termine von/.exec(text) ?? [];
    expect(wordsIn(text)).toContain(`Ansehen, wer die Termine von ${name} übernimmt`);
    expect(wordsIn((await manager.get(href).expect(200)).text)).toContain('Kim Probe');
    expect((await app.storage.bookings.find(booking.id))?.advisorId).toBe(booking.advisorId);
  });

  it('is refused where somebody has changed a line since it was downloaded, and stays in the field', async () => {
    const { text: csv } = await manager.get(fileOf('topics'));
    await imported('topics', 'id,durationMinutes\ncareer,45\n');
    const refused = await preview('topics', csv);
    expect(wordsIn(refused.text)).toContain('hat jemand etwas davon geändert');
    expect(refused.text).toContain('residence,');
    expect(await durationOf('career')).toBe(45);
  });

  it.each([
    [
      'topics',
      'id,durationMinutes\ncareer,long\nNeu,30',
      ['Zeile 2, Spalte durationMinutes: Eine Zahl von 5', 'Zeile 3, Spalte id'],
    ],
    ['topics', 'name\nx', ['Zeile 1: Hier müssen die Spalten stehen, mindestens: id']],
    ['topics', 'id,durationMinutes\n"career,30', ['Diese Zeile ist nicht zu lesen']],
    ['advisors', 'id,topics\na1,cooking', ['Zeile 2, Spalte topics: Diese Themen gibt es nicht mehr']],
    ['topics', 'id,partners\ncareer,kammer', ['Zeile 2, Spalte partners: Diese Partner gibt es nicht mehr']],
    [
      'partners',
      'id,name.de,name.en,description.de,website,bookingDesk\nkammer,Kammer,Chamber,Berät.,http://x.example,nowhere',
      ['Zeile 2, Spalte website: Eine Adresse, die mit https', 'Zeile 2, Spalte description.en: Hier fehlt der Text'],
    ],
    [
      'partners',
      'id,name.de,name.en,description.de,description.en,bookingDesk\nkammer,Kammer,Chamber,Berät.,Advises.,nowhere',
      ['Zeile 2, Spalte bookingDesk: Eine andere Dienststelle'],
    ],
    ['reserves', 'language,startsPerDay,releaseWorkingDays\ntlh,1,1', ['Zeile 2, Spalte language']],
    [
      'exceptions',
      'id,kind,from,windows,reason.de,reason.en\n,open,2026-12-02,früh,x,y\n,closed,2026-12-06,,x,y\nfremd,closed,2026-12-03,,x,y',
      ['Zeile 2, Spalte windows: Zeiten wie 09:00-12:00', 'Zeile 4, Spalte id: Eine Kennung aus dieser Liste'],
    ],
    [
      'exceptions',
      'id,kind,from,reason.de,reason.en\n,closed,2026-12-06,x,y',
      ['Zeile 2: An diesen Tagen ändern sich keine Zeiten'],
    ],
    [
      'absences',
      'id,advisor,start,end\n,niemand,2026-12-01 09:00,2026-12-01 08:00',
      ['Zeile 2, Spalte advisor: Die Kennung von jemandem', 'Zeile 2, Spalte end: Ein Zeitpunkt wie'],
    ],
    [
      'questions',
      'topic,id,kind,label.de\nnirgends,x,text,x\ncareer,x,text,x',
      ['Zeile 2, Spalte topic: Die Kennung eines Themas', 'Zeile 3, Spalte label.en: Hier fehlt der Text'],
    ],
    [
      'texts',
      'key,language,text\nmail.booked.title,en,"{{wen}}"\nnone,en,x',
      ['Zeile 2, Spalte text: Den Platzhalter', 'Zeile 3, Spalte key'],
    ],
  ])('names line and column of what is wrong, and stays in the field: %s, %j', async (list, csv, said) => {
    const before = await app.everything();
    const page = await preview(list, csv);
    for (const each of said) expect(wordsIn(page.text)).toContain(each);
    expect(page.text).toContain('id="error-summary"');
    expect(page.text).toMatch(/<textarea[^>]*>\S/);
    expect((await app.everything()).topic).toEqual(before.topic);
  });

  it('enters days with other hours and absences, shows whom they hit, and can be taken back', async () => {
    const { advisorId } = await booked(app);
    const days = 'id,kind,from,windows,reason.de,reason.en\n,open,2026-12-01,"13:00-14:00\n15:00-16:00",Messe,Fair\n';
    const shown = await preview('exceptions', days);
    expect(wordsIn(shown.text)).toMatch(/Dienstag, 1\. Dezember.*neu.*Empfang bekommt für jeden eine Aufgabe/);
    const done = await apply('exceptions', days, shown.text);
    expect(done.headers.location).toBe(`${DESK}/hours?done=imported&count=1`);
    const page = (await manager.get(String(done.headers.location))).text;
    expect(wordsIn(page)).toMatch(/Aus CSV übernommen: ein Eintrag.*Rückgängig/);

    const away = await imported('absences', `id,advisor,start,end\n,${advisorId},2026-12-01 09:00,2026-12-01 10:00\n`);
    expect(away.headers.location).toBe(`${DESK}/absences?done=imported&count=1`);
    const [before] = (await app.storage.hoursVersions.list('expat-desk', { limit: 2 })).versions;
    expect(before).toMatchObject({ what: 'absences_imported', number: 3 });
  });

  it('replaces the reserves, and words texts', async () => {
    await imported('reserves', 'language,topic,urgent,startsPerDay,releaseWorkingDays\nen,,,2,3\n').then((done) =>
      expect(done.headers.location).toBe(`${DESK}/reserves?done=imported&count=1`),
    );
    expect((await app.storage.desks.rooms('expat-desk')).part.reserves).toMatchObject([
      { language: 'en', startsPerDay: 2 },
    ]);
    const csv = 'key,language,text\nmail.booked.title,en,Booked at our desk\n';
    expect(wordsIn((await preview('texts', csv)).text)).toMatch(/Englisch.*Booked at our desk/);
    const done = await imported('texts', csv);
    expect(done.headers.location).toBe(`${DESK}/texts?done=imported&count=1`);
    expect(wordsIn((await manager.get(String(done.headers.location))).text)).toContain('Aus CSV übernommen');
  });

  it('that is larger than other forms may be is imported too', async () => {
    const lines = Array.from(
      { length: 900 },
      (_, i) => `topic-${i},Thema ${i},Topic ${i},30,phone,${'ü'.repeat(60)},Topic ${i}`,
    );
    const csv = ['id,name.de,name.en,durationMinutes,modes,description.de,description.en', ...lines].join('\n');
    const done = await imported('topics', csv);
    expect(done.headers.location).toBe(`${DESK}/topics?done=imported&count=900`);
    expect(await durationOf('topic-899')).toBe(30);
  });
});
