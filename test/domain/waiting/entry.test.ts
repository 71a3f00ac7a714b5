import fc from 'fast-check';
import { HOUR } from '../../../src/domain/calendar/interval';
import {
  accepted,
  byTurn,
  ended,
  isOpen,
  MAX_OFFERS,
  offered,
  passed,
  suitsUntil,
  type WaitingEntry,
  type WaitingOffer,
  withdrawn,
} from '../../../src/domain/waiting/entry';
import { aWaitingEntry, NOW, TUESDAY_NINE } from '../../support/builders';
import { refusal } from '../../support/refusal';

const OFFER: WaitingOffer = {
  ...{ holdId: 'h1', time: TUESDAY_NINE, language: 'en', mode: 'in_person', mailId: null },
  ...{ tellAt: NOW, until: NOW + 24 * HOUR },
};
const WITH_OFFER = offered(aWaitingEntry(), OFFER);

describe('An entry of the waiting list', () => {
  it('is offered one start at a time', () => {
    expect(WITH_OFFER).toMatchObject({ state: 'offered', offer: OFFER, offers: 1, version: 2 });
    expect(() => offered(WITH_OFFER, OFFER)).toThrow(refusal('hold-expired'));
  });

  it('becomes a booking until the time of the offer is over', () => {
    expect(accepted(WITH_OFFER, 'b1', OFFER.until - 1)).toMatchObject({ state: 'booked', bookedId: 'b1', offer: null });
    expect(() => accepted(WITH_OFFER, 'b1', OFFER.until)).toThrow(refusal('hold-expired'));
    expect(() => accepted(aWaitingEntry(), 'b1', NOW)).toThrow(refusal('hold-expired'));
  });

  it('waits on after a start that passed, and has lapsed after the third', () => {
    let entry = aWaitingEntry();
    for (let i = 1; i <= MAX_OFFERS; i++) {
      expect(entry.state).toBe('waiting');
      entry = passed(offered(entry, { ...OFFER, time: { ...TUESDAY_NINE, start: TUESDAY_NINE.start + i } }), NOW);
    }
    expect(entry).toMatchObject({ state: 'lapsed', endedAt: NOW, offers: 3 });
    expect(entry.passed).toHaveLength(MAX_OFFERS);
  });

  it('does not count what the desk takes back, and may be offered it again', () => {
    expect(withdrawn(WITH_OFFER)).toMatchObject({ state: 'waiting', offers: 0, passed: [], offer: null });
  });

  it('ends once', () => {
    const left = ended(WITH_OFFER, 'leave', NOW);
    expect(left).toMatchObject({ state: 'left', offer: null, endedAt: NOW });
    expect(() => ended(left, 'lapse', NOW)).toThrow(refusal('hold-expired'));
  });

  it('has an offer exactly while it is offered something, and an end exactly when it is not open, whatever happens', () => {
    const steps: ((entry: WaitingEntry) => WaitingEntry)[] = [
      (entry) => offered(entry, OFFER),
      (entry) => accepted(entry, 'b1', NOW),
      (entry) => passed(entry, NOW),
      withdrawn,
      (entry) => ended(entry, 'leave', NOW),
      (entry) => ended(entry, 'lapse', NOW),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (way) => {
        let entry = aWaitingEntry();
        for (const step of way) {
          try {
            entry = step(entry);
          } catch {
            continue;
          }
          expect(entry.offer !== null).toBe(entry.state === 'offered');
          expect(entry.endedAt === null).toBe(isOpen(entry));
          expect(entry.offers).toBeGreaterThanOrEqual(0);
          expect(entry.offers).toBeLessThanOrEqual(MAX_OFFERS);
        }
      }),
    );
  });
});

describe('byTurn', () => {
  const inTurn = (...entries: Partial<WaitingEntry>[]) =>
    entries
      .map((part) => aWaitingEntry(part))
      .sort(byTurn)
      .map(({ id }) => id);

  it('puts the earliest deadline first, and who has none behind', () => {
    expect(
      inTurn(
        { id: 'none', joinedAt: 1 },
        { id: 'late', deadline: '2027-02-01' },
        { id: 'soon', deadline: '2026-12-31' },
      ),
    ).toEqual(['soon', 'late', 'none']);
  });

  it('puts who waits longest first among equals', () => {
    expect(inTurn({ id: 'b', joinedAt: 2 }, { id: 'a', joinedAt: 2 }, { id: 'c', joinedAt: 1 })).toEqual([
      'c',
      'a',
      'b',
    ]);
  });
});

describe('suitsUntil', () => {
  const zone = 'Europe/Berlin';
  it('is the end of the last day that helps, or the first day that does not suit', () => {
    expect(suitsUntil(aWaitingEntry(), zone)).toBeNull();
    expect(suitsUntil(aWaitingEntry({ deadline: '2026-12-10' }), zone)).toBe(Date.parse('2026-12-11T00:00:00+01:00'));
    expect(suitsUntil(aWaitingEntry({ deadline: '2026-12-10', until: '2026-12-10' }), zone)).toBe(
      Date.parse('2026-12-10T00:00:00+01:00'),
    );
  });
});
