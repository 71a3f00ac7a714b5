import { nextAttempt } from '../../src/app/notifications/sendOutbox';
import type { Mailer } from '../../src/app/ports/mailer';
import { MailRefused } from '../../src/app/ports/mailer';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import type { Message } from '../../src/domain/notifications/message';
import { rawMessage } from '../../src/mail/mime';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { NOW, TUESDAY_NINE } from '../support/builders';

const WEDNESDAY_TEN = Date.parse('2026-12-02T10:00:00+01:00');
const client = { kind: 'client' } as const;
const staff = { kind: 'staff', name: 'Empfang' } as const;

/** A mail server whose mood a test sets; what it took, in order. */
function moodyMailer() {
  const taken: Message[] = [];
  let mood: (message: Message) => MailRefused | null = () => null;
  const mailer: Mailer = {
    async send(message) {
      const refused = mood(message);
      if (refused) throw refused;
      taken.push(message);
    },
    close() {},
  };
  return { mailer, taken, be: (next: typeof mood) => (mood = next) };
}

let t: TestApp;
let peer: ReturnType<typeof moodyMailer>;
beforeEach(async () => {
  peer = moodyMailer();
  t = await testApp({ mailer: peer.mailer });
});
afterEach(() => t.close());

const toClient = () => peer.taken.filter(({ recipient }) => recipient === 'client');
const sequences = () =>
  toClient().map(({ calendar }) => /SEQUENCE:(\d+)/.exec(calendar?.content ?? '')?.[1] ?? 'plain');

describe('The outbox', () => {
  it('sends one mail to the client and one copy to the advisor, once', async () => {
    await booked(t);
    await t.run('sendOutbox');
    await t.run('sendOutbox');
    expect(peer.taken.map(({ recipient }) => recipient).sort()).toEqual(['client', 'staff']);
  });

  it('has no mail of a booking that did not happen', async () => {
    await booked(t);
    await booked(t);
    await expect(booked(t)).rejects.toBeDefined();
    await t.run('sendOutbox');
    expect(toClient()).toHaveLength(2);
  });

  it('starts at SEQUENCE 0 and rises by one with each change; a second attempt changes nothing (assertion 8)', async () => {
    const booking = await booked(t);
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, by: client });
    peer.be(() => new MailRefused(false, 451));
    await t.run('sendOutbox');
    peer.be(() => null);
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, by: client });
    await t.run('sendOutbox');
    expect(sequences()).toEqual(['0', '1', '2']);
    expect(new Set(toClient().map(({ calendar }) => /^UID:(.*)\r$/m.exec(calendar?.content ?? '')?.[1])).size).toBe(1);
  });

  it('raises SEQUENCE strictly over 20 changes by two receptionists at once (assertion 10)', async () => {
    const booking = await booked(t);
    const changes = Array.from({ length: 20 }, (_, i) =>
      t.app.moveBooking({
        bookingId: booking.id,
        start: WEDNESDAY_TEN + (i % 12) * 30 * MINUTE,
        by: { kind: 'staff', name: `R${i % 2}` },
      }),
    );
    await Promise.all(changes);
    await t.run('sendOutbox');
    expect(sequences()).toEqual(Array.from({ length: 21 }, (_, i) => String(i)));
    expect((await t.storage.bookings.find(booking.id))?.sequence).toBe(20);
  });

  it('repeats a message byte for byte', async () => {
    await booked(t);
    const seen: Buffer[] = [];
    const messages: Message[] = [];
    peer.be((message) => {
      if (message.recipient === 'client') messages.push(message);
      return message.recipient === 'client' && messages.length < 3 ? new MailRefused(false, null) : null;
    });
    for (let i = 0; i < 3; i++) {
      await t.run('sendOutbox');
      t.clock.advance(HOUR);
    }
    for (const message of messages) seen.push(await rawMessage(message));
    expect(seen).toHaveLength(3);
    expect(seen[1]?.equals(seen[0] ?? Buffer.alloc(0))).toBe(true);
    expect(seen[2]?.equals(seen[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('never sends a later message while an earlier one to the same person waits (assertion 23)', async () => {
    const booking = await booked(t);
    peer.be(({ recipient }) => (recipient === 'client' ? new MailRefused(false, 451) : null));
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: booking.id, start: WEDNESDAY_TEN, by: staff });
    await t.run('sendOutbox');
    expect(toClient()).toEqual([]);
    expect(peer.taken.filter(({ recipient }) => recipient === 'staff').length).toBeGreaterThanOrEqual(2);
    peer.be(() => null);
    t.clock.advance(MINUTE);
    await t.run('sendOutbox');
    expect(sequences()).toEqual(['0', '1']);
  });

  it('sends neither calendar mail if the cancellation overtakes an invitation that nobody tried to send (assertion 23)', async () => {
    const booking = await booked(t);
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, by: client });
    await t.run('sendOutbox');
    expect(toClient().map(({ kind, calendar }) => [kind, calendar])).toEqual([['cancelled', null]]);
  });

  it('does send the CANCEL if the invitation was tried, since it may have arrived', async () => {
    const booking = await booked(t);
    peer.be(() => new MailRefused(false, null));
    await t.run('sendOutbox');
    await t.app.cancelBooking({ bookingId: booking.id, reason: null, by: client });
    peer.be(() => null);
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(toClient().map(({ calendar }) => calendar?.method)).toEqual(['REQUEST', 'CANCEL']);
  });

  it('waits 1, 5, 15, 60 minutes and then 4 hours, and gives up after 4 days', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempts) => ((nextAttempt(attempts, NOW, NOW) ?? 0) - NOW) / MINUTE);
    expect(waits).toEqual([1, 5, 15, 60, 240, 240]);
    expect(nextAttempt(30, NOW, NOW + 4 * 24 * HOUR)).toBeNull();
  });

  it('turns a refusal for good into a task for reception, at once', async () => {
    const booking = await booked(t);
    peer.be(({ recipient }) => (recipient === 'client' ? new MailRefused(true, 550) : null));
    await t.run('sendOutbox');
    expect(await t.storage.tasks.open('expat-desk')).toMatchObject([{ bookingId: booking.id, kind: 'mail_failed' }]);
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(toClient()).toEqual([]);
    const [task] = await t.storage.tasks.open('expat-desk');
    await t.storage.write(({ tasks }) => tasks.done('expat-desk', task?.id ?? '', 'Empfang', t.clock.now()));
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('takes a message again whose sender died', async () => {
    await booked(t);
    await t.storage.write(({ outbox }) => outbox.claim(t.clock.now(), 5 * MINUTE));
    await t.run('sendOutbox');
    expect(peer.taken).toHaveLength(1);
    t.clock.advance(5 * MINUTE);
    await t.run('sendOutbox');
    expect(peer.taken).toHaveLength(2);
  });

  it('mails the manage link to the owner of reference and mailbox, and to nobody else', async () => {
    const { reference } = await booked(t, { start: TUESDAY_NINE.start });
    await t.app.sendManageLink({ deskId: 'expat-desk', reference, email: 'stranger@client.example' });
    await t.app.sendManageLink({ deskId: 'expat-desk', reference: 'AAAA-AAAA', email: 'kim@client.example' });
    await t.app.sendManageLink({
      deskId: 'expat-desk',
      reference: reference.toLowerCase().replace('-', ' '),
      email: ' KIM@client.example ',
    });
    await t.run('sendOutbox');
    expect(toClient().map(({ kind }) => kind)).toEqual(['booked', 'link']);
    expect(toClient()[1]?.calendar).toBeNull();
  });
});
