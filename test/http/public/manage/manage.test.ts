import request from 'supertest';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aClient, aReceptionist } from '../../../support/builders';
import { type Browsing, browse, textOf } from '../browser';

const WEDNESDAY_TEN = '2026-12-02T10:00:00+01:00';

let t: TestApp;
let client: Browsing;
let link: string;
let id: string;
beforeEach(async () => {
  t = await testApp();
  client = browse(t);
  ({ id } = await booked(t));
  link = `/b/${t.deps.tokens.tokenFor(id)}`;
});
afterEach(() => t.close());

const booking = () => t.storage.bookings.find(id);

describe('The manage link', () => {
  it('shows the booking in the client’s language, and in another if asked', async () => {
    const page = await client.get(link).set('Accept-Language', 'de').expect(200);
    expect(textOf(page)).toContain('Tuesday, 1 December 2026, 09:00–09:30');
    expect(page.text).toContain('<html lang="en"');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await client.get(`${link}?lang=de`)).text).toContain('<html lang="de"');
  });

  it('changes nothing by being looked at, twenty times and by HEAD too', async () => {
    const before = await t.everything();
    for (const page of ['', '/move', '/cancel', '/calendar.ics', '?lang=de'])
      for (let i = 0; i < 4; i++) {
        await request(t.http).get(`${link}${page}`).expect(200);
        await request(t.http).head(`${link}${page}`).expect(200);
      }
    expect(await t.everything()).toEqual(before);
  });

  it('leads to the same neutral page for a token that is unknown, cut off, changed in case or for something else', async () => {
    for (const token of [
      'x',
      link.slice(3, -1),
      link.slice(3).toUpperCase(),
      id,
      'a'.repeat(5000),
      '%00',
      '..%2f..%2fetc',
    ])
      for (const page of ['', '/move', '/cancel', '/restore', '/calendar.ics'])
        await client.get(`/b/${token}${page}`).expect(404);
    for (const deed of ['cancel', 'restore', 'move']) await client.post(`/b/unknown/${deed}`).expect(404);
  });

  it('downloads the calendar file', async () => {
    const file = await client.get(`${link}/calendar.ics`).expect(200);
    expect(file.headers['content-type']).toMatch(/^text\/calendar/);
    expect(file.text).toContain(`UID:${(await booking())?.uid}`);
  });

  it('moves the booking: first a day, then a time', async () => {
    expect((await client.get(`${link}/move`).expect(200)).text).toContain(`${link}/move?date&#x3D;2026-12-02`);
    const times = await client.get(`${link}/move?date=2026-12-02`).expect(200);
    expect(times.text).toContain(`value="${WEDNESDAY_TEN}"`);
    await client
      .post(`${link}/move`, { date: '2026-12-02', start: WEDNESDAY_TEN })
      .expect(303)
      .expect('Location', `${link}?moved=1`);
    expect(await booking()).toMatchObject({ time: { start: Date.parse(WEDNESDAY_TEN) }, sequence: 1 });
  });

  it('asks again without a time, and keeps the day', async () => {
    const answer = await client.post(`${link}/move`, { date: '2026-12-02' }).expect(200);
    expect(textOf(answer)).toContain('Please choose a time');
    expect(answer.text).toContain(`value="${WEDNESDAY_TEN}"`);
  });

  it('leaves the booking where it was if the new time has just gone, and offers the nearest', async () => {
    for (let i = 0; i < 2; i++) await booked(t, { start: Date.parse(WEDNESDAY_TEN) });
    const before = await booking();
    const answer = await client.post(`${link}/move`, { date: '2026-12-02', start: WEDNESDAY_TEN }).expect(200);
    expect(textOf(answer)).toContain('Your booking still stands as it was');
    expect(answer.text).toContain('value="2026-12-02T10:30:00+01:00"');
    expect(await booking()).toEqual(before);
  });

  it('cancels after a question; a second press changes nothing', async () => {
    await client.get(`${link}/cancel`).expect(200);
    for (let i = 0; i < 2; i++)
      await client
        .post(`${link}/cancel`, { why: 'other', reason: 'Found help elsewhere' })
        .expect(303)
        .expect('Location', `${link}?cancelled=1`);
    expect(await booking()).toMatchObject({ status: 'cancelled', sequence: 1 });
    expect((await t.storage.bookings.history(id)).map(({ type, reason }) => [type, reason])).toEqual([
      ['booked', null],
      ['cancelled', 'Found help elsewhere'],
    ]);
    const page = await client.get(link).expect(200);
    expect(page.text).not.toContain(`${link}/move`);
    await client.get(`${link}/cancel`).expect(303);
  });

  it.each([
    ['nothing', {}],
    ['only words', { reason: 'Zug fällt aus' }],
    ['an answer that there is none of', { why: 'x', reason: 'Zug fällt aus' }],
    ['two answers', { why: ['ill', 'none'] as unknown as string, reason: 'Zug fällt aus' }],
  ])('does not cancel by %s: mail scanners press buttons, too', async (_, fields: Record<string, string>) => {
    const before = await t.everything();
    const answer = await client.post(`${link}/cancel`, fields).expect(200);
    expect(textOf(answer)).toContain('Please choose an answer');
    expect(answer.text).not.toMatch(/name="why"[^>]* checked/);
    if (fields.reason) expect(answer.text).toContain(`value="${fields.reason}"`);
    expect(await t.everything()).toEqual(before);
  });

  it.each([
    [{ why: 'none' }, null],
    [{ why: 'none', reason: 'Sorry' }, 'Sorry'],
    [{ why: 'ill' }, 'Ich bin krank oder verhindert'],
    [{ why: 'time', reason: 'Work' }, 'Die Zeit passt mir nicht: Work'],
  ])('tells staff why: %j', async (fields, reason) => {
    await client.post(`${link}/cancel`, fields).expect(303);
    expect((await t.storage.bookings.history(id)).at(-1)?.reason).toBe(reason);
  });

  it('takes an appointment back by one press behind a reminder, and undoes that by one more', async () => {
    const before = await t.everything();
    const asked = await client.get(`${link}/cannot-come`).expect(200);
    expect(textOf(asked)).toMatch(/Can you not come\?.*09:00–09:30.*somebody else gets the place/);
    expect(await t.everything()).toEqual(before);
    await client.post(`${link}/cannot-come`, {}).expect(303).expect('Location', `${link}?cancelled=1`);
    expect(await booking()).toMatchObject({ status: 'cancelled' });
    await client.get(`${link}/cannot-come`).expect(303).expect('Location', link);
    const after = await client.get(`${link}?cancelled=1`).expect(200);
    expect(after.text).toMatch(/name="again" value="true".*id="undo"/s);
    await client.post(`${link}/restore`, { again: 'true' }).expect(303).expect('Location', `${link}?restored=1`);
    expect(await booking()).toMatchObject({ status: 'confirmed' });
  });

  it('sets and takes back when the calendar reminds, in the file, and mails nobody', async () => {
    const file = async () => (await client.get(`${link}/calendar.ics`).expect(200)).text;
    const mails = (await t.outbox(id)).length;
    expect(await file()).not.toContain('VALARM');
    await client.post(`${link}/alarm`, { minutes: '61' }).expect(303).expect('Location', link);
    await client.post(`${link}/alarm`, { minutes: '60' }).expect(303).expect('Location', `${link}?alarm=1`);
    expect(await file()).toContain('TRIGGER:-PT1H');
    expect(textOf(await client.get(`${link}?alarm=1`))).toContain('add it to your calendar once more');
    await client.post(`${link}/alarm`, { minutes: '0' }).expect(303).expect('Location', `${link}?noAlarm=1`);
    expect(await file()).not.toContain('VALARM');
    expect(await booking()).toMatchObject({ alarmMinutes: null, sequence: 0 });
    expect(await t.outbox(id)).toHaveLength(mails);
  });

  it('says from when on a client can say that they are late, if they ask too early', async () => {
    await client.get(`${link}/late`).expect(303).expect('Location', `${link}?lateFrom=1`);
    expect(textOf(await client.get(`${link}?lateFrom=1`))).toContain('From 07:00 on you can say here');
    t.clock.set('2026-12-01T08:50:00+01:00');
    await client.get(`${link}/late`).expect(303).expect('Location', `${link}#late`);
  });

  it('tells reception that the client comes later, on the way only, and takes it back', async () => {
    const says = (minutes: string) => client.post(`${link}/late`, { minutes }).expect(303);
    await says('10').expect('Location', `${link}?unchanged=1`);
    t.clock.set('2026-12-01T08:50:00+01:00');
    expect(textOf(await client.get(link))).toContain('Are you running late?');
    await says('7').expect('Location', link);
    expect(await booking()).toMatchObject({ lateMinutes: null });
    await says('10').expect('Location', `${link}?late=1`);
    expect(await booking()).toMatchObject({ lateMinutes: 10, sequence: 0 });
    expect(textOf(await client.get(`${link}?late=1`))).toContain('Reception knows that you come later');
    await says('0').expect('Location', `${link}?onTime=1`);
    expect(await booking()).toMatchObject({ lateMinutes: null });
    expect((await t.storage.bookings.history(id)).map(({ type, reason }) => [type, reason])).toEqual([
      ['booked', null],
      ['late', '+10'],
      ['late', '+0'],
    ]);
  });

  it('certifies in German and in their language that somebody was here, and nobody else', async () => {
    await client.get(`${link}/certificate`).expect(303).expect('Location', link);
    t.clock.set('2026-12-01T09:05:00+01:00');
    for (const what of ['check-in', 'complete'] as const)
      await t.app.recordAttendance({ bookingId: id, what, who: aReceptionist() });
    const page = textOf(await client.get(`${link}/certificate`).expect(200));
    expect(page).toMatch(/Kim Probe war am Dienstag, 1. Dezember 2026, 09:00–09:30.*persönlich/);
    expect(page).toContain(
      'Kim Probe came to a consultation at Expat Service Desk in person on Tuesday, 1 December 2026',
    );
    expect(page).toContain('Ausgestellt am Dienstag, 1. Dezember 2026');
  });

  it('restores the booking by one press where it was just cancelled', async () => {
    await client.post(`${link}/cancel`, { why: 'none' }).expect(303);
    const page = await client.get(`${link}?cancelled=1`).expect(200);
    expect(textOf(page)).toContain('Cancelled by mistake? Until 10:30 you can take that back');
    const [, name = '', value = ''] = /type="hidden" name="(\w+)" value="(\w+)"/.exec(page.text) ?? [];
    await client
      .post(`${link}/restore`, { [name]: value })
      .expect(303)
      .expect('Location', `${link}?restored=1`);
    expect(await booking()).toMatchObject({ status: 'confirmed', sequence: 2 });
    expect(textOf(await client.get(`${link}?restored=1`))).toContain('Your consultation takes place');
    await client
      .post(`${link}/restore`, { [name]: value })
      .expect(303)
      .expect('Location', `${link}?restored=1`);
    expect(await booking()).toMatchObject({ sequence: 2 });
  });

  it('restores the booking from the link of a mail only for who ticks that they mean it', async () => {
    await client.get(`${link}/restore`).expect(303).expect('Location', link);
    await client.post(`${link}/cancel`, { why: 'none' }).expect(303);
    const page = await client.get(link).expect(200);
    expect(page.text).toContain(`href="${link}/restore"`);
    expect(page.text).not.toContain('name="again"');
    expect((await client.get(`${link}/restore`).expect(200)).text).not.toMatch(/name="again"[^>]* checked/);
    const before = await t.everything();
    expect(textOf(await client.post(`${link}/restore`).expect(200))).toContain('Please confirm');
    expect(await t.everything()).toEqual(before);
    await client.post(`${link}/restore`, { again: 'true' }).expect(303);
    expect((await booking())?.status).toBe('confirmed');
  });

  it('leaves the booking cancelled when its time is taken, and leads to what is near', async () => {
    await client.post(`${link}/cancel`, { why: 'none' }).expect(303);
    for (let i = 0; i < 2; i++) await booked(t);
    const answer = await client.post(`${link}/restore`, { again: 'true' }).expect(200);
    expect(textOf(answer)).toContain('Your consultation stays cancelled');
    expect(textOf(answer)).toContain('Tuesday, 1 December 2026, 09:30–10:00');
    expect(answer.text).toContain('/en/expat-desk/book/time?language&#x3D;en&amp;topic&#x3D;residence');
    expect((await booking())?.status).toBe('cancelled');
  });

  it('restores no booking after half an hour, and none that the desk cancelled', async () => {
    await client.post(`${link}/cancel`, { why: 'none' }).expect(303);
    t.clock.advance(30 * 60_000);
    expect((await client.get(link).expect(200)).text).not.toContain(`${link}/restore`);
    await client.post(`${link}/restore`, { again: 'true' }).expect(303).expect('Location', `${link}?unchanged=1`);
    const other = await booked(t);
    await t.app.cancelBooking({ bookingId: other.id, reason: null, who: aReceptionist('R') });
    const its = `/b/${t.deps.tokens.tokenFor(other.id)}`;
    expect((await client.get(its).expect(200)).text).not.toContain('/restore');
  });

  it.each([
    ['too long', 'x'.repeat(501)],
    ['with a control character', 'a\u0000b'],
  ])('does not cancel with a reason that is %s, but asks again and keeps it', async (_what, reason) => {
    const answer = await client.post(`${link}/cancel`, { why: 'ill', reason }).expect(200);
    expect(answer.text).toMatch(/value="ill" checked/);
    expect(answer.text).toMatch(/id="reason"[^>]* aria-invalid="true"/);
    expect(answer.text).toContain(`value="${reason}"`);
    expect(answer.text).toMatch(/id="reason"[^>]* maxlength="500"/);
    expect(await booking()).toMatchObject({ status: 'confirmed', sequence: 0 });
  });

  it('offers no change once the consultation has begun, and says so if one is tried', async () => {
    t.clock.set('2026-12-01T09:00:00+01:00');
    expect((await client.get(link).expect(200)).text).not.toContain(`${link}/cancel`);
    await client.post(`${link}/cancel`, { why: 'none' }).expect(303).expect('Location', `${link}?unchanged=1`);
    expect((await booking())?.status).toBe('confirmed');
  });
});

