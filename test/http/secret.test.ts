import { simpleParser } from 'mailparser';
import request from 'supertest';
import { rotateSecret } from '../../src/app/secret/rotateSecret';
import { DAY } from '../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { CLIENT } from '../../src/domain/staff/caller';
import { FOREIGN_SECRET, settleSecret } from '../../src/settleSecret';
import { type TestApp, testApp } from '../support/app';
import { aRequest, booked } from '../support/bookings';
import { aReceptionist, TUESDAY_NINE } from '../support/builders';
import { aCalendar, aCalendarServer } from '../support/calendarServer';
import { aReceiver, verified } from '../support/receiver';
import { aBrowser, addStaff, PASSWORD } from '../support/staff';

const OLD = 'the secret before, at least 32 letters long';
const NEW = 'the secret from now on, at least 32 letters long';

const open: TestApp[] = [];
const anApp = async (options: Parameters<typeof testApp>[0] = {}) => {
  const app = await testApp(options);
  open.push(app);
  return app;
};
afterEach(async () => {
  // The last one opened may use the database of the first.
  for (const app of open.splice(0).reverse()) await app.close();
});

/** Another process on the database of the first, with another environment. */
const beside = (app: TestApp, secret: string, secretPrevious: string | null = null) =>
  anApp({ databaseUrl: app.databaseUrl, desks: [], secret, secretPrevious });
const rotate = ({ deps }: TestApp) => rotateSecret({ ...deps, pause: async () => {} })();
/** The link that a mail about the booking would have now. */
async function mailedLink(app: TestApp, { id, deskId, reference }: { id: string; deskId: string; reference: string }) {
  await app.app.sendManageLink({ deskId, reference, email: 'kim@client.example', who: CLIENT });
  await app.run('sendOutbox');
  const rows = (await app.everything()).outbox as { booking_id: string; kind: string; content: string | null }[];
  const mail = rows.findLast(({ booking_id, kind }) => booking_id === id && kind === 'link');
  const link = /\/b\/([\w-]{43})/.exec((await simpleParser(mail?.content ?? '')).text ?? '')?.[1];
  if (!link) throw new Error('no link in the mail');
  return link;
}
const statusOf = async ({ http }: TestApp, token: string) => {
  const [page, api] = [
    await request(http).get(`/b/${token}`),
    await request(http).get(`/api/v1/bookings/${token}`).set('X-Forwarded-For', '192.0.2.1'),
  ];
  expect(api.status).toBe(page.status);
  return page.status;
};

