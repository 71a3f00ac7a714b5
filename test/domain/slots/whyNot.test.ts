import fc from 'fast-check';
import { MINUTE } from '../../../src/domain/calendar/interval';
import type { Absence, Desk } from '../../../src/domain/desk';
import { freeSlots, type Snapshot } from '../../../src/domain/slots/freeSlots';
import { gridStretches, refusedStretches } from '../../../src/domain/slots/refusedStretches';
import { whyNot } from '../../../src/domain/slots/whyNot';
import { aDesk, anAdvisor, aTaken, aTopic, diaryOf, NOW, span } from '../../support/builders';

const tuesday = (time: string, minutes = 30) => span(`2026-12-01T${time}:00+01:00`, minutes);
const at = (time: string) => tuesday(time).start;
const DAY = { start: at('00:00'), end: at('00:00') + 24 * 60 * MINUTE };
/** Nine to noon, and one to five. */
const rules = [
  { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '12:00' },
  { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '13:00', end: '17:00' },
];
const topic = aTopic({ id: 'school', bufferMinutes: 15 });
const one = anAdvisor({ id: 'a1', languages: ['de', 'en'], topics: ['school'] });

interface Given extends Partial<Pick<Snapshot, 'diary' | 'now'>> {
  readonly desk?: Partial<Desk>;
  readonly absences?: readonly Absence[];
}

/** The snapshot, and who and what is asked about in it. */
function given({ desk: part = {}, absences = [], diary = () => [], now = NOW }: Given = {}) {
  const desk = aDesk({
    fixedMinutes: 0,
    topics: [topic],
    advisors: [one, anAdvisor({ id: 'a2', languages: ['ja'], topics: ['school'] })],
    hours: { ...aDesk().hours, rules },
    ...part,
  });
  return { desk, absences, diary, now } satisfies Snapshot;
}

const query = { topic, language: 'en', mode: 'in_person', audience: 'staff' } as const;

function why(snapshot: Snapshot, time: string, asked: Partial<typeof query> = {}) {
  const [advisor = one] = snapshot.desk.advisors;
  return whyNot(snapshot, { ...query, ...asked }, { advisor, range: DAY })(at(time));
}

const away = (time: string, minutes: number): Absence => ({
  id: time,
  advisorId: 'a1',
  time: tuesday(time, minutes),
  reason: null,
});
const taken = (time: string, part: Partial<Parameters<typeof aTaken>[0]> = {}) =>
  aTaken({ advisorId: 'a1', time: tuesday(time), ...part });
const withEntries = (...entries: readonly ReturnType<typeof aTaken>[]) => given({ diary: diaryOf(entries) });

