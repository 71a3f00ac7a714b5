import { bindingOf, earliest, freeSlotsByWeek } from '../../../src/app/slots/weeks';
import { languagesOf } from '../../../src/domain/desk';
import { languagesForTopic } from '../../../src/domain/offering';
import type { Engagement } from '../../../src/domain/slots/engagement';
import { bookableStarts, freeSlots, type ResolvedQuery, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { looksOf, MAX_LOOKS_A_WEEK } from '../../../src/domain/slots/looks';
import { fullDesk } from '../../bench/fullDesk';
import { NOW } from '../../support/builders';

/** A desk of seven that is booked out for sixty days. */
function booked(gaps: number, looksAWeek: number) {
  const { desk, bookings } = fullDesk(NOW, { gaps });
  const diaries = new Map<string, Engagement[]>(desk.advisors.map(({ id }) => [id, []]));
  for (const { id, advisorId, time, blockedUntil, topicId, language, mode } of bookings)
    diaries.get(advisorId)?.push({
      ...{ id, advisorId, topicId, language, mode, movable: true, urgent: false, heldUntil: null },
      time: { start: time.start, end: blockedUntil },
      consultation: time,
    });
  /** How often anybody's diary was looked at, in all and at most between two turns of others. */
  const looks = { all: 0, atOnce: 0, most: 0 };
  const snapshot: Snapshot = {
    ...{ desk, absences: [], now: NOW, looks: looksOf(looksAWeek) },
    diary: (advisorId) => {
      looks.all++;
      looks.most = Math.max(looks.most, ++looks.atOnce);
      return diaries.get(advisorId) ?? [];
    },
  };
  const turn = async () => {
    looks.atOnce = 0;
  };
  const [topic] = desk.topics;
  if (!topic) throw new Error('a desk without topics');
  const query: ResolvedQuery = { topic, language: 'en', mode: 'phone', audience: 'client' };
  const range = bookableStarts({ desk, now: NOW }, query, { start: NOW, end: Number.POSITIVE_INFINITY });
  return { desk, topic, bookings, snapshot, query, range, looks, turn };
}

describe('A small desk that is booked out', () => {
  it('is searched once for a whole day page, with turns for other requests', async () => {
    const { desk, topic, bookings, snapshot, query, range, looks, turn } = booked(0, MAX_LOOKS_A_WEEK);
    expect(bookings.length).toBeGreaterThan(2_800);
    expect(await freeSlotsByWeek(turn, snapshot, query, range)).toEqual([]);
    // That everybody is taken all the time is seen advisor by advisor: who else could do each booking is not even asked.
    expect(looks.all).toBeLessThan(bookings.length);
    const before = looks.all;
    for (const language of languagesForTopic(desk, topic.id))
      expect(await earliest(turn, snapshot, [{ ...query, language }], range)).toBeNull();
    for (const mode of topic.modes) expect(await earliest(turn, snapshot, [{ ...query, mode }], range)).toBeNull();
    expect(await bindingOf(turn, snapshot, query, range)).toBe('bookings');
    expect(looks.all - before).toBeLessThan(200);
    expect(looks.most).toBeLessThan(2_500);
  });

  it('is searched once for the start page, too', async () => {
    const { desk, bookings, snapshot, range, looks, turn } = booked(0, MAX_LOOKS_A_WEEK);
    for (const language of languagesOf(desk)) {
      const queries = desk.topics.map((topic): ResolvedQuery => ({ topic, language, audience: 'client' }));
      expect(await earliest(turn, snapshot, queries, range)).toBeNull();
    }
    expect(looks.all).toBeLessThan(bookings.length);
  });

  it.each([1, 3, 8])(
    'with gaps (%i %%) gives the same result with a budget of looks as without, and each start that is found can be booked',
    async (gaps) => {
      const bounded = booked(gaps, MAX_LOOKS_A_WEEK);
      const { desk, range, turn } = bounded;
      let found = 0;
      for (const topic of desk.topics.slice(0, 3)) {
        const query: ResolvedQuery = { topic, language: 'fr', audience: 'client' };
        const some = await freeSlotsByWeek(turn, bounded.snapshot, query, range);
        const { looks: _, ...boundless } = booked(gaps, 0).snapshot;
        const all = freeSlots(boundless, query, range);
        expect(some).toEqual(all.map(({ time, free }) => ({ time, free })));
        for (const slot of all) {
          const [alone] = freeSlots(boundless, query, { start: slot.time.start, end: slot.time.start + 1 });
          expect(alone).toEqual(slot);
        }
        found += all.filter(({ moves }) => moves.length > 0).length;
      }
      expect(found).toBeGreaterThan(gaps);
    },
  );

  it('offers free slots even when no looks are left, and no slots that need other bookings to move', async () => {
    const { snapshot, query, range, turn } = booked(3, 0);
    const found = await freeSlotsByWeek(turn, snapshot, query, range);
    expect(found.length).toBeGreaterThan(10);
    const named = freeSlots(snapshot, query, range);
    expect(named.map(({ time, free }) => ({ time, free }))).toEqual(found);
    for (const { moves } of named) expect(moves).toEqual([]);
  });
});
