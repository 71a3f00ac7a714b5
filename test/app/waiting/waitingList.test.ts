import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT, SYSTEM } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aClient, anAdvisor, aQuestion, aReceptionist, aTopic, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';
import { aSmallDesk, aWish, waits } from '../../support/waiting';

const NINE = TUESDAY_NINE.start;
const HALF_PAST = NINE + 30 * MINUTE;

let t: TestApp;
const full = async (desk = aSmallDesk()) => {
  t = await testApp({ desks: [desk] });
  const first = await booked(t);
  const second = await booked(t, { start: HALF_PAST });
  return { first, second };
};
afterEach(() => t.close());

const cancel = (bookingId: string) => t.app.cancelBooking({ bookingId, reason: null, who: CLIENT });
const mails = async () => {
  await t.run('sendOutbox');
  return (await t.mailbox.list()).map(({ to, subject }) => `${to}: ${subject}`.replace(/^"(.*)" /, '$1 '));
};
const isFree = async (start: number) => {
  const { slots } = await t.app.findSlots({
    deskId: 'expat-desk',
    query: { topicId: 'residence', language: 'en' },
    audience: 'client',
  });
  return slots.some(({ time }) => time.start === start);
};

describe('The waiting list', () => {
  it('is joined once for a topic by the same person', async () => {
    await full();
    const first = await waits(t, 'Ana');
    expect(first).toMatchObject({ position: 1, isNew: true });
    expect(await waits(t, 'Ana')).toMatchObject({ id: first.id, token: first.token, isNew: false });
    expect(await waits(t, 'Bo', { deadline: '2026-12-24' })).toMatchObject({ position: 1 });
    expect(await waits(t, 'Cleo')).toMatchObject({ position: 3 });
  });

  it('refuses every wish that nothing can fit, by its field', async () => {
    await full();
    const wrong = (wish: Parameters<typeof aWish>[0]) =>
      t.app
        .joinWaitingList({ deskId: 'expat-desk', wish: aWish(wish), client: aClient() })
        .then(() => [])
        .catch(({ details }) => details.errors.map(({ pointer }: { pointer: string }) => pointer));
    expect(await wrong({ topicId: 'none' })).toEqual(['/topic']);
    expect(await wrong({ languages: ['ja'] })).toEqual(['/languages']);
    expect(await wrong({ deadline: '2026-11-23' })).toEqual(['/deadline']);
    expect(await wrong({ from: '2026-12-02', until: '2026-12-02' })).toEqual(['/until']);
    expect(await wrong({ after: '12:00', before: '12:00' })).toEqual(['/before']);
    expect(await wrong({ mode: 'phone' })).toEqual(['/client/phone']);
    expect(await wrong({ languages: ['ja', 'en'] })).toEqual([]);
  });

  it('offers a freed start to the first whom it fits, and to nobody else', async () => {
    const { first } = await full();
    const [late, none, soon] = [
      await waits(t, 'Late', { deadline: '2026-12-24' }),
      await waits(t, 'None'),
      await waits(t, 'Soon', { deadline: '2026-12-05', before: '09:00' }),
    ];
    await cancel(first.id);
    expect(await late.entry()).toMatchObject({
      state: 'offered',
      offer: { time: TUESDAY_NINE, until: t.clock.now() + 24 * HOUR },
    });
    expect((await none.entry()).state).toBe('waiting');
    expect((await soon.entry()).state).toBe('waiting');
    expect(await isFree(NINE)).toBe(false);
    await expect(booked(t)).rejects.toThrow(refusal('slot-unavailable'));
  });

  it('offers what is free when somebody joins', async () => {
    t = await testApp({ desks: [aSmallDesk()] });
    expect(await (await waits(t, 'Ana')).entry()).toMatchObject({ state: 'offered', offer: { time: TUESDAY_NINE } });
  });

  it('books what is offered in one deed, twice is the same as once, and the offer is not mailed any more', async () => {
    const { first } = await full();
    const ana = await waits(t, 'Ana');
    await cancel(first.id);
    const { value: booking } = await t.app.acceptOffer({ entry: await ana.entry() });
    expect(booking).toMatchObject({ time: TUESDAY_NINE, status: 'confirmed', client: { name: 'Ana' }, source: 'web' });
    expect(await ana.entry()).toMatchObject({ state: 'booked', bookedId: booking.id, offer: null });
    expect((await t.app.acceptOffer({ entry: await ana.entry() })).value.id).toBe(booking.id);
    const sent = await mails();
    expect(sent.filter((line) => line.startsWith('Ana <ana@client.example>'))).toHaveLength(2);
  });

  it('asks the questions of the topic later', async () => {
    const topics = [aTopic({ questions: [aQuestion({ required: true })] })];
    t = await testApp({ desks: [aSmallDesk({ topics, advisors: [anAdvisor({ topics: ['residence'] })] })] });
    const ana = await waits(t, 'Ana');
    expect((await t.app.acceptOffer({ entry: await ana.entry() })).value.answers).toEqual({});
  });

  it('gives a start that is passed to the next, and does not offer it to the same again', async () => {
    const { first } = await full();
    const [ana, bo] = [await waits(t, 'Ana'), await waits(t, 'Bo')];
    await cancel(first.id);
    await t.app.passOffer({ entry: await ana.entry() });
    expect(await ana.entry()).toMatchObject({ state: 'waiting', passed: [NINE] });
    expect((await bo.entry()).state).toBe('offered');
    await t.app.passOffer({ entry: await bo.entry() });
    expect(await isFree(NINE)).toBe(true);
    expect((await t.app.passOffer({ entry: await bo.entry() })).state).toBe('waiting');
  });

  it('goes on to the next when the time of an offer is over', async () => {
    const { first } = await full();
    const [ana, bo] = [await waits(t, 'Ana'), await waits(t, 'Bo')];
    await cancel(first.id);
    t.clock.advance(24 * HOUR - 1);
    await t.run('offerStarts');
    expect((await ana.entry()).state).toBe('offered');
    t.clock.advance(1);
    await expect(t.app.acceptOffer({ entry: await ana.entry() })).rejects.toThrow(refusal('hold-expired'));
    expect(await isFree(NINE)).toBe(false);
    await t.run('offerStarts');
    expect((await ana.entry()).state).toBe('waiting');
    expect((await bo.entry()).state).toBe('offered');
    expect(await mails()).toContain('Ana <ana@client.example>: The offer has ended · Expat Service Desk');
  });

  it('ends after three offers, and says so', async () => {
    t = await testApp({ desks: [aSmallDesk({ horizonDays: 30 })] });
    const ana = await waits(t, 'Ana');
    for (const _ of [1, 2, 3]) await t.app.passOffer({ entry: await ana.entry() });
    expect(await ana.entry()).toMatchObject({ state: 'lapsed', offers: 3 });
    await t.run('offerStarts');
    expect((await ana.entry()).state).toBe('lapsed');
  });

  it('ends when the deadline is over, and says so', async () => {
    await full();
    const ana = await waits(t, 'Ana', { deadline: '2026-11-25' });
    t.clock.set('2026-11-25T23:59:00+01:00');
    await t.run('offerStarts');
    expect((await ana.entry()).state).toBe('waiting');
    t.clock.set('2026-11-26T00:00:00+01:00');
    await t.run('offerStarts');
    expect((await ana.entry()).state).toBe('lapsed');
    const end = 'Ana <ana@client.example>: Your time on the waiting list is over · Expat Service Desk';
    expect(await mails()).not.toContain(end);
    t.clock.set('2026-11-26T08:00:00+01:00');
    expect(await mails()).toContain(end);
  });

  it('holds a start in the night at once, and writes in the morning', async () => {
    const { first } = await full();
    const ana = await waits(t, 'Ana');
    t.clock.set('2026-11-24T22:00:00+01:00');
    await cancel(first.id);
    expect(await isFree(NINE)).toBe(false);
    const offer = 'Ana <ana@client.example>: An appointment is free for you · Expat Service Desk';
    expect(await mails()).not.toContain(offer);
    t.clock.set('2026-11-25T08:00:00+01:00');
    expect(await mails()).toContain(offer);
    expect((await ana.entry()).offer?.until).toBe(Date.parse('2026-11-26T08:00:00+01:00'));
  });

  it('forgets who leaves, frees what was offered, and withdraws the mail that has not gone out', async () => {
    const { first } = await full();
    const ana = await waits(t, 'Ana');
    t.clock.set('2026-11-24T22:00:00+01:00');
    await cancel(first.id);
    await t.app.forgetWaiting({ entry: await ana.entry() });
    expect(await ana.entry()).toBeUndefined();
    expect(await isFree(NINE)).toBe(true);
    t.clock.set('2026-11-25T09:00:00+01:00');
    expect((await mails()).filter((line) => line.startsWith('Ana'))).toHaveLength(1);
  });

  it('takes an offer back that can no longer take place, and does not count it', async () => {
    const { first } = await full();
    const ana = await waits(t, 'Ana');
    await cancel(first.id);
    const reason = { de: 'Feier', en: 'Party' };
    const closed = { from: '2026-12-01', to: '2026-12-02', closed: true, windows: [], reason };
    await t.app.addException({
      who: SYSTEM,
      deskId: 'expat-desk',
      exception: closed,
    } as never);
    expect(await ana.entry()).toMatchObject({ state: 'waiting', offers: 0, offer: null });
    expect(await mails()).toContain(
      'Ana <ana@client.example>: This appointment does not take place · Expat Service Desk',
    );
  });

  it('offers what new hours open', async () => {
    await full();
    const ana = await waits(t, 'Ana');
    const rules = [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '10:30' }];
    await t.app.replaceOpeningRules({ who: SYSTEM, deskId: 'expat-desk', rules } as never);
    expect((await ana.entry()).offer?.time.start).toBe(NINE + HOUR);
  });

  it('offers a hold that has run out', async () => {
    t = await testApp({ desks: [aSmallDesk()] });
    await booked(t);
    await t.app.holdSlot({
      deskId: 'expat-desk',
      query: { topicId: 'residence', language: 'en' },
      start: HALF_PAST,
      who: CLIENT,
    });
    const ana = await waits(t, 'Ana');
    expect((await ana.entry()).state).toBe('waiting');
    t.clock.advance(15 * MINUTE);
    await t.run('offerStarts');
    expect((await ana.entry()).offer?.time.start).toBe(HALF_PAST);
  });

  describe('of who has a booking and wants an earlier one', () => {
    const tokenOf = (id: string) => t.deps.tokens.tokenFor(id);

    it('moves the booking, and offers its old time to the next', async () => {
      const { first, second } = await full();
      const earlier = await waits(t, 'Ana', { earlierThan: tokenOf(second.id) });
      const bo = await waits(t, 'Bo', { after: '09:30' });
      expect((await earlier.entry()).client).toEqual(second.client);
      await cancel(first.id);
      expect((await earlier.entry()).offer?.time).toEqual(TUESDAY_NINE);
      const { value } = await t.app.acceptOffer({ entry: await earlier.entry() });
      expect(value).toMatchObject({ id: second.id, time: TUESDAY_NINE, sequence: 1 });
      expect((await bo.entry()).offer?.time.start).toBe(HALF_PAST);
    });

    it('is offered nothing later, and leaves with the booking', async () => {
      const { first, second } = await full();
      const ana = await waits(t, 'Ana', { earlierThan: tokenOf(first.id) });
      await cancel(second.id);
      expect((await ana.entry()).state).toBe('waiting');
      await cancel(first.id);
      expect((await ana.entry()).state).toBe('left');
      expect(await isFree(NINE)).toBe(true);
    });

    it('is offered what was free before when the booking moves to a later day', async () => {
      const { first } = await full(aSmallDesk({ horizonDays: 30 }));
      const ana = await waits(t, 'Ana', { after: '09:30', earlierThan: tokenOf(first.id) });
      expect((await ana.entry()).state).toBe('waiting');
      await t.app.moveBooking({ bookingId: first.id, start: NINE + 14 * DAY, who: aReceptionist() });
      expect((await ana.entry()).offer?.time.start).toBe(HALF_PAST + 7 * DAY);
    });

    it('is refused with the link of no booking ahead', async () => {
      const { first } = await full();
      await cancel(first.id);
      for (const earlierThan of ['nothing', tokenOf(first.id)])
        await expect(waits(t, 'Ana', { earlierThan })).rejects.toThrow(refusal('invalid'));
    });

    it('is forgotten with the booking, and what was offered is free', async () => {
      const { first, second } = await full();
      const ana = await waits(t, 'Ana', { earlierThan: tokenOf(second.id) });
      await cancel(first.id);
      await t.app.eraseBooking(second.id);
      expect(await ana.entry()).toBeUndefined();
      expect(await isFree(NINE)).toBe(true);
    });
  });

  describe('in the hands of staff', () => {
    const who = aReceptionist();

    it('is read in the order of turns', async () => {
      await full();
      await waits(t, 'Ana');
      await waits(t, 'Bo', { deadline: '2026-12-24' });
      const { places } = await t.app.readWaitingList(who, 'expat-desk');
      expect(places.map(({ entry, position }) => [position, entry.client.name])).toEqual([
        [1, 'Bo'],
        [2, 'Ana'],
      ]);
      await expect(t.app.readWaitingList(aReceptionist('Ada', { role: 'advisor' }), 'expat-desk')).rejects.toThrow(
        refusal('forbidden'),
      );
      await expect(t.app.readWaitingList(aReceptionist('Rezi', { deskId: 'other' }), 'expat-desk')).rejects.toThrow(
        refusal('not-found'),
      );
    });

    it('offers a start that they choose, one at a time', async () => {
      const { first } = await full();
      const ana = await waits(t, 'Ana', { after: '12:00' });
      await cancel(first.id);
      const offering = { who, deskId: 'expat-desk', entryId: ana.id, start: NINE };
      expect((await t.app.offerByStaff(offering)).value).toMatchObject({ state: 'offered', offers: 1 });
      await expect(t.app.offerByStaff(offering)).rejects.toThrow(refusal('hold-expired'));
      await t.run('offerStarts');
      expect((await ana.entry()).state).toBe('offered');
      expect((await t.app.acceptOffer({ entry: await ana.entry() })).value.time).toEqual(TUESDAY_NINE);
    });

    it('offers nothing that is taken', async () => {
      await full();
      const ana = await waits(t, 'Ana');
      const offering = { who, deskId: 'expat-desk', entryId: ana.id, start: NINE };
      await expect(t.app.offerByStaff(offering)).rejects.toThrow(refusal('slot-unavailable'));
    });
  });
});
