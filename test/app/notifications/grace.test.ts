import { simpleParser } from 'mailparser';
import { HOUR, SECOND } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aDesk, aReceptionist, TUESDAY_NINE } from '../../support/builders';

const NINE = TUESDAY_NINE.start;
const STAFF = aReceptionist('Rezi Empfang');
const GRACE_SECONDS = 60;

let t: TestApp;
beforeEach(async () => {
  t = await testApp({ desks: [aDesk({ mailGraceSeconds: GRACE_SECONDS })] });
});
afterEach(() => t.close());

interface Row {
  readonly id: number;
  readonly state: string;
  readonly recipient: string;
  readonly kind: string;
  readonly address: string;
  readonly content: string | null;
}

let seen = new Set<number>();
beforeEach(() => {
  seen = new Set();
});
/** What went out since the last look: "client moved". */
const sent = async () => {
  await t.run('sendOutbox');
  const rows = ((await t.everything()).outbox as Row[]).filter(({ id, state }) => state === 'sent' && !seen.has(id));
  for (const { id } of rows) seen.add(id);
  return rows
    .sort((a, b) => a.id - b.id)
    .map(({ recipient, address, kind }) => `${recipient === 'client' ? 'client' : address.split('@')[0]} ${kind}`);
};
const afterGrace = () => {
  t.clock.advance(GRACE_SECONDS * SECOND);
  return sent();
};
const lastText = async () => {
  const rows = ((await t.everything()).outbox as Row[]).filter(
    ({ recipient, state }) => recipient === 'client' && state === 'sent',
  );
  return (await simpleParser(rows.sort((a, b) => a.id - b.id).at(-1)?.content ?? '')).text ?? '';
};
const move = async (bookingId: string, hours: number, part: object = {}) => {
  const lines = [{ bookingId, start: NINE + hours * HOUR, ...part }];
  const { value } = await t.app.moveBookings({ deskId: 'expat-desk', lines, who: STAFF });
  return value;
};
const undo = (operationId = '') => t.app.undoMoves({ operationId, who: STAFF });
/** A booking of which everybody has been told. */
const told = async () => {
  const booking = await booked(t);
  expect(await sent()).toEqual(['client booked', 'a1 booked']);
  t.clock.advance(SECOND);
  return booking;
};

describe('A change by staff', () => {
  it('is mailed when the grace is over, a moment before it is not', async () => {
    const { id } = await told();
    await move(id, 1);
    t.clock.advance(GRACE_SECONDS * SECOND - 1);
    expect(await sent()).toEqual([]);
    t.clock.advance(1);
    expect(await sent()).toEqual(['client moved', 'a1 moved']);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: STAFF });
    expect(await sent()).toEqual([]);
    expect(await afterGrace()).toEqual(['client cancelled', 'a1 cancelled']);
  });

  it('is mailed together with the next one, which says the first old time', async () => {
    const { id } = await told();
    await move(id, 1);
    t.clock.advance(30 * SECOND);
    await move(id, 2);
    t.clock.advance(30 * SECOND);
    expect(await sent()).toEqual([]);
    expect(await afterGrace()).toEqual(['client moved', 'a1 moved']);
    const text = await lastText();
    expect(text).toMatch(/11:00/);
    expect(text).toMatch(/09:00/);
    expect(text).not.toMatch(/10:00–/);
  });

  it('that is undone in time is mailed to nobody', async () => {
    const { id } = await told();
    const { undo: first } = await move(id, 1);
    await undo(first?.id);
    expect(await afterGrace()).toEqual([]);
    await t.app.cancelBooking({ bookingId: id, reason: null, who: STAFF });
    await t.app.restoreBooking({ bookingId: id, who: STAFF });
    expect(await afterGrace()).toEqual([]);
  });

  it('that is undone later is followed by a mail with the old time', async () => {
    const { id } = await told();
    const { undo: first } = await move(id, 1);
    expect(await afterGrace()).toEqual(['client moved', 'a1 moved']);
    await undo(first?.id);
    expect(await sent()).toEqual([]);
    expect(await afterGrace()).toEqual(['client moved', 'a1 moved']);
    expect(await lastText()).toMatch(/09:00–09:30/);
  });

  it('delays no change that the client makes after it, which is mailed at once and says how it stands', async () => {
    const { id } = await told();
    await move(id, 1);
    await t.app.moveBooking({ bookingId: id, start: NINE + 3 * HOUR, who: CLIENT });
    expect(await sent()).toEqual(['client moved', 'a1 moved']);
    expect(await lastText()).toMatch(/12:00–12:30/);
    expect(await afterGrace()).toEqual([]);
  });

  it('waits also for the advisors of those who make room for it, and nobody hears of it if it is undone', async () => {
    const { id } = await told();
    const other = await booked(t, { start: NINE + HOUR });
    expect([other.advisorId, await sent()]).toEqual(['a1', ['client booked', 'a1 booked']]);
    t.clock.advance(SECOND);
    const { undo: first, others } = await move(id, 1, { advisorId: 'a1' });
    expect(others).toEqual([{ booking: other.id, from: 'a1', to: 'a2' }]);
    expect(await sent()).toEqual([]);
    await undo(first?.id);
    expect(await t.storage.bookings.find(other.id)).toMatchObject({ advisorId: 'a1' });
    expect(await afterGrace()).toEqual([]);
  });
});

describe('A move that is told', () => {
  const calls = async () => (await t.storage.tasks.open('expat-desk')).map(({ kind, bookingId }) => [kind, bookingId]);

  it('by phone mails the client nothing, and somebody has the task to call', async () => {
    const { id } = await told();
    const { results } = await move(id, 1, { tell: 'phone' });
    expect(results).toMatchObject([{ mail: false }]);
    expect(await calls()).toEqual([['call', id]]);
    expect(await afterGrace()).toEqual(['a1 moved']);
  });

  it('by phone needs no call any more if it is undone before it', async () => {
    const { id } = await told();
    const { undo: first } = await move(id, 1, { tell: 'phone' });
    await undo(first?.id);
    expect([await calls(), await afterGrace()]).toEqual([[], []]);
  });

  it('by phone needs another call if it is undone after it', async () => {
    const { id } = await told();
    const { undo: first } = await move(id, 1, { tell: 'phone' });
    const [task] = await t.storage.tasks.open('expat-desk');
    await t.app.finishTask({ who: STAFF, deskId: 'expat-desk', id: task?.id ?? '' });
    expect(await calls()).toEqual([]);
    await undo(first?.id);
    expect(await calls()).toEqual([['call', id]]);
  });

  it('to nobody mails the client nothing, and is no task', async () => {
    const { id } = await told();
    await move(id, 1, { tell: 'nobody' });
    expect([await calls(), await afterGrace()]).toEqual([[], ['a1 moved']]);
  });
});
