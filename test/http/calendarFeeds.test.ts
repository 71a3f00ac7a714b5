import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import request from 'supertest';
import { DAY } from '../../src/domain/calendar/dates';
import { HOUR } from '../../src/domain/calendar/interval';
import type { Desk } from '../../src/domain/desk';
import { type TestApp, testApp } from '../support/app';
import { aRequest, booked } from '../support/bookings';
import { aClient, aDesk, anAdvisor, aReceptionist, TUESDAY_NINE } from '../support/builders';
import { contentLines, physicalLines } from '../support/calendars';
import { addStaff } from '../support/staff';

const KHAL = '/usr/bin/khal';
if (!existsSync(KHAL)) process.stderr.write('khal skipped: no /usr/bin/khal (Debian: khal)\n');

/** All that only the client told. */
const TOLD = { name: 'Aurelia Suchwort', email: 'aurelia@client.example', note: 'Mein Vermerk' };
const DETAILS = {
  ...aRequest().details,
  client: aClient({ name: TOLD.name, email: TOLD.email }),
  note: TOLD.note,
};
const MANAGER = aReceptionist('Mana Leitung', { role: 'manager' });

let t: TestApp;
async function start(part: Partial<Desk> = {}) {
  t = await testApp({ desks: [aDesk(part)] });
}
afterEach(() => t.close());

/** Makes a feed, and returns what subscribes to it. */
async function subscribed({ advisorId = 'a1' as string | null, names = false, userId = null as string | null } = {}) {
  const about = { who: MANAGER, deskId: 'expat-desk', advisorId, names, userId };
  const { feed, token } = (await t.app.addFeed(about)).value;
  const path = `/calendars/${token}.ics`;
  const get = (headers = {}) => request(t.http).get(path).set(headers).buffer(true);
  const read = async () => (await get().expect(200)).text;
  return { id: feed.id, path, get, read };
}