describe('Why an advisor cannot take a consultation', () => {
  it('is nothing where the advisor can', () => {
    expect(why(given(), '09:00')).toBeNull();
  });

  it('is the topic, the language or the mode, at any time', () => {
    const left = given({ desk: { advisors: [{ ...one, topics: [], retired: true }] } });
    expect(why(left, '03:00')).toEqual({ why: 'topic', topicId: 'school' });
    expect(why(given(), '03:00', { language: 'ja' as 'en' })).toEqual({ why: 'language', language: 'ja' });
    const onlyPhone = { ...topic, modes: ['phone'] as const };
    expect(why(given(), '03:00', { topic: onlyPhone })).toEqual({ why: 'mode', mode: 'in_person' });
  });

  it('is the past, but for the slot that is running', () => {
    const late = given({ now: at('10:10') });
    expect(why(late, '09:30')).toEqual({ why: 'past' });
    expect(why(late, '10:00')).toBeNull();
  });

  it('is that the desk is closed, or closes before the buffer ends', () => {
    expect(why(given(), '08:30')).toEqual({ why: 'closed', until: null });
    expect(why(given(), '12:00')).toEqual({ why: 'closed', until: null });
    expect(why(given(), '11:30')).toEqual({ why: 'closed', until: at('12:00') });
    expect(why(given(), '11:00')).toBeNull();
  });

  it('is that nothing begins then', () => {
    expect(why(given(), '09:10')).toEqual({ why: 'grid', gridMinutes: 30 });
  });

  it('is that the advisor does not work, or not long enough', () => {
    const workingRules = [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '10:00', end: '11:00' }];
    const short = given({ desk: { advisors: [{ ...one, workingRules }] } });
    expect(why(short, '09:00')).toEqual({ why: 'outside-hours', until: null });
    expect(why(short, '10:00')).toBeNull();
    expect(why(short, '10:30')).toEqual({ why: 'outside-hours', until: at('11:00') });
  });

  it('is an absence until its end, also if it only overlaps the buffer', () => {
    const ill = given({ absences: [away('10:40', 20), away('11:00', 60)] });
    expect(why(ill, '10:00')).toEqual({ why: 'away', until: at('12:00') });
    expect(why(ill, '11:00')).toEqual({ why: 'away', until: at('12:00') });
    expect(why(ill, '09:30')).toBeNull();
    expect(why(given({ absences: [{ ...away('10:40', 20), advisorId: 'a2' }] }), '10:00')).toBeNull();
  });

  it('is another booking, or a hold whose id is not said', () => {
    expect(why(withEntries(taken('10:00')), '10:00')).toEqual({
      why: 'taken',
      until: at('10:30'),
      bookingId: `a1 ${at('10:00')}`,
    });
    const held = taken('10:00', { heldUntil: at('10:00') });
    expect(why(withEntries(held), '10:00')).toEqual({ why: 'taken', until: at('10:30'), bookingId: null });
  });

  it('is nothing if the other booking can go to somebody else', () => {
    const movable = taken('10:00', { movable: true, topicId: 'school', language: 'ja' });
    expect(why(withEntries(movable), '10:00')).toBeNull();
    const free = given({ diary: diaryOf([movable]), desk: { advisors: [one] } });
    expect(why(free, '10:00')).toMatchObject({ why: 'taken' });
  });

  it('is the buffer of the one before, or its own', () => {
    const before = taken('09:30', { time: tuesday('09:30', 50), consultation: tuesday('09:30', 30) });
    expect(why(withEntries(before), '10:00')).toEqual({ why: 'buffer', minutes: 20 });
    expect(why(withEntries(taken('10:00')), '09:30')).toEqual({ why: 'buffer', minutes: 15 });
  });

  it('is that no place is left, or that what is left is kept for others', () => {
    const other = aTaken({ advisorId: 'a2', time: tuesday('10:00'), mode: 'in_person' });
    const capacities = { in_person: 1 };
    const full = given({ diary: diaryOf([other]), desk: { capacities } });
    expect(why(full, '10:00')).toEqual({ why: 'rooms', mode: 'in_person', capacity: 1 });
    expect(why(full, '10:30')).toBeNull();
    const kept = { language: 'de', topicId: null, urgent: false, startsPerDay: 20, releaseWorkingDays: 0 };
    expect(why(given({ desk: { reserves: [kept] } }), '10:00')).toEqual({ why: 'reserved' });
    const both = given({ diary: diaryOf([other]), desk: { capacities, reserves: [kept] } });
    expect(why(both, '10:00')).toEqual({ why: 'rooms', mode: 'in_person', capacity: 1 });
  });

  it('is nothing exactly where the search finds a slot with the advisor', () => {
    const starts = ['09:00', '09:30', '10:00', '10:30', '11:00'];
    const entry = fc.record({
      advisorId: fc.constantFrom('a1', 'a2'),
      start: fc.constantFrom(...starts),
      language: fc.constantFrom('de', 'ja'),
      mode: fc.constantFrom('in_person' as const, 'phone' as const),
      movable: fc.boolean(),
    });
    const kept = fc.record({
      language: fc.constantFrom('de', 'ja'),
      topicId: fc.constant(null),
      urgent: fc.constant(false),
      startsPerDay: fc.integer({ min: 1, max: 6 }),
      releaseWorkingDays: fc.constant(0),
    });
    const found = new Set<string | undefined>();
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { maxLength: 7, selector: ({ advisorId, start }) => `${advisorId} ${start}` }),
        fc.array(kept, { maxLength: 1 }),
        fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
        (entries, reserves, rooms) => {
          const engaged = entries.map(({ start, ...rest }) =>
            aTaken({ ...rest, time: tuesday(start), topicId: 'school' }),
          );
          const snapshot = given({
            diary: diaryOf(engaged),
            desk: { reserves, capacities: rooms === undefined ? {} : { in_person: rooms } },
          });
          for (const advisor of snapshot.desk.advisors) {
            const free = freeSlots(snapshot, { ...query, advisorId: advisor.id }, DAY).map(({ time }) => time.start);
            const against = whyNot(snapshot, query, { advisor, range: DAY });
            for (const { start } of gridStretches(snapshot.desk, DAY)) {
              found.add(against(start)?.why);
              expect([start, against(start) === null]).toEqual([start, free.includes(start)]);
            }
          }
        },
      ),
      { numRuns: 200, seed: 9 },
    );
    expect([...found].sort()).toEqual(['buffer', 'closed', 'language', 'reserved', 'rooms', 'taken', undefined]);
  });
});

describe('The day on the grid', () => {
  const clock = (instant: number) => new Date(instant + 60 * MINUTE).toISOString().slice(11, 16);
  const shown = (stretches: readonly { start: number; end: number }[]) =>
    stretches.map(({ start, end }) => `${clock(start)}–${clock(end)}`);

  it('is cut from the first opening to the last closing, pauses included, and within the range', () => {
    const odd = [
      { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '09:45' },
      { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '10:25', end: '11:00' },
    ];
    const { desk } = given({ desk: { hours: { ...aDesk().hours, rules: odd } } });
    const all = ['09:00–09:30', '09:30–09:45', '09:45–10:15', '10:15–10:25', '10:25–10:55', '10:55–11:00'];
    expect(shown(gridStretches(desk, DAY))).toEqual(all);
    expect(shown(gridStretches(desk, { start: at('09:30'), end: at('10:00') }))).toEqual([
      '09:30–09:45',
      '09:45–10:00',
    ]);
    expect(gridStretches(desk, { start: DAY.end, end: DAY.end + 24 * 60 * MINUTE })).toEqual([]);
  });

  it('is refused in stretches of one reason each', () => {
    const snapshot = given({
      absences: [away('10:00', 60)],
      diary: diaryOf([taken('13:00'), taken('13:30')]),
    });
    const against = whyNot(snapshot, query, { advisor: one, range: DAY });
    const joined = refusedStretches(gridStretches(snapshot.desk, DAY), 'a1', against);
    expect(joined.map(({ start, end, against: { why: code } }) => `${clock(start)}–${clock(end)} ${code}`)).toEqual([
      '09:30–11:00 away',
      '11:30–12:00 closed',
      '12:00–13:00 closed',
      '13:00–13:30 taken',
      '13:30–14:00 taken',
      '16:30–17:00 closed',
    ]);
    expect(joined.every(({ advisorId }) => advisorId === 'a1')).toBe(true);
  });
});
