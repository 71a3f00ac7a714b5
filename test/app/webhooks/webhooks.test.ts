import { join } from 'node:path';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../../src/domain/webhooks/webhook';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist } from '../../support/builders';
import { operate } from '../../support/operator';
import { aReceiver, verified } from '../../support/receiver';

const DAY = 24 * HOUR;
const TEN = Date.parse('2026-12-01T10:00:00+01:00');
const REASON = { de: 'Umzug', en: 'Moving' };
const CLOSED = { from: '2026-12-08', to: '2026-12-09', closed: true, windows: [], reason: REASON };

let t: TestApp;
let receiver: Awaited<ReturnType<typeof aReceiver>>;

/** The signatures hold the time of the system's clock, or else the library would call them too old. */
async function start(options: Parameters<typeof testApp>[0] = {}) {
  t = await testApp({ calendarAllow: ['127.0.0.1'], ...options });
}

beforeEach(async () => {
  receiver = await aReceiver();
});
afterEach(async () => {
  await receiver.close();
  await t.close();
});

const who = aReceptionist('Mana Leitung', { role: 'manager' });
const add = async (events: readonly WebhookEvent[] = WEBHOOK_EVENTS, url = receiver.url) =>
  (await t.app.addWebhook({ who, deskId: 'expat-desk', url, events })).value;
const send = () => t.run('sendWebhooks');
const types = () => receiver.received.map(({ body }) => body.type);
const data = () => receiver.received.map(({ body }) => body.data);
const states = async (id: string) =>
  (await t.storage.webhooks.deliveries(id, { limit: 100 })).deliveries.map(({ state }) => state);

