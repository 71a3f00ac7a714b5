import { simpleParser } from 'mailparser';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { limitsOf } from '../../../src/domain/limits';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const CLIENT = { kind: 'client' } as const;
const STAFF = aReceptionist('Rezi Empfang');

let t: TestApp;
beforeEach(async () => {
  const advisors = ['a1', 'a2', 'a3'].map((id) => anAdvisor({ id, email: `${id}@expat-desk.example` }));
  t = await testApp({ desks: [aDesk({ advisors, limits: limitsOf({ movesPerBookingPerDay: 50 }) })] });
});
afterEach(() => t.close());

interface Row {
  readonly id: number;
  readonly state: string;
  readonly recipient: string;
  readonly kind: string;
  readonly sequence: number;
  readonly address: string;
  readonly content: string | null;
}

/** In the order of writing. */
const outbox = async () => ((await t.everything()).outbox as Row[]).sort((a, b) => a.id - b.id);

/** What went out since the last look, in order: "client moved 3", "a2 moved 3". */
let seen = new Set<number>();
beforeEach(() => {
  seen = new Set();
});
const sent = async () => {
  await t.run('sendOutbox');
  const rows = (await outbox()).filter(({ id, state }) => state === 'sent' && !seen.has(id));
  for (const { id } of rows) seen.add(id);
  return rows.map(({ recipient, address, kind, sequence }) =>
    [recipient === 'client' ? 'client' : address.split('@')[0], kind, sequence].join(' '),
  );
};
const lastText = async () => {
  const rows = (await outbox()).filter(({ recipient }) => recipient === 'client');
  return (await simpleParser(rows.at(-1)?.content ?? '')).text ?? '';
};
const move = (
  bookingId: string,
  hours: number,
  part: { advisorId?: string; who?: typeof CLIENT | typeof STAFF } = {},
) => t.app.moveBooking({ bookingId, start: NINE + hours * HOUR, who: CLIENT, ...part });
/** A booking, and two moves of it by the client, each told before the next. */
const movedTwice = async () => {
  const booking = await booked(t);
  for (const hours of [1, 2]) {
    await sent();
    await move(booking.id, hours);
  }
  await sent();
  return booking;
};
const cancel = (bookingId: string, by: typeof CLIENT | typeof STAFF = CLIENT) =>
  t.app.cancelBooking({ bookingId, reason: null, who: by });
/** Every change says how many messages were queued with it, and all of them are there. */
const countsAgree = async (bookingId: string) => {
  const { booking_event: events, outbox } = (await t.everything()) as unknown as {
    booking_event: { booking_id: string; messages: number }[];
    outbox: Row[];
  };
  const queued = events.filter((event) => event.booking_id === bookingId).reduce((sum, each) => sum + each.messages, 0);
  expect(outbox).toHaveLength(queued);
};

describe('Changes of one booking that its client makes in a row', () => {
  it('are mailed at once twice, and from the third on a minute later with only the last state', async () => {
    const { id } = await booked(t);
    expect(await sent()).toEqual(['client booked 0', 'a1 booked 0']);
    for (const hours of [1, 2]) {
      await move(id, hours);
      expect(await sent()).toEqual([`client moved ${hours}`, `a1 moved ${hours}`]);
    }
    for (const hours of [3, 4, 5]) {
      await move(id, hours);
      t.clock.advance(MINUTE / 2);
      expect(await sent()).toEqual([]);
    }
    t.clock.advance(MINUTE / 2 - 1);
    expect(await sent()).toEqual([]);
    t.clock.advance(1);
    expect(await sent()).toEqual(['client moved 5', 'a1 moved 5']);
    // The way from what was told last, which is 11:00, to where it is now.
    const text = await lastText();
    expect([text.includes('14:00'), text.includes('11:00'), text.includes('13:00')]).toEqual([true, true, false]);
    expect((await t.storage.bookings.find(id))?.sequence).toBe(5);
    await countsAgree(id);
  });

  it('are counted within ten minutes', async () => {
    const { id } = await movedTwice();
    t.clock.advance(10 * MINUTE);
    await move(id, 3);
    expect(await sent()).toEqual(['client moved 3', 'a1 moved 3']);
  });

  it('are not mailed if they lead back to the state that was told', async () => {
    const { id } = await movedTwice();
    for (const hours of [3, 2]) await move(id, hours);
    t.clock.advance(HOUR);
    expect(await sent()).toEqual([]);
    await move(id, 4);
    expect(await sent()).toEqual(['client moved 5', 'a1 moved 5']);
    await countsAgree(id);
  });

  it('that end with a cancellation cancel the state that was told, with the highest SEQUENCE', async () => {
    const { id } = await movedTwice();
    await move(id, 3);
    await cancel(id);
    expect(await sent()).toEqual([]);
    t.clock.advance(MINUTE);
    expect(await sent()).toEqual(['client cancelled 4', 'a1 cancelled 4']);
    expect(await lastText()).toContain('11:00');
    await countsAgree(id);
  });

  it('that cancel, restore and cancel again within the minute tell of the cancellation', async () => {
    const { id } = await booked(t);
    await move(id, 1);
    await sent();
    await cancel(id);
    await t.app.restoreBooking({ bookingId: id, who: { kind: 'client' } });
    await cancel(id);
    t.clock.advance(MINUTE);
    expect(await sent()).toContain('client cancelled 4');
    await countsAgree(id);
  });

  it('are told at once together with a change by staff', async () => {
    const { id } = await movedTwice();
    await move(id, 3);
    await sent();
    await move(id, 4, { who: STAFF, advisorId: 'a2' });
    expect(await sent()).toEqual(['client moved 4', 'a2 moved 4', 'a1 moved 4']);
    expect(await lastText()).toContain('11:00');
    t.clock.advance(HOUR);
    expect(await sent()).toEqual([]);
    await countsAgree(id);
  });

  it('are told once to each advisor, also to one who has the booking only because another needed room', async () => {
    const { id } = await movedTwice();
    await move(id, 3);
    await sent();
    const { advisorId } = (await t.storage.bookings.find(id)) ?? {};
    expect(advisorId).toBe('a1');
    // Who wishes for its advisor at the very time takes their place.
    const query = { topicId: 'residence', language: 'en', mode: 'in_person' as const, advisorId: 'a1' };
    await booked(t, { query, start: NINE + 3 * HOUR });
    const now = (await t.storage.bookings.find(id))?.advisorId;
    expect(now).not.toBe('a1');
    expect(await sent()).toEqual(['client booked 0', 'a1 booked 0']);
    t.clock.advance(MINUTE);
    expect((await sent()).sort()).toEqual([`${now} moved 3`, 'a1 moved 3', 'client moved 3'].sort());
  });

  it('do not delay mails about other bookings', async () => {
    const { id } = await movedTwice();
    await move(id, 3);
    await sent();
    await booked(t, { start: NINE + 5 * HOUR });
    expect(await sent()).toEqual(['client booked 0', 'a2 booked 0']);
    expect((await t.storage.outbox.state(t.clock.now())).age).toBe(0);
  });

  it('are also mailed when the clock was set back meanwhile', async () => {
    const { id } = await movedTwice();
    await move(id, 3);
    await sent();
    t.clock.advance(-20 * 24 * HOUR);
    expect(await sent()).toEqual(['client moved 3', 'a1 moved 3']);
  });
});
