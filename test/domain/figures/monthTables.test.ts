import { monthTables, outcomeOf } from '../../../src/domain/figures/monthTables';
import { aFactCount } from '../../support/figures';

const rowsOf = (rows: readonly { values: readonly string[]; count: number | null }[]) =>
  Object.fromEntries(rows.map(({ values, count }) => [values.join(' '), count]));

describe('The tables of a month', () => {
  it.each([
    ['completed', false, 'held'],
    ['checked_in', false, 'held'],
    ['confirmed', false, 'held'],
    ['no_show', false, 'missed'],
    ['cancelled', true, 'cancelled_late'],
    ['cancelled', false, 'cancelled'],
    ['requested', false, 'cancelled'],
  ] as const)('count %s (late: %s) as %s', (status, isCancelledLate, outcome) => {
    expect(outcomeOf({ status, isCancelledLate })).toBe(outcome);
  });

  it('count only consultations that were held by topic, language, mode and way', () => {
    const tables = monthTables([
      aFactCount(12),
      aFactCount(8, { topicId: 'career', language: 'uk', mode: 'phone', source: 'walk_in' }),
      aFactCount(6, { status: 'no_show' }),
    ]);
    expect(rowsOf(tables.topics)).toEqual({ residence: 12, career: 8 });
    expect(rowsOf(tables.languages)).toEqual({ en: 12, uk: 8 });
    expect(rowsOf(tables.modes)).toEqual({ in_person: 12, phone: 8 });
    expect(rowsOf(tables.ways)).toEqual({ appointment: 12, walk_in: 8 });
    expect(rowsOf(tables.consultations)).toEqual({ 'residence en in_person': 12, 'career uk phone': 8 });
    expect(rowsOf(tables.attendance)).toEqual({ held: 20, missed: 6, cancelled_late: 0, cancelled: 0 });
  });

  it('tell what came of each reminder, without what the desk cancelled', () => {
    const back = { status: 'cancelled', isGivenBack: true } as const;
    const tables = monthTables([
      ...[aFactCount(20), aFactCount(30, { reminded: 0 }), aFactCount(12, { reminded: 2 })],
      ...[aFactCount(6, { status: 'no_show' }), aFactCount(5, { status: 'no_show', reminded: 0 })],
      ...[aFactCount(9, { ...back, reminded: 2 }), aFactCount(7, { status: 'cancelled', reminded: 2 })],
    ]);
    expect(rowsOf(tables.reminders)).toEqual({
      ...{ 'none held': 20, '0 held': 30, '2 held': 12 },
      ...{ 'none missed': 6, '0 missed': 5, '2 given_back': 9 },
    });
    expect(rowsOf(tables.attendance)).toEqual({ held: 62, missed: 11, cancelled_late: 0, cancelled: 16 });
  });

  it('hide who missed it after a reminder, if they are few, and what would give them away', () => {
    const tables = monthTables([
      ...[aFactCount(20), aFactCount(30, { reminded: 0 })],
      ...[aFactCount(6, { status: 'no_show' }), aFactCount(2, { status: 'no_show', reminded: 0 })],
    ]);
    expect(rowsOf(tables.attendance)).toMatchObject({ missed: 8 });
    expect(rowsOf(tables.reminders)).toEqual({ 'none held': 20, '0 held': 30, 'none missed': null, '0 missed': null });
  });

  it('hide beside a small number what would give it away, in all tables', () => {
    const tables = monthTables([
      aFactCount(20),
      aFactCount(9, { topicId: 'career' }),
      aFactCount(2, { topicId: 'school' }),
    ]);
    expect(rowsOf(tables.persons)).toEqual({ contacts: 31, persons: 31 });
    expect(rowsOf(tables.topics)).toEqual({ residence: 20, career: null, school: null });
    expect(rowsOf(tables.consultations)).toEqual({
      'residence en in_person': 20,
      'career en in_person': null,
      'school en in_person': null,
    });
  });

  it('say nothing of a month in which fewer than five came, but that some did', () => {
    const tables = monthTables([aFactCount(4), aFactCount(1, { status: 'no_show' })]);
    expect(rowsOf(tables.persons)).toEqual({ contacts: null, persons: null });
    expect(rowsOf(tables.topics)).toEqual({ residence: null });
    expect(rowsOf(tables.attendance)).toEqual({ held: null, missed: null, cancelled_late: 0, cancelled: 0 });
  });

  it('are the same in whatever order the facts come', () => {
    const facts = ['a', 'b', 'c', 'd'].flatMap((topicId, i) =>
      ['de', 'en', 'uk'].map((language, j) => aFactCount(1 + ((5 * i + 3 * j) % 8), { topicId, language })),
    );
    expect(monthTables([...facts].reverse())).toEqual(monthTables(facts));
  });

  it('are told by topic and language alone, where more would be told apart than can be checked', () => {
    const facts = Array.from({ length: 30 }, (_, t) =>
      Array.from({ length: 30 }, (_, l) =>
        (['in_person', 'phone'] as const).map((mode) => aFactCount(9, { topicId: `t${t}`, language: `l${l}`, mode })),
      ),
    ).flat(2);
    const tables = monthTables(facts);
    expect(rowsOf(tables.topics)).toMatchObject({ t0: 540, t29: 540 });
    expect(rowsOf(tables.languages)).toMatchObject({ l0: 540 });
    expect(rowsOf(tables.modes)).toEqual({ in_person: null, phone: null });
    expect(tables.consultations).toHaveLength(1_800);
    expect(tables.consultations.every(({ count }) => count === null)).toBe(true);
  });

  it('hide persons that are fewer than five though the contacts are more', () => {
    expect(rowsOf(monthTables([aFactCount(9, { persons: 3 })]).persons)).toEqual({ contacts: 9, persons: null });
  });
});