describe('A webhook', () => {
  it('is told of a booking, by ids, times, topic, language and mode, and of nothing that is known of the client', async () => {
    await start();
    await add();
    const booking = await booked(t, {
      details: { ...aRequest().details, note: 'Sorgen', support: ['wheelchair'], attendees: 2 },
    });
    expect(receiver.received).toEqual([]);
    expect(await send()).toEqual({ sent: 1, postponed: 0, failed: 0 });
    expect(receiver.received[0]?.body).toEqual({
      type: 'booking.made',
      timestamp: new Date(t.clock.now()).toISOString(),
      data: {
        id: booking.id,
        desk: 'expat-desk',
        status: 'confirmed',
        topic: 'residence',
        language: 'en',
        mode: 'in_person',
        start: '2026-12-01T09:00:00+01:00',
        end: '2026-12-01T09:30:00+01:00',
        advisor: 'a1',
        sequence: 0,
        version: 1,
      },
    });
    expect(JSON.stringify(await t.storage.webhooks.list('expat-desk'))).not.toMatch(/Kim|client\.example|Sorgen/);
    expect((await t.everything()).webhook_delivery).toMatchObject([{ client_json: null }]);
  });

  it('is told who the client is where the desk allows it, and no more once that is erased', async () => {
    await start({ desks: [aDesk({ clientDataInWebhooks: true })] });
    const { webhook } = await add();
    const [first, second] = [await booked(t), await booked(t, { start: TEN })];
    await t.app.eraseBooking(second.id);
    await send();
    const client = { name: 'Kim Probe', email: 'kim@client.example', phone: null, language: 'en' };
    expect(data()).toMatchObject([
      { id: first.id, client },
      { id: second.id },
      { id: second.id },
      { topic: 'residence' },
    ]);
    expect(receiver.received.slice(1).map(({ text }) => text.includes('Kim'))).toEqual([false, false, false]);
    await t.app.eraseBooking(first.id);
    expect(JSON.stringify((await t.everything()).webhook_delivery)).not.toContain('Kim');
    expect(await states(webhook.id)).toHaveLength(6);
  });

  it('is told of each step of a booking in its order, each with the version and its own webhook-id', async () => {
    await start();
    await add(['booking.made', 'booking.moved', 'booking.cancelled', 'booking.attended']);
    const { id } = await booked(t);
    const receptionist = aReceptionist();
    await t.app.moveBooking({ bookingId: id, start: TEN, who: CLIENT });
    t.clock.set('2026-12-01T09:30:00+01:00');
    for (const what of ['check-in', 'undo-check-in', 'check-in'] as const)
      await t.app.recordAttendance({ bookingId: id, what, who: receptionist });
    await t.app.cancelBooking({ bookingId: id, reason: 'ill', who: receptionist });
    await t.app.restoreBooking({ bookingId: id, who: receptionist });
    await send();
    expect(
      receiver.received.map(
        ({
          body: {
            type,
            data: { status, version },
          },
        }) => [type, status, version],
      ),
    ).toEqual([
      ['booking.made', 'confirmed', 1],
      ['booking.moved', 'confirmed', 2],
      ['booking.attended', 'checked_in', 3],
      ['booking.attended', 'confirmed', 4],
      ['booking.attended', 'checked_in', 5],
      ['booking.cancelled', 'cancelled', 6],
      ['booking.made', 'confirmed', 7],
    ]);
    expect(receiver.received[1]?.body.data).toMatchObject({
      start: '2026-12-01T10:00:00+01:00',
      from: { start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T09:30:00+01:00', advisor: 'a1' },
    });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(7);
    expect(JSON.stringify(receiver.received)).not.toContain('ill');
  });

  it('is told of starts that can be booked again, and not of those that nobody can book', async () => {
    await start({ desks: [aDesk({ advisors: [anAdvisor({ id: 'a1' })] })] });
    await add(['start.freed']);
    const cancelled = await booked(t);
    await t.app.cancelBooking({ bookingId: cancelled.id, reason: null, who: CLIENT });
    const soon = await booked(t, { start: TEN });
    t.clock.set('2026-12-01T09:50:00+01:00');
    // Clients cannot book so shortly before.
    await t.app.cancelBooking({ bookingId: soon.id, reason: null, who: CLIENT });
    await send();
    expect(data()).toEqual([
      {
        ...{ desk: 'expat-desk', topic: 'residence', language: 'en', mode: 'in_person', free: 1 },
        ...{ start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T09:30:00+01:00' },
      },
    ]);
  });

  it('is told of other hours, with the days that they are about', async () => {
    await start();
    await add(['hours.changed']);
    const added = await t.app.addException({ who, deskId: 'expat-desk', exception: CLOSED });
    await t.app.removeException({ who, deskId: 'expat-desk', id: added.value.id, ifVersion: undefined });
    await t.app.replaceOpeningRules({
      who,
      deskId: 'expat-desk',
      rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '12:00' }],
    });
    // Who is away concerns the desk alone.
    const time = { start: TEN, end: TEN + HOUR };
    await t.app.addAbsence({ who, deskId: 'expat-desk', advisorId: 'a1', time, reason: 'ill' });
    await send();
    expect(data()).toEqual([
      { desk: 'expat-desk', from: '2026-12-08', to: '2026-12-09' },
      { desk: 'expat-desk', from: '2026-12-08', to: '2026-12-09' },
      { desk: 'expat-desk', from: expect.any(String), to: expect.any(String) },
    ]);
  });

  it("is told of other hours by a desk's file, too, which a command reads", async () => {
    await start({ now: Date.now() });
    await add(['hours.changed']);
    const file = join(__dirname, '../../../data/desks/expat-desk.json');
    for (let i = 0; i < 2; i++)
      expect(await operate(t.databaseUrl, ['seed', '--apply', file])).toMatchObject({ code: 0 });
    t.clock.set(new Date().toISOString());
    await send();
    expect(data()).toEqual([{ desk: 'expat-desk', from: expect.any(String), to: expect.any(String) }]);
  });

  it('is told only what it wants, and nothing of other desks', async () => {
    await start({ desks: [aDesk(), aDesk({ id: 'wuppertal' })] });
    await add(['booking.cancelled']);
    await booked(t, { deskId: 'wuppertal' });
    const { id } = await booked(t);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: CLIENT });
    await send();
    expect(types()).toEqual(['booking.cancelled']);
  });

  it('is told nothing of a change that was refused, nor of one twice that was asked for twice', async () => {
    await start({ desks: [aDesk({ advisors: [anAdvisor({ id: 'a1' })] })] });
    const { webhook } = await add(['booking.made']);
    const idempotency = { scope: 's', key: 'k', fingerprint: 'f' };
    for (let i = 0; i < 2; i++) await t.app.bookConsultation(aRequest({ idempotency }));
    await expect(booked(t)).rejects.toThrow('slot-unavailable');
    await expect(
      t.deps.storage.write(async ({ bookings, desks }) => {
        await desks.addException('expat-desk', { ...CLOSED, id: 'x' }, 'staff');
        expect(await bookings.requested('expat-desk')).toEqual([]);
        throw new Error('not done');
      }),
    ).rejects.toThrow('not done');
    expect(await states(webhook.id)).toEqual(['waiting']);
  });
});