describe('A new SECRET', () => {
  it('beside SECRET_PREVIOUS lets links of old mails and newly mailed ones work, in every process', async () => {
    const before = await anApp({ secret: OLD });
    expect(await settleSecret(before.deps)).toBeNull();
    const booking = await booked(before);
    const old = before.deps.tokens.tokenFor(booking.id);

    const now = await beside(before, NEW, OLD);
    expect(await settleSecret(now.deps)).toBeNull();
    const mailed = await mailedLink(now, booking);
    expect(mailed).not.toBe(old);
    expect([await statusOf(now, old), await statusOf(now, mailed)]).toEqual([200, 200]);
    await request(now.http).post(`/api/v1/bookings/${old}/cancel`).send({}).expect(200);

    // A process that still runs with the old one: its links open there and here, and what it books meanwhile opens after the next start.
    expect(await statusOf(before, old)).toBe(200);
    const meanwhile = await booked(before);
    const oldToo = before.deps.tokens.tokenFor(meanwhile.id);
    expect(await statusOf(now, oldToo)).toBe(200);
    await settleSecret(now.deps);
    expect([await statusOf(now, oldToo), await statusOf(now, await mailedLink(now, meanwhile))]).toEqual([200, 200]);
  });

  it('alone, after a rotation, ends the links of old mails, and newly mailed ones work', async () => {
    const before = await anApp({ secret: OLD });
    await settleSecret(before.deps);
    const booking = await booked(before);
    const old = before.deps.tokens.tokenFor(booking.id);

    const now = await beside(before, NEW);
    expect(await rotate(now)).toEqual({ bookings: 1, renewed: 1 });
    expect(await rotate(now)).toEqual({ bookings: 1, renewed: 0 });
    expect(await settleSecret(now.deps)).toBeNull();
    expect([await statusOf(now, old), await statusOf(now, await mailedLink(now, booking))]).toEqual([404, 200]);
    await request(now.http).post(`/api/v1/bookings/${old}/cancel`).send({}).expect(404);
    expect((await now.storage.bookings.find(booking.id))?.status).toBe('confirmed');
    // Named again, it counts again; and with the third secret, the first is dead.
    const named = await beside(before, NEW, OLD);
    await settleSecret(named.deps);
    expect(await statusOf(named, old)).toBe(200);
    const third = await beside(before, `${NEW}, too`, NEW);
    await settleSecret(third.deps);
    expect([await statusOf(third, old), await statusOf(third, now.deps.tokens.tokenFor(booking.id))]).toEqual([
      404, 200,
    ]);
  });

  it('alone, without a rotation, is reported at the start, and ends the old links, as is documented', async () => {
    const before = await anApp({ secret: OLD });
    await settleSecret(before.deps);
    const old = before.deps.tokens.tokenFor((await booked(before)).id);
    const now = await beside(before, NEW);
    expect(await settleSecret(now.deps)).toBe(FOREIGN_SECRET);
    expect(FOREIGN_SECRET).not.toContain('\n');
    expect(await statusOf(now, old)).toBe(404);
    // Nothing was lost: with the secret as it was, all is as before.
    const again = await beside(before, OLD);
    expect(await settleSecret(again.deps)).toBeNull();
    expect(await statusOf(again, old)).toBe(200);
  });

  it('is noticed also in a database from before the check value, by its newest booking', async () => {
    const before = await anApp({ secret: OLD });
    const { id } = await booked(before);
    expect(await before.storage.linkKeys.check()).toBeUndefined();
    expect(await settleSecret((await beside(before, NEW)).deps)).toBe(FOREIGN_SECRET);
    expect(await before.storage.linkKeys.check()).toBeUndefined();
    const named = await beside(before, NEW, OLD);
    expect(await settleSecret(named.deps)).toBeNull();
    expect(await statusOf(named, before.deps.tokens.tokenFor(id))).toBe(200);
    expect(await before.storage.linkKeys.check()).toBe(named.deps.tokens.check);
  });

  it('lets webhooks sign as before, once it was rotated; without a rotation their messages wait, and say why', async () => {
    const receiver = await aReceiver();
    const allowed = { calendarAllow: ['127.0.0.1'], now: Date.now() };
    const before = await anApp({ ...allowed, secret: OLD });
    await settleSecret(before.deps);
    const who = aReceptionist('Mana Leitung', { role: 'manager' });
    const wanted = { who, deskId: 'expat-desk', url: receiver.url, events: ['booking.made'] as const };
    const { webhook, secret } = (await before.app.addWebhook(wanted)).value;
    const about = { who, deskId: 'expat-desk', id: webhook.id };
    const former = (await before.app.rotateWebhook(about)).value.secret;
    const others = { ...allowed, databaseUrl: before.databaseUrl, desks: [] };

    const alone = await anApp({ ...others, secret: NEW });
    await alone.app.testWebhook(about);
    await alone.run('sendWebhooks');
    expect(await alone.storage.webhooks.list('expat-desk')).toMatchObject([{ last: { notReached: 'secret' } }]);
    await settleSecret((await anApp({ ...others, secret: NEW, secretPrevious: OLD })).deps);
    alone.clock.advance(MINUTE);
    await alone.run('sendWebhooks');
    const [message] = receiver.received;
    if (!message) throw new Error('nothing came');
    expect([secret, former].map((each) => verified(message, each))).toEqual([message.body, message.body]);
    await receiver.close();
  });

  it('still opens the addresses of calendars once it was rotated, and says so where it cannot', async () => {
    const server = await aCalendarServer();
    server.gives(aCalendar('20261201T080000Z/PT1H'));
    const allowed = { calendarAllow: ['127.0.0.1'] };
    const before = await anApp({ ...allowed, secret: OLD });
    await settleSecret(before.deps);
    const about = { who: aReceptionist('Mana Leitung', { role: 'manager' }), deskId: 'expat-desk', advisorId: 'a1' };
    await before.app.setBusyCalendar({ ...about, url: server.url });
    const readBy = async (part: Parameters<typeof anApp>[0]) => {
      const app = await anApp({ ...allowed, databaseUrl: before.databaseUrl, desks: [], ...part });
      if (part?.secretPrevious) await settleSecret(app.deps);
      app.clock.advance(HOUR);
      await app.run('readBusyCalendars');
      return (await app.storage.busyCalendars.find('expat-desk', 'a1'))?.problem;
    };
    expect(await readBy({ secret: NEW })).toBe('secret');
    await before.storage.write(async ({ busyCalendars }) => {
      for (const each of await busyCalendars.all()) await busyCalendars.put({ ...each, triedAt: 0 });
    });
    expect(await readBy({ secret: NEW, secretPrevious: OLD })).toBeNull();
    expect(await readBy({ secret: NEW, now: '2026-12-01T12:00:00+01:00' })).toBeNull();
    await server.close();
  });

  it('signs nobody out, ends no token, and stands nowhere in the database', async () => {
    const before = await anApp({ secret: OLD });
    const { email } = await addStaff(before);
    const answer = await aBrowser(before).post('/staff/sign-in', { email, password: PASSWORD }).expect(303);
    const session = String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    const now = await beside(before, NEW, OLD);
    await settleSecret(now.deps);
    await request(now.http).get('/staff/expat-desk/day').set('Cookie', session).expect(200);
    const kept = JSON.stringify(await now.everything());
    for (const secret of [OLD, NEW]) expect(kept).not.toContain(secret);
  });

  it('goes on where a rotation was interrupted, over thousands of bookings', async () => {
    const app = await anApp({ secret: NEW });
    const day = { deskId: 'expat-desk', start: 0, end: Number.MAX_SAFE_INTEGER };
    for (const start of [9, 10, 11])
      await app.app.bookConsultation(aRequest({ start: TUESDAY_NINE.start + (start - 9) * 3_600_000 }));
    const ids = (await app.storage.bookings.within(day.deskId, day)).map(({ id }) => id).sort();
    await app.storage.atomically(({ linkKeys }) =>
      linkKeys.replace(
        ids.slice(1).map((bookingId) => ({ bookingId, tokenHash: `of ${bookingId}`, previousHash: null })),
      ),
    );
    expect(await rotate(app)).toEqual({ bookings: 3, renewed: 2 });
    const batches = [await app.storage.linkKeys.batch('', 2), await app.storage.linkKeys.batch(ids[1] ?? '', 2)];
    expect(batches.flat().map(({ bookingId, tokenHash }) => [bookingId, tokenHash])).toEqual(
      ids.map((id) => [id, app.deps.tokens.hash(app.deps.tokens.tokenFor(id))]),
    );
    expect(batches.flat().map(({ previousHash }) => previousHash)).toEqual([
      null,
      ...ids.slice(1).map((id) => `of ${id}`),
    ]);
  });
});