describe('A lost mail', () => {
  const find = '/en/expat-desk/find-booking';

  it('is sent again to its owner; the page says the same to everybody', async () => {
    const { reference, client: owner } = (await booking()) ?? { reference: '', client: aClient() };
    for (const [typed, email] of [
      [reference.toLowerCase().replace('-', ''), owner.email ?? ''],
      ['AAAA-AAAA', 'stranger@client.example'],
    ] as const)
      await client.post(find, { reference: typed, email }).expect(303).expect('Location', `${find}?sent=1`);
    expect(textOf(await client.get(`${find}?sent=1`))).toContain('If there is a booking with this address');
    const kinds = (await t.outbox(id)).map(({ kind, recipient }) => `${kind} ${recipient}`);
    expect(kinds).toEqual(['booked client', 'booked staff', 'link client']);
  });

  it('is found by the address alone: one mail with the links of all bookings ahead', async () => {
    const owner = (await booking())?.client.email ?? '';
    const other = await booked(t, { start: Date.parse('2026-12-02T10:00:00+01:00') });
    for (const email of [owner.toUpperCase(), 'stranger@client.example'])
      await client.post(find, { reference: '', email }).expect(303).expect('Location', `${find}?sent=1`);
    const links = [...(await t.outbox(id)), ...(await t.outbox(other.id))].filter(({ kind }) => kind === 'link');
    expect(links).toHaveLength(1);
    const tokens = [id, other.id].map((each) => t.deps.tokens.tokenFor(each));
    await t.run('sendOutbox');
    const mails = (await t.mailbox.list()).filter(({ text }) => tokens.every((token) => text.includes(token)));
    expect(mails).toHaveLength(1);
  });

  it('is asked for with what can be a reference and an address, and the form keeps what was typed', async () => {
    const answer = await client.post(find, { reference: 'hello', email: 'nobody' }).expect(200);
    expect(answer.text).toContain('value="hello"');
    expect(answer.text).toContain('value="nobody"');
  });
});