/** The entries as ical.js reads them, by their start. */
function entries(ics: string) {
  const root = new ICAL.Component(ICAL.parse(ics));
  return root
    .getAllSubcomponents('vevent')
    .map((event) => {
      const value = (name: string) => String(event.getFirstPropertyValue(name));
      const at = (name: string) => (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().getTime();
      return {
        ...{
          uid: value('uid'),
          summary: value('summary'),
          status: value('status'),
          sequence: Number(value('sequence')),
        },
        ...{ start: at('dtstart'), end: at('dtend') },
      };
    })
    .sort((a, b) => a.start - b.start);
}

const byAdvisor = (advisorId: string) => ({ query: { ...aRequest().query, advisorId }, details: DETAILS });

describe('The feed of a calendar', () => {
  it('tells an advisor’s consultations as they stand, and what was moved and cancelled', async () => {
    await start();
    const booking = await booked(t, byAdvisor('a1'));
    await booked(t, byAdvisor('a2'));
    const { read, get } = await subscribed();
    const { text, headers } = await get().expect(200);
    expect(entries(text)).toEqual([
      {
        uid: booking.uid,
        summary: expect.stringMatching(/^Belegt – /),
        status: 'CONFIRMED',
        sequence: 0,
        ...booking.time,
      },
    ]);
    expect(headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      etag: expect.stringMatching(/^"[\w-]{27}"$/),
    });
    const unchanged = await get({ 'If-None-Match': headers.etag }).expect(304);
    expect(unchanged.text).toBe('');

    await t.app.moveBooking({ bookingId: booking.id, start: TUESDAY_NINE.start + HOUR, who: MANAGER });
    const moved = await get({ 'If-None-Match': headers.etag }).expect(200);
    expect(moved.headers.etag).not.toBe(headers.etag);
    expect(entries(moved.text)).toMatchObject([{ uid: booking.uid, start: TUESDAY_NINE.start + HOUR, sequence: 1 }]);

    await t.app.cancelBooking({ bookingId: booking.id, reason: 'Mein Grund', who: { kind: 'client' } });
    expect(entries(await read())).toMatchObject([{ uid: booking.uid, status: 'CANCELLED', sequence: 2 }]);
    t.clock.advance(30 * DAY);
    expect(entries(await read())).toHaveLength(1);
    t.clock.advance(DAY);
    expect(entries(await read())).toEqual([]);
  });

  it('says nothing that a client told, names nobody, and invites nobody', async () => {
    await start();
    const booking = await booked(t, byAdvisor('a1'));
    const { read } = await subscribed();
    for (const said of [...Object.values(TOLD), booking.reference, 'ATTENDEE', 'ORGANIZER', 'mailto'])
      expect(await read()).not.toContain(said);
  });

  it('names who comes where the desk allows it and the feed was asked to, and no longer when the desk does not', async () => {
    await start({ feedNames: true });
    await booked(t, byAdvisor('a1'));
    const [named, unnamed] = [await subscribed({ names: true }), await subscribed()];
    expect(entries(await named.read())[0]?.summary).toMatch(/^Aurelia Suchwort – /);
    for (const said of [TOLD.email, TOLD.note]) expect(await named.read()).not.toContain(said);
    expect(await unnamed.read()).not.toContain(TOLD.name);
    await t.storage.write(({ desks }) => desks.replace(aDesk({ feedNames: false })));
    expect(await named.read()).not.toContain(TOLD.name);
  });

  it('of a whole desk says whose each entry is, and tells absences without their reason', async () => {
    await start();
    await booked(t, byAdvisor('a1'));
    await booked(t, byAdvisor('a2'));
    const time = { start: TUESDAY_NINE.start + 2 * HOUR, end: TUESDAY_NINE.start + 3 * HOUR };
    await t.app.addAbsence({ who: MANAGER, deskId: 'expat-desk', advisorId: 'a1', time, reason: 'Grippe' });
    const { read, get } = await subscribed({ advisorId: null });
    const [name1, name2] = aDesk().advisors.map(({ name }) => name);
    expect(entries(await read()).map(({ summary }) => summary)).toEqual([
      expect.stringContaining(`(${name1})`),
      expect.stringContaining(`(${name2})`),
      `Abwesend (${name1})`,
    ]);
    expect(await read()).not.toContain('Grippe');
    const english = await get().query({ lang: 'en' }).expect(200);
    expect(english.text).toContain('SUMMARY:Busy –');
  });

  it('is written as RFC 5545 says, whatever a name is', async () => {
    const name = `ü日本語👩‍👩‍👧;,\\"\r\nATTENDEE:mailto:x@y.example\u0000${'ü'.repeat(150)}`;
    await start({ feedNames: true, advisors: [anAdvisor({ id: 'a1', name })] });
    await booked(t, { details: DETAILS });
    const { get, read } = await subscribed({ advisorId: null, names: true });
    const bytes = Buffer.from((await get()).text);
    for (const line of physicalLines(bytes)) expect(line.length).toBeLessThanOrEqual(75);
    expect(bytes.toString().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(bytes.toString()).toMatch(/END:VCALENDAR\r\n$/);
    const lines = contentLines(bytes);
    expect(lines).toEqual(expect.arrayContaining(['REFRESH-INTERVAL;VALUE=DURATION:PT1H', 'X-PUBLISHED-TTL:PT1H']));
    for (const once of ['BEGIN:VTIMEZONE', 'VERSION:2.0', 'CALSCALE:GREGORIAN'])
      expect(lines.filter((line) => line === once)).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    expect(entries(await read())[0]?.summary).toContain('ü日本語👩‍👩‍👧;,\\"');
  });

  it('leads nowhere once it was revoked, and at its old address once it was renewed', async () => {
    await start();
    const feed = await subscribed();
    const { token } = (await t.app.renewFeed({ who: MANAGER, id: feed.id })).value;
    await feed.get().expect(404);
    await request(t.http).get(`/calendars/${token}.ics`).expect(200);
    await t.app.removeFeed({ who: MANAGER, id: feed.id });
    await request(t.http).get(`/calendars/${token}.ics`).expect(404);
    await request(t.http).get('/calendars/another.ics').expect(404);
  });

  it('leads nowhere once the advisor has left, or nobody who keeps it can sign in', async () => {
    await start();
    const own = await addStaff(t, { role: 'advisor', advisorId: 'a1' });
    const maker = await addStaff(t, { role: 'manager' });
    const [ofAdvisor, ofDesk, ofProgram] = [
      await subscribed({ userId: own.id }),
      await subscribed({ advisorId: null, userId: maker.id }),
      await subscribed(),
    ];
    const alive = async () =>
      Promise.all([ofAdvisor, ofDesk, ofProgram].map(async ({ get }) => (await get()).status === 200));
    const change = (id: string, part: object) => t.storage.write(({ staff }) => staff.changeUser(id, part));
    expect(await alive()).toEqual([true, true, true]);
    await change(own.id, { disabledAt: t.clock.now() });
    expect(await alive()).toEqual([false, true, false]);
    await change(own.id, { disabledAt: null });
    await change(maker.id, { role: 'advisor' });
    expect(await alive()).toEqual([true, false, true]);
    await t.storage.write(({ desks }) =>
      desks.putAdvisor('expat-desk', anAdvisor({ id: 'a1', retired: true }), 'staff'),
    );
    expect(await alive()).toEqual([false, false, false]);
  });

  it('stands in no log and in no table', async () => {
    await start();
    const { path, get } = await subscribed();
    await get().expect(200);
    const token = path.split('/')[2]?.replace('.ics', '') ?? '';
    expect(JSON.stringify(await t.everything())).not.toContain(token);
  });

  (existsSync(KHAL) ? it : it.skip)('is read by khal', async () => {
    await start();
    await booked(t, byAdvisor('a1'));
    const { read } = await subscribed();
    const dir = mkdtempSync(join(tmpdir(), 'khal-'));
    try {
      mkdirSync(join(dir, 'calendar'));
      writeFileSync(join(dir, 'feed.ics'), await read());
      const [locale, calendar] = [
        ['[locale]', 'local_timezone = Europe/Berlin', 'timeformat = %H:%M', 'dateformat = %Y-%m-%d'],
        ['[calendars]', '[[desk]]', `path = ${join(dir, 'calendar')}`],
      ];
      writeFileSync(
        join(dir, 'config'),
        [...calendar, ...locale, 'longdateformat = %Y-%m-%d', 'datetimeformat = %Y-%m-%d %H:%M']
          .concat(['longdatetimeformat = %Y-%m-%d %H:%M', '[sqlite]', `path = ${join(dir, 'khal.db')}`])
          .join('\n'),
      );
      const khal = (...args: string[]) =>
        execFileSync(KHAL, ['-c', join(dir, 'config'), ...args], {
          encoding: 'utf8',
          env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: dir },
        });
      khal('import', '--batch', '-a', 'desk', join(dir, 'feed.ics'));
      expect(khal('list', '2026-12-01', '1d')).toMatch(/09:00-\d\d:\d\d Belegt/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
