import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { CLIENT } from '../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../support/app';
import { booked } from '../../support/bookings';
import { aReceptionist, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';
import { aSmallDesk, waits } from '../../support/waiting';

const NINE = TUESDAY_NINE.start;
const HALF_PAST = NINE + 30 * MINUTE;
const TEN = NINE + HOUR;
const THREE_STARTS = { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '10:30' };
const { hours, ...rest } = aSmallDesk({ fairRelease: { minutes: [15, 90], notWithinHours: 24 } });
const DESK = { ...rest, hours: { ...hours, rules: [THREE_STARTS] } };

describe('What is given back at a desk that shows it to the public later', () => {
  let t: TestApp;
  let first: string;
  let second: string;
  beforeEach(async () => {
    t = await testApp({ desks: [DESK] });
    first = (await booked(t)).id;
    second = (await booked(t, { start: HALF_PAST })).id;
  });
  afterEach(() => t.close());

  const cancel = (bookingId: string) => t.app.cancelBooking({ bookingId, reason: null, who: CLIENT });
  const seen = async () => {
    const query = { topicId: 'residence', language: 'en' };
    const { slots } = await t.app.findSlots({ deskId: 'expat-desk', query, audience: 'client' });
    return slots.map(({ time }) => time.start);
  };
  const setClock = (at: number) => t.clock.set(new Date(at).toISOString());
  const draw = async () => {
    await t.run('drawReleases');
    const [place] = (await t.storage.desks.find('expat-desk'))?.freedPlaces ?? [];
    return place?.shownAt ?? 0;
  };

  it('is offered at once to who waits, who takes it while the public does not see it', async () => {
    await booked(t, { start: TEN });
    const ana = await waits(t, 'Ana');
    await cancel(first);
    expect((await ana.entry()).offer?.time).toEqual(TUESDAY_NINE);
    expect(await seen()).toEqual([]);
    await expect(booked(t)).rejects.toThrow(refusal('slot-unavailable'));
    expect((await t.app.acceptOffer({ entry: await ana.entry() })).value.time).toEqual(TUESDAY_NINE);
    setClock(await draw());
    expect(await seen()).toEqual([]);
  });

  it('by a move is offered at once as well', async () => {
    const ana = await waits(t, 'Ana', { before: '09:30' });
    await t.app.moveBooking({ bookingId: first, start: TEN, who: aReceptionist() });
    expect((await ana.entry()).offer?.time).toEqual(TUESDAY_NINE);
    expect(await seen()).toEqual([]);
  });

  it('is where an earlier booking moves, whose old time is offered to the next', async () => {
    await booked(t, { start: TEN });
    const ana = await waits(t, 'Ana', { earlierThan: t.deps.tokens.tokenFor(second) });
    const bo = await waits(t, 'Bo', { after: '09:30' });
    await cancel(first);
    const { value } = await t.app.acceptOffer({ entry: await ana.entry() });
    expect(value).toMatchObject({ id: second, time: TUESDAY_NINE });
    expect((await bo.entry()).offer?.time.start).toBe(HALF_PAST);
    expect(await seen()).toEqual([]);
    await t.app.acceptOffer({ entry: await bo.entry() });
    setClock(NOW + 90 * MINUTE);
    expect(await seen()).toEqual([]);
  });

  it('stays hidden when who waits lets it pass before the moment that was drawn', async () => {
    await booked(t, { start: TEN });
    const ana = await waits(t, 'Ana');
    await cancel(first);
    const shownAt = await draw();
    await t.app.passOffer({ entry: await ana.entry() });
    expect(await seen()).toEqual([]);
    setClock(shownAt);
    expect(await seen()).toEqual([NINE]);
  });

  it('is hidden from all until the moment that is drawn if nobody waits', async () => {
    await booked(t, { start: TEN });
    await cancel(first);
    const shownAt = await draw();
    setClock(shownAt - 1);
    expect(await seen()).toEqual([]);
    setClock(shownAt);
    expect(await seen()).toEqual([NINE]);
  });

  it('is offered to who begins to wait before that moment', async () => {
    await booked(t, { start: TEN });
    await cancel(first);
    const shownAt = await draw();
    const ana = await waits(t, 'Ana');
    expect((await ana.entry()).offer?.time).toEqual(TUESDAY_NINE);
    setClock(shownAt);
    await t.run('drawReleases');
    expect(await seen()).toEqual([]);
    expect((await t.app.acceptOffer({ entry: await ana.entry() })).value.time).toEqual(TUESDAY_NINE);
  });
});
