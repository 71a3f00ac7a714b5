import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import {
  asPublicSees,
  drawnMoment,
  type FairRelease,
  type FreedPlace,
  freedBy,
  isHeldBack,
} from '../../../src/domain/slots/fairRelease';
import { freeSlots, nameOfSlots, type ResolvedQuery, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { aBooking, aDesk, anAdvisor, aTaken, aTopic, diaryOf, NOW, span, TUESDAY_NINE } from '../../support/builders';

const RELEASE: FairRelease = { minutes: [15, 90], notWithinHours: 24 };
const NINE = TUESDAY_NINE.start;
const place: FreedPlace = {
  ...{ id: 'freed', advisorId: 'a1', time: TUESDAY_NINE, consultation: TUESDAY_NINE },
  ...{ topicId: 'residence', language: 'en', mode: 'in_person', freedAt: NOW, shownAt: NOW + 30 * MINUTE },
};
const desk = (freedPlaces: readonly FreedPlace[] = [place], advisors = [anAdvisor()]) =>
  aDesk({ advisors, fairRelease: RELEASE, freedPlaces });
const snapshot = (part: Partial<Snapshot> = {}): Snapshot => ({
  ...{ desk: desk(), absences: [], diary: diaryOf([]), now: NOW },
  ...part,
});
const query = (audience: 'client' | 'staff'): ResolvedQuery => ({ topic: aTopic(), language: 'en', audience });
const freeAtNine = (audience: 'client' | 'staff', part: Partial<Snapshot> = {}) =>
  freeSlots(snapshot(part), query(audience), { start: NINE, end: NINE + 1 })[0]?.free ?? 0;

describe('What is given back', () => {
  const change = (before = aBooking(), booking = aBooking({ status: 'cancelled' }), now = NOW) =>
    freedBy({ fairRelease: RELEASE }, { before, booking, now });
  const elsewhere = aBooking({ time: span('2026-12-01T10:00:00+01:00', 30) });

  it('by a cancellation or a move is held back, with its buffer', () => {
    const before = aBooking({ blockedUntil: TUESDAY_NINE.end + 5 * MINUTE });
    expect(change(before)).toEqual({
      ...{ advisorId: 'a1', consultation: TUESDAY_NINE, topicId: 'residence', language: 'en', mode: 'in_person' },
      ...{ time: { start: NINE, end: TUESDAY_NINE.end + 5 * MINUTE }, freedAt: NOW, shownAt: null },
    });
    expect(change(aBooking(), elsewhere)?.time).toEqual(TUESDAY_NINE);
  });

  it('is nothing for another advisor at the same time, a restored booking, or a desk without a fair release', () => {
    expect(change(aBooking(), aBooking({ advisorId: 'a2' }))).toBeNull();
    expect(change(aBooking({ status: 'cancelled' }), aBooking())).toBeNull();
    expect(freedBy({ fairRelease: null }, { before: aBooking(), booking: elsewhere, now: NOW })).toBeNull();
  });

  it('is shown at once from a day before its start on', () => {
    expect(change(undefined, undefined, NINE - 24 * HOUR)).not.toBeNull();
    expect(change(undefined, undefined, NINE - 24 * HOUR + 1)).toBeNull();
  });
});

describe('What is held back', () => {
  it('is not there for the public until its moment, and is for staff', () => {
    expect(freeAtNine('client')).toBe(0);
    expect(freeAtNine('staff')).toBe(1);
    const end = NOW + 30 * MINUTE;
    expect([freeAtNine('client', { now: end - 1 }), freeAtNine('client', { now: end })]).toEqual([0, 1]);
  });

  it('takes nothing from the public that was free before', () => {
    const two = desk([place], [anAdvisor(), anAdvisor({ id: 'a2' })]);
    expect(freeAtNine('client', { desk: two })).toBe(1);
    expect(freeAtNine('client', { desk: desk([{ ...place, advisorId: 'gone' }]) })).toBe(1);
  });

  it('is held back until the latest moment while none is drawn, and no longer', () => {
    const undrawn = desk([{ ...place, shownAt: null }]);
    const at = (minutes: number) => freeAtNine('client', { desk: undrawn, now: NOW + minutes * MINUTE });
    expect([at(0), at(89), at(90)]).toEqual([0, 0, 1]);
    expect(isHeldBack({ ...place, shownAt: null }, undrawn, NOW - 3 * HOUR)).toBe(false);
    expect(isHeldBack(place, { fairRelease: null }, NOW)).toBe(false);
  });

  it('is gone when somebody has taken it meanwhile, or was given back twice', () => {
    const taken = diaryOf([aTaken({ advisorId: 'a1', time: TUESDAY_NINE })]);
    const seen = asPublicSees(snapshot({ diary: taken }));
    expect(seen.diary('a1')).toHaveLength(1);
    const twice = desk([place, { ...place, id: 'again' }]);
    expect(asPublicSees(snapshot({ desk: twice })).diary('a1')).toHaveLength(1);
  });

  it('makes an answer of the public another one than that of staff', () => {
    const range = { start: NINE, end: NINE + HOUR };
    const shared = { of: diaryOf([]), isShared: true };
    const whole = snapshot({ during: () => shared });
    expect(nameOfSlots(whole, query('staff'), range)).toBeDefined();
    expect(nameOfSlots(whole, query('client'), range)).toBeUndefined();
    expect(nameOfSlots({ ...whole, now: NOW + 2 * HOUR }, query('client'), range)).toBeDefined();
  });
});

describe('The moment that is drawn', () => {
  it('is a whole minute between the least and the most', () => {
    const minutesFor = (chance: number) => (drawnMoment(place, RELEASE, chance) - NOW) / MINUTE;
    expect([minutesFor(0), minutesFor(0.5), minutesFor(1)]).toEqual([15, 53, 90]);
    expect(drawnMoment({ ...place, freedAt: NOW + 1 }, RELEASE, 0) % MINUTE).toBe(0);
  });

  it('tells whoever knows when it was given back nothing about when to look: no minute gains more than a tenth', () => {
    // A generator with a fixed seed (mulberry32), so that the simulation is the same each time.
    let seed = 16;
    const chance = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
    const draws = 300_000;
    const shown = new Map<number, number>();
    for (let i = 0; i < draws; i++) {
      const minute = (drawnMoment(place, RELEASE, chance()) - NOW) / MINUTE;
      shown.set(minute, (shown.get(minute) ?? 0) + 1);
    }
    const minutes = [...shown.keys()].sort((a, b) => a - b);
    expect([minutes[0], minutes.at(-1), minutes.length]).toEqual([16, 90, 75]);
    const gain = Math.max(...shown.values()) / (draws / minutes.length);
    expect(gain).toBeLessThan(1.1);
  });
});