describe('The page to change what was told', () => {
  it('shows what was told, saves what is typed, and says so', async () => {
    const form = await client.get(`${link}/change`).expect(200);
    expect(form.text).toContain('value="kim@client.example"');
    expect(form.text).toMatch(/value="in_person" checked/);
    const typed = { email: 'kim@client.example', attendees: '3', note: 'By tram', mode: 'in_person', version: '1' };
    const { headers } = await client.post(`${link}/change`, { ...typed, 'support-child': 'true' }).expect(303);
    expect(textOf(await client.get(String(headers.location)))).toContain('Your details are changed.');
    expect(await booking()).toMatchObject({ attendees: 3, note: 'By tram', support: ['child'], version: 2 });
  });

  it('says what is wrong, keeps what was typed, and asks for a number before it becomes a call', async () => {
    const typed = { email: 'kim@@client', attendees: '1', note: 'A word', mode: 'phone', version: '1' };
    const refused = await client.post(`${link}/change`, typed).expect(200);
    expect(textOf(refused)).toMatch(/exactly one email address.*Please enter your phone number/);
    for (const kept of ['value="kim@@client"', 'A word']) expect(refused.text).toContain(kept);
    const stale = await client.post(`${link}/change`, {
      ...typed,
      email: 'kim@client.example',
      mode: '',
      version: '7',
    });
    expect(textOf(stale)).toContain('has changed meanwhile');
    expect(await booking()).toMatchObject({ version: 1 });
  });
});

describe('The page of one’s data', () => {
  it('gives them as a file and erases them after a tick, with the booking', async () => {
    const page = await client.get(`${link}/data`).expect(200);
    expect(page.text).toMatch(/href="\/api\/v1\/bookings\/[\w-]+\/data" download="[\w-]+\.json"/);
    expect(textOf(page)).toContain('Your booking is cancelled by this.');
    const unticked = await client.post(`${link}/data`).expect(200);
    expect(textOf(unticked)).toContain('Please confirm');
    expect(await booking()).toMatchObject({ status: 'confirmed' });
    const { headers } = await client.post(`${link}/data`, { erase: 'true' }).expect(303);
    expect(textOf(await client.get(String(headers.location)).expect(200))).toContain('Your data are erased');
    await client.get(link).expect(404);
    expect(await booking()).toMatchObject({ status: 'cancelled', client: { email: null } });
  });
});
