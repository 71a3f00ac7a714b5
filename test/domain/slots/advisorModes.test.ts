import fc from 'fast-check';
import { MINUTE } from '../../../src/domain/calendar/interval';
import { type Capacities, MODES, type Mode } from '../../../src/domain/desk';
import { languagesForTopic, modesForTopic } from '../../../src/domain/offering';
import type { Engagement } from '../../../src/domain/slots/engagement';
import { fitChecker } from '../../../src/domain/slots/fit';
import { freeSlots, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { isOverridable } from '../../../src/domain/slots/targets';
import { whyNot } from '../../../src/domain/slots/whyNot';
import { whyNothing } from '../../../src/domain/slots/whyNothing';
import { aDesk, anAdvisor, aTaken, aTopic, diaryOf, NOW, span } from '../../support/builders';
import { cases } from '../../support/cases';

const NINE = span('2026-12-01T09:00:00+01:00', 30);
const AT_NINE = { start: NINE.start, end: NINE.start + 1 };
const IDS = ['a', 'b', 'c', 'd'] as const;

const modes = fc.subarray([...MODES], { minLength: 1 });
const capacity = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
const booked = fc.record({ mode: fc.constantFrom(...MODES), movable: fc.boolean(), isBusy: fc.boolean() });
const situation = fc.record({
  limits: fc.array(fc.option(modes, { nil: undefined }), { minLength: 4, maxLength: 4 }),
  offered: modes,
  rooms: fc.record({ in_person: capacity, phone: capacity, video: capacity }),
  engaged: fc.array(booked, { minLength: 4, maxLength: 4 }),
  asked: fc.option(fc.constantFrom(...MODES), { nil: undefined }),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function given({ limits, offered, rooms, engaged }: Situation) {
  const topic = aTopic({ modes: offered });
  const advisors = IDS.map((id, i) =>
    anAdvisor({ id, languages: ['de'], topics: ['residence'], ...(limits[i] && { modes: limits[i] }) }),
  );
  const capacities = Object.fromEntries(Object.entries(rooms).filter(([, most]) => most !== undefined)) as Capacities;
  const desk = aDesk({ topics: [topic], advisors, capacities, fixedMinutes: 0 });
  const taken = IDS.flatMap((advisorId, i) => {
    const { mode = 'phone', movable = false, isBusy = false } = engaged[i] ?? {};
    return isBusy && does(limits[i], mode) ? [aTaken({ id: advisorId, advisorId, time: NINE, mode, movable })] : [];
  });
  return { desk, topic, taken };
}

const does = (limit: readonly Mode[] | undefined, mode: Mode) => limit === undefined || limit.includes(mode);

/** Tries every choice of modes and every assignment. @returns the most consultations that fit beside those that are there */
function mostThatFit({ limits, offered, rooms, asked }: Situation, taken: readonly Engagement[]): number {
  const isRoom = (waiting: readonly (Engagement | Mode)[], seated: readonly string[]): boolean => {
    const [next, ...others] = waiting;
    if (!next) return true;
    const mode = typeof next === 'string' ? next : next.mode;
    const stays = typeof next !== 'string' && !next.movable;
    return IDS.some((id, i) => {
      const may = stays ? next.advisorId === id : does(limits[i], mode);
      return may && !seated.includes(id) && isRoom(others, [...seated, id]);
    });
  };
  const hasPlaces = (newcomers: readonly Mode[]) =>
    MODES.every((mode) => {
      const used = taken.filter((each) => each.mode === mode).length;
      const more = newcomers.filter((each) => each === mode).length;
      return more === 0 || used + more <= (rooms[mode] ?? Number.POSITIVE_INFINITY);
    });
  const choices = offered.filter((mode) => asked === undefined || asked === mode);
  const most = (newcomers: readonly Mode[]): number =>
    Math.max(
      newcomers.length,
      ...choices
        .filter((mode) => mode >= (newcomers.at(-1) ?? ''))
        .map((mode) => [...newcomers, mode])
        .filter((more) => hasPlaces(more) && isRoom([...taken, ...more], []))
        .map(most),
    );
  return most([]);
}

describe('An advisor’s own modes', () => {
  it('leave exactly as much as some assignment of everybody has room for, and all of it can be booked', () => {
    fc.assert(
      fc.property(situation, (some) => {
        const { desk, topic, taken: before } = given(some);
        const query = { topic, language: 'de', mode: some.asked, audience: 'client' } as const;
        let taken = before;
        for (let left = mostThatFit(some, before); left >= 0; left--) {
          const [slot] = freeSlots({ desk, absences: [], diary: diaryOf(taken), now: NOW }, query, AT_NINE);
          expect(slot?.free ?? 0).toBe(left);
          if (!slot) break;
          for (const { assignment, to } of slot.moves)
            taken = taken.map((each) => (each.id === assignment.id ? { ...each, advisorId: to } : each));
          for (const { modes: limit } of slot.advisors) expect(does(limit, slot.mode)).toBe(true);
          const newcomer = { id: `new ${left}`, advisorId: slot.advisors[0]?.id ?? '', time: NINE, movable: true };
          taken = [...taken, aTaken({ ...newcomer, mode: slot.mode })];
          expect(new Set(taken.map(({ advisorId }) => advisorId)).size).toBe(taken.length);
          const limitOf = (id: string) => desk.advisors.find((each) => each.id === id)?.modes;
          expect(taken.filter(({ advisorId, mode }) => !does(limitOf(advisorId), mode))).toEqual([]);
        }
      }),
      { numRuns: cases(2_000) },
    );
  });

  it('are named where they alone stand against a consultation, and staff may leave them with a reason', () => {
    fc.assert(
      fc.property(situation, fc.constantFrom(...MODES), (some, mode) => {
        const { desk, topic, taken } = given(some);
        const snapshot: Snapshot = { desk, absences: [], diary: diaryOf(taken), now: NOW };
        const query = { topic, language: 'de', mode, audience: 'staff' } as const;
        const checks = fitChecker(desk, []);
        for (const advisor of desk.advisors) {
          const against = whyNot(snapshot, query, { advisor, range: AT_NINE })(NINE.start);
          const isFree = freeSlots(snapshot, { ...query, advisorId: advisor.id }, AT_NINE).length > 0;
          expect(against === null).toBe(isFree);
          const isLimited = topic.modes.includes(mode) && !does(advisor.modes, mode);
          expect(against?.why === 'not-in-mode').toBe(isLimited);
          if (isLimited && against) expect(isOverridable(against)).toBe(true);
          const placed = checks({ advisorId: advisor.id, topicId: topic.id, language: 'de', mode, start: NINE.start });
          expect(Array.isArray(placed)).toBe(!topic.modes.includes(mode) || !does(advisor.modes, mode));
        }
      }),
      { numRuns: cases(500) },
    );
  });

  it('decide in which modes and languages a topic is offered', () => {
    const topic = aTopic();
    const home = anAdvisor({ id: 'home', languages: ['de', 'ja'], topics: ['residence'], modes: ['phone', 'video'] });
    const there = anAdvisor({ id: 'there', languages: ['de'], topics: ['residence'], modes: ['in_person'] });
    const desk = aDesk({ topics: [topic], advisors: [home, there] });
    expect(modesForTopic(desk, topic)).toEqual(['in_person', 'phone', 'video']);
    expect(modesForTopic(desk, topic, 'ja')).toEqual(['phone', 'video']);
    expect(languagesForTopic(desk, 'residence')).toEqual(['de', 'ja']);
    expect(languagesForTopic(desk, 'residence', 'in_person')).toEqual(['de']);
    expect(modesForTopic(aDesk({ topics: [topic], advisors: [] }), topic)).toEqual(topic.modes);
    const visits = aTopic({ modes: ['in_person'] });
    expect(languagesForTopic(aDesk({ topics: [visits], advisors: [home] }), 'residence')).toEqual([]);
  });

  it('are why nothing is found where somebody speaks the language, but not in the mode', () => {
    const topic = aTopic();
    const desk = aDesk({ topics: [topic], advisors: [anAdvisor({ languages: ['de'], modes: ['phone'] })] });
    const snapshot: Snapshot = { desk, absences: [], diary: () => [], now: NOW + MINUTE };
    const why = (mode: Mode, language = 'de') =>
      whyNothing(snapshot, { topic, language, mode, audience: 'client' }).next().value;
    expect(why('video')).toBe('mode');
    expect(why('video', 'ja')).toBe('language');
    expect(why('phone')).not.toBe('mode');
  });
});