describe('A message', () => {
  it('is signed as the library of the Standard Webhooks verifies it, by both secrets for a day after a rotation', async () => {
    await start({ now: Date.now() });
    const { webhook, secret } = await add();
    const about = { who, deskId: 'expat-desk', id: webhook.id };
    await t.app.testWebhook(about);
    await send();
    const rotated = (await t.app.rotateWebhook(about)).value;
    await t.app.testWebhook(about);
    await send();
    const [before, both] = receiver.received;
    if (!before || !both) throw new Error('nothing came');
    expect(verified(before, secret)).toEqual(before.body);
    expect(verified(before, rotated.secret)).toBeNull();
    expect([secret, rotated.secret].map((each) => verified(both, each))).toEqual([both.body, both.body]);
    expect(verified({ ...both, text: both.text.replace('test', 'tost') }, secret)).toBeNull();

    t.clock.advance(DAY);
    await t.app.testWebhook(about);
    await send();
    expect(String(receiver.received[2]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  it('that is not taken is sent again with the same id and bytes, after growing pauses, and given up after four days', async () => {
    await start();
    const { webhook } = await add();
    receiver.answers(500);
    await booked(t);
    const began = t.clock.now();
    const at: number[] = [];
    // The first pauses are looked at to the minute, the hours after them by the quarter.
    for (let minutes = 0; minutes <= 5 * 24 * 60; ) {
      const before = receiver.received.length;
      await send();
      if (receiver.received.length > before) at.push((t.clock.now() - began) / MINUTE);
      const step = minutes < 330 ? 1 : 15;
      t.clock.advance(step * MINUTE);
      minutes += step;
    }
    expect(at.slice(0, 6)).toEqual([0, 1, 6, 21, 81, 321]);
    expect(at.at(-1)).toBeGreaterThanOrEqual(4 * 24 * 60);
    expect(await states(webhook.id)).toEqual(['failed']);
    expect(new Set(receiver.received.map(({ headers, text }) => `${headers['webhook-id']} ${text}`)).size).toBe(1);
    expect(await t.storage.webhooks.list('expat-desk')).toMatchObject([{ last: { state: 'failed', status: 500 } }]);

    receiver.answers(200);
    const [delivery] = (await t.storage.webhooks.deliveries(webhook.id, { limit: 1 })).deliveries;
    await t.app.sendAgain({ who, deliveryId: delivery?.id ?? '' });
    expect(await send()).toEqual({ sent: 1, postponed: 0, failed: 0 });
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(delivery?.id);
  });

  it('that is not taken holds back later ones about its booking, and no others', async () => {
    await start();
    await add();
    receiver.answers(400);
    const { id } = await booked(t);
    await send();
    receiver.answers(200);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: CLIENT });
    await booked(t, { start: TEN });
    await send();
    expect(types()).toEqual(['booking.made', 'start.freed', 'booking.made']);
    t.clock.advance(MINUTE);
    await send();
    expect(types().slice(3)).toEqual(['booking.made', 'booking.cancelled']);
  });

  it('to a receiver that is away waits with all others to it, which cost no attempt of their own, and delays no other receiver', async () => {
    await start();
    const other = await aReceiver();
    await add();
    const { webhook } = await add(WEBHOOK_EVENTS, other.url);
    await receiver.goAway();
    for (const start of [undefined, TEN]) await booked(t, start ? { start } : {});
    expect(await send()).toEqual({ sent: 2, postponed: 1, failed: 0 });
    expect(other.received).toHaveLength(2);
    await other.close();
    expect(await states(webhook.id)).toEqual(['sent', 'sent']);
    await receiver.comeBack();
    expect(await send()).toEqual({ sent: 0, postponed: 0, failed: 0 });
    t.clock.advance(MINUTE);
    expect(await send()).toEqual({ sent: 2, postponed: 0, failed: 0 });
    expect((await t.storage.webhooks.list('expat-desk'))[0]?.last).toMatchObject({ attempts: 1, state: 'sent' });
  });

  it('goes to no other address than that which was entered: a redirect is not followed', async () => {
    await start();
    const other = await aReceiver();
    await add();
    receiver.answers((res) => void res.writeHead(307, { Location: other.url }).end());
    await booked(t);
    expect(await send()).toEqual({ sent: 0, postponed: 1, failed: 0 });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('is there after a crash between the change and its sending, and once more after one between sending and noting it', async () => {
    await start();
    await add();
    await booked(t);
    // The process that was to send it has taken it, sent it perhaps, and ended.
    const taken = await t.storage.atomically(({ webhooks }) => webhooks.claim(t.clock.now(), MINUTE / 2));
    expect(await send()).toEqual({ sent: 0, postponed: 0, failed: 0 });
    t.clock.advance(MINUTE / 2);
    await send();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([taken?.id]);
  });

  it('waits while the outbox is paused, as after a restore', async () => {
    await start();
    await add();
    await booked(t);
    await t.storage.write(({ outbox }) => outbox.pause('restored', t.clock.now()));
    await send();
    expect(receiver.received).toEqual([]);
    await t.storage.write(({ outbox }) => outbox.resume());
    await send();
    expect(types()).toEqual(['booking.made']);
  });

  it('is purged with the mails of its desk, once it was sent', async () => {
    await start();
    const { webhook } = await add(['booking.made']);
    await booked(t);
    await send();
    await booked(t, { start: TEN });
    t.clock.advance(14 * DAY);
    await t.run('purge');
    expect(await states(webhook.id)).toEqual(['waiting']);
  });
});

describe('A secret', () => {
  it('lies nowhere in clear, not even where the answer to a repeated request is kept', async () => {
    await start();
    const request = { who, deskId: 'expat-desk', url: receiver.url, events: ['booking.made'] as const };
    const idempotency = { scope: 's', key: 'k', fingerprint: 'f' };
    const first = await t.app.addWebhook({ ...request, idempotency });
    const again = await t.app.addWebhook({ ...request, idempotency });
    expect([again.replayed, again.value.secret]).toEqual([true, first.value.secret]);
    expect(JSON.stringify(await t.everything())).not.toContain(first.value.secret.slice('whsec_'.length));
    expect(Buffer.from(first.value.secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });
});
