import fc from 'fast-check';
import { MINUTE } from '../../../src/domain/calendar/interval';
import type { Engagement } from '../../../src/domain/slots/engagement';
import type { ResolvedQuery } from '../../../src/domain/slots/freeSlots';
import { type Mover, permutation } from '../../../src/domain/slots/permutation';
import { aDesk, anAdvisor, aTaken, aTopic, diaryOf, NOW, TUESDAY_NINE } from '../../support/builders';

const LANGUAGES = ['de', 'en', 'ja'];
const desk = aDesk({
  fixedMinutes: 0,
  advisors: [
    anAdvisor({ id: 'a1', languages: ['de'] }),
    anAdvisor({ id: 'a2', languages: ['de', 'en'] }),
    anAdvisor({ id: 'a3', languages: ['en', 'ja'] }),
  ],
});
const STARTS = [0, 1, 2].map((half) => TUESDAY_NINE.start + half * 30 * MINUTE);
const at = (start: number) => ({ start, end: start + 30 * MINUTE });

const snapshot = (taken: readonly Engagement[]) => ({ desk, absences: [], diary: diaryOf(taken), now: NOW });

function aMover(taken: Engagement, start: number, advisorId?: string): Mover {
  const query: ResolvedQuery = { topic: aTopic(), language: taken.language ?? 'de', audience: 'staff', advisorId };
  return {
    id: taken.id,
    query,
    start,
    before: { start: taken.time.start, advisorId: taken.advisorId },
    movable: taken.movable,
  };
}

const speaks = (advisorId: string, language: string | null) =>
  desk.advisors.some(({ id, languages }) => id === advisorId && languages.includes(language ?? ''));

/** Whether all can be somewhere at once, tried out one after the other; `only`: the advisors that each may have. */
function fitsSomehow(all: readonly { start: number; only: readonly string[] }[]): boolean {
  const taken = new Set<string>();
  const place = (i: number): boolean => {
    const next = all[i];
    if (!next) return true;
    for (const advisorId of next.only) {
      const key = `${advisorId} ${next.start}`;
      if (taken.has(key)) continue;
      taken.add(key);
      if (place(i + 1)) return true;
      taken.delete(key);
    }
    return false;
  };
  return place(0);
}

describe('A permutation', () => {
  const nine = aTaken({ advisorId: 'a2', time: at(STARTS[0] ?? 0), language: 'en' });
  const half = aTaken({ advisorId: 'a3', time: at(STARTS[1] ?? 0), language: 'en' });
  const [first = 0, second = 0] = STARTS;

  it('lets two bookings swap where everything else is occupied', () => {
    const others = [first, second].flatMap((start) =>
      ['a1', 'a2', 'a3']
        .filter((id) => !(start === first ? id === 'a2' : id === 'a3'))
        .map((advisorId) => aTaken({ advisorId, time: at(start), language: advisorId === 'a3' ? 'ja' : 'de' })),
    );
    const { places, ...rest } = permutation(snapshot([nine, half, ...others]), [
      aMover(nine, second),
      aMover(half, first),
    ]);
    expect(rest).toEqual({ others: [], refused: [] });
    expect(places.map(({ id, advisorId, time }) => [id, advisorId, time.start])).toEqual([
      [nine.id, 'a3', second],
      [half.id, 'a2', first],
    ]);
  });

  it('refuses a booking for which nothing is left, and names it', () => {
    const both = permutation(snapshot([nine, half]), [aMover(nine, second, 'a3'), aMover(half, second, 'a3')]);
    expect([both.refused, both.places.map(({ id }) => id)]).toEqual([[half.id], [nine.id]]);
  });

  it('keeps the advisor of a booking that stays at its time, if possible', () => {
    expect(permutation(snapshot([half]), [aMover(half, second)]).places).toMatchObject([{ advisorId: 'a3' }]);
  });

  it('places who insists after another who makes their advisor free, whichever is asked first', () => {
    // Both want a2, where an hour that gives way begins after half an hour.
    const hour = { start: second, end: second + 60 * MINUTE };
    const givesWay = aTaken({ advisorId: 'a2', time: hour, topicId: 'career', movable: true });
    const [insisting, named] = ['x', 'y'].map((id) => aTaken({ id, advisorId: 'a3', time: at(first) }));
    const time = { start: first, end: second };
    const movers: Mover[] = [
      {
        ...aMover({ ...(insisting as Engagement), language: 'ja' }, first, 'a2'),
        insists: { time, blockedUntil: second + 15 * MINUTE },
      },
      aMover(named as Engagement, second + 30 * MINUTE, 'a2'),
    ];
    for (const lines of [movers, movers.toReversed()]) {
      const { refused, others } = permutation(snapshot([givesWay]), lines);
      expect([refused, others.map(({ to }) => to)]).toEqual([[], ['a1']]);
    }
    expect(permutation(snapshot([givesWay]), movers.slice(0, 1)).refused).toEqual(['x']);
  });

  it('finds places for all bookings exactly if there are some, at a desk with one duration', () => {
    const entry = fc.record({
      language: fc.constantFrom(...LANGUAGES),
      movable: fc.boolean(),
      moves: fc.boolean(),
      to: fc.constantFrom(...STARTS),
      names: fc.option(fc.constantFrom('a1', 'a2', 'a3'), { nil: undefined, freq: 4 }),
    });
    const cells = STARTS.flatMap((start) => desk.advisors.map(({ id }) => ({ start, advisorId: id })));
    let [found, refused] = [0, 0];
    fc.assert(
      fc.property(fc.tuple(...cells.map(() => fc.option(entry, { freq: 3 }))), (row) => {
        const all = cells.flatMap(({ start, advisorId }, i) => {
          const given = row[i];
          if (!given) return [];
          const language = speaks(advisorId, given.language) ? given.language : advisorId === 'a1' ? 'de' : 'en';
          const taken = aTaken({ advisorId, time: at(start), language, movable: given.movable });
          return [{ ...given, taken, start }];
        });
        const movers = all.filter(({ moves }) => moves);
        if (movers.length === 0) return;
        const result = permutation(
          snapshot(all.map(({ taken }) => taken)),
          movers.map(({ taken, to, names }) => aMover(taken, to, names)),
        );
        const able = (taken: Engagement) =>
          desk.advisors.map(({ id }) => id).filter((id) => speaks(id, taken.language));
        const wanted = all.map(({ taken, moves, to, names, start }) => {
          if (!moves) return { start, only: taken.movable ? able(taken) : [taken.advisorId] };
          return { start: to, only: able(taken).filter((id) => names === undefined || id === names) };
        });
        expect(result.refused.length === 0).toBe(fitsSomehow(wanted));
        result.refused.length === 0 ? found++ : refused++;
        if (result.refused.length > 0) return;
        // What it says can be: nobody is in two places, and each is where they may be.
        const then = all.map(({ taken, moves, start }) => {
          const place = result.places.find(({ id }) => id === taken.id);
          const other = result.others.find(({ assignment }) => assignment.id === taken.id);
          if (!moves) expect(place).toBeUndefined();
          if (!taken.movable) expect(other).toBeUndefined();
          return { start: place?.time.start ?? start, only: [place?.advisorId ?? other?.to ?? taken.advisorId] };
        });
        expect(fitsSomehow(then)).toBe(true);
      }),
      { numRuns: 600, seed: 9 },
    );
    expect(Math.min(found, refused)).toBeGreaterThan(50);
  });
});
