import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { allBookings, booked } from '../../support/bookings';
import { aReceptionist, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';
import { aSmallDesk, waits } from '../../support/waiting';

const NINE = TUESDAY_NINE.start;

describe('An offer to somebody who waits, in two processes at once', () => {
  let t: TestApp;
  let other: TestApp;
  let first: string;
  beforeEach(async () => {
    t = await testApp({ desks: [aSmallDesk()] });
    first = (await booked(t)).id;
    await booked(t, { start: NINE + 30 * MINUTE });
    other = await testApp({ desks: [], databaseUrl: t.databaseUrl });
  });
  afterEach(async () => {
    await other.close();
    await t.close();
  });

  const cancel = () => t.app.cancelBooking({ bookingId: first, reason: null, who: CLIENT });
  /** Who has a place at nine, by booking or offer. */
  const takers = async () => {
    const bookings = (await allBookings(t)).filter(({ status, time }) => status === 'confirmed' && time.start === NINE);
    const offers = (await t.storage.waiting.open('expat-desk')).filter(({ offer }) => offer?.time.start === NINE);
    return [...bookings.map(({ client }) => client.name), ...offers.map(({ client }) => client.name)];
  };

  it('is taken once, however often it is accepted', async () => {
    const ana = await waits(t, 'Ana');
    await cancel();
    const entry = await ana.entry();
    const answers = await Promise.all([t, other, t, other].map(({ app }) => app.acceptOffer({ entry })));
    expect(new Set(answers.map(({ value }) => value.id)).size).toBe(1);
    expect(await takers()).toEqual(['Ana']);
  });

  it('is either taken or passed, and goes to the next only if it was passed', async () => {
    const [ana] = [await waits(t, 'Ana'), await waits(t, 'Bo')];
    await cancel();
    const entry = await ana.entry();
    await Promise.allSettled([t.app.acceptOffer({ entry }), other.app.passOffer({ entry })]);
    expect(await takers()).toEqual([(await ana.entry()).state === 'booked' ? 'Ana' : 'Bo']);
  });

  it('that ends meanwhile is refused, and the next has it', async () => {
    const [ana] = [await waits(t, 'Ana'), await waits(t, 'Bo')];
    await cancel();
    const entry = await ana.entry();
    // One process still takes it to be in time.
    t.clock.advance(24 * HOUR - 1);
    other.clock.advance(t.clock.now() - other.clock.now() + 1);
    const [taken] = await Promise.allSettled([t.app.acceptOffer({ entry }), other.run('offerStarts')]);
    const isTaken = taken?.status === 'fulfilled';
    expect((await ana.entry()).state).toBe(isTaken ? 'booked' : 'waiting');
    expect(await takers()).toEqual([isTaken ? 'Ana' : 'Bo']);
  });

  it('that has ended is refused though no job ran, and staff may book it for them all the same', async () => {
    const ana = await waits(t, 'Ana');
    await cancel();
    t.clock.advance(24 * HOUR);
    const entry = await ana.entry();
    await expect(t.app.acceptOffer({ entry })).rejects.toThrow(refusal('hold-expired'));
    const asked = { who: aReceptionist(), deskId: 'expat-desk', entryId: ana.id, start: NINE };
    const answers = await Promise.allSettled([t.app.bookForWaiter(asked), other.run('offerStarts')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await takers()).toEqual(['Ana']);
  });

  it('is never to be had by the public, whoever is first', async () => {
    const ana = await waits(t, 'Ana');
    const [, taken] = await Promise.allSettled([cancel(), booked(other), booked(t)]);
    expect(taken?.status).toBe('rejected');
    await expect(booked(other)).rejects.toThrow(refusal('slot-unavailable'));
    const answers = await Promise.allSettled([
      t.app.acceptOffer({ entry: await ana.entry() }),
      booked(other),
      booked(t),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await takers()).toEqual(['Ana']);
  });
});