describe('A manage link', () => {
  it('ends a day after the appointment, as if nobody had ever had it', async () => {
    const app = await anApp();
    const booking = await booked(app);
    const token = app.deps.tokens.tokenFor(booking.id);
    app.clock.advance(booking.time.end + DAY - 1 - app.clock.now());
    expect(await statusOf(app, token)).toBe(200);
    expect(await mailedLink(app, booking)).toBe(token);
    const mails = (await app.outbox(booking.id)).length;

    app.clock.advance(1);
    expect(await statusOf(app, token)).toBe(404);
    await request(app.http).get(`/b/${token}/calendar.ics`).expect(404);
    await request(app.http).post(`/api/v1/bookings/${token}/cancel`).send({}).expect(404);
    const [ended, unknown] = [await request(app.http).get(`/b/${token}`), await request(app.http).get('/b/unknown')];
    const neutral = ({ text }: request.Response) => text.replaceAll(/\/b\/[\w-]+/g, '').replaceAll(/[\da-f-]{36}/g, '');
    expect(neutral(ended)).toBe(neutral(unknown));
    // And nobody is mailed one that opens nothing.
    await app.app.sendManageLink({
      deskId: 'expat-desk',
      reference: booking.reference,
      email: 'kim@client.example',
      who: CLIENT,
    });
    expect(await app.outbox(booking.id)).toHaveLength(mails);
  });
});
