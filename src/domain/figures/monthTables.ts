import type { ConsultationFact } from '../booking/consultationFact';
import { isSmall, tellable } from './suppression';

/** Equal facts, and how many there are. */
export interface FactCount
  extends Pick<
    ConsultationFact,
    'month' | 'topicId' | 'language' | 'mode' | 'source' | 'status' | 'isCancelledLate' | 'waitingDays'
  > {
  readonly count: number;
  /** Of all of them together. */
  readonly persons: number;
  readonly minutes: number;
}

/** What became of an appointment. One that nobody closed counts as held. */
const OUTCOMES = ['held', 'missed', 'cancelled_late', 'cancelled'] as const;
type Outcome = (typeof OUTCOMES)[number];

export function outcomeOf({ status, isCancelledLate }: Pick<FactCount, 'status' | 'isCancelledLate'>): Outcome {
  if (status === 'no_show') return 'missed';
  if (status === 'cancelled' || status === 'requested') return isCancelledLate ? 'cancelled_late' : 'cancelled';
  return 'held';
}

/** The tables that count, and what tells their rows apart, beside the month. */
export const COUNT_TABLES = {
  persons: ['unit'],
  attendance: ['outcome'],
  topics: ['topic'],
  languages: ['language'],
  modes: ['mode'],
  ways: ['way'],
  consultations: ['topic', 'language', 'mode'],
} as const;
export type CountTable = keyof typeof COUNT_TABLES;

/** A row of such a table: a value for each of its dimensions, and the number; null: hidden. */
interface CountRow {
  readonly values: readonly string[];
  readonly count: number | null;
}

/** All that is told of one month in numbers of consultations and people. */
export type MonthTables = Readonly<Record<CountTable, readonly CountRow[]>>;

/** By these the consultations that were held are told apart; the order is the precedence. */
const HELD_BY: Readonly<
  Record<'topics' | 'languages' | 'modes' | 'ways' | 'consultations', (of: FactCount) => string[]>
> = {
  topics: ({ topicId }) => [topicId],
  languages: ({ language }) => [language],
  modes: ({ mode }) => [mode],
  ways: ({ source }) => [source === 'walk_in' ? 'walk_in' : 'appointment'],
  consultations: ({ topicId, language, mode }) => [topicId, language, mode],
};

/**
 * Counts the facts of one month. What would tell of fewer than five people is hidden in all tables together, so that no
 * table gives away what another hides. Rows that are 0 are left out, but in `persons` and `attendance`.
 */
export function monthTables(facts: readonly FactCount[]): MonthTables {
  const cells = cellsOf(facts);
  const held = cells.flatMap(({ outcome }, i) => (outcome === 'held' ? [i] : []));
  const rows: { table: CountTable; values: readonly string[]; parts: readonly number[] }[] = [
    { table: 'persons', values: ['contacts'], parts: held },
    ...OUTCOMES.map((outcome) => ({
      table: 'attendance' as const,
      values: [outcome],
      parts: cells.flatMap((cell, i) => (cell.outcome === outcome ? [i] : [])),
    })),
  ];
  for (const [table, valuesOf] of Object.entries(HELD_BY) as [keyof typeof HELD_BY, (of: FactCount) => string[]][]) {
    const groups = new Map<string, { table: CountTable; values: string[]; parts: number[] }>();
    for (const i of held) {
      const values = valuesOf((cells[i] as Cell).of);
      const group = groups.get(values.join('\n')) ?? { table, values, parts: [] };
      group.parts.push(i);
      groups.set(values.join('\n'), group);
    }
    rows.push(...bySize([...groups.values()], cells));
  }
  const counts = cells.map(({ count }) => count);
  const told = tellable(
    counts,
    rows.map(({ parts }) => parts),
  );
  const shown = rows.map(({ table, values, parts }, i) => ({
    table,
    row: { values, count: told[i] ? parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0) : null },
  }));
  const of = (table: CountTable) => shown.filter((each) => each.table === table).map(({ row }) => row);
  return {
    persons: [...of('persons'), personsRow(facts, told[0] === true)],
    attendance: of('attendance'),
    ...(Object.fromEntries(Object.keys(HELD_BY).map((table) => [table, byValues(of(table as CountTable))])) as Record<
      keyof typeof HELD_BY,
      CountRow[]
    >),
  };
}

/** Facts that no table tells apart. */
interface Cell {
  readonly outcome: Outcome;
  readonly of: FactCount;
  count: number;
}

function cellsOf(facts: readonly FactCount[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const fact of facts) {
    const outcome = outcomeOf(fact);
    const key = outcome === 'held' ? [...HELD_BY.consultations(fact), ...HELD_BY.ways(fact)].join('\n') : outcome;
    const cell = cells.get(key);
    if (cell) cell.count += fact.count;
    else cells.set(key, { outcome, of: fact, count: fact.count });
  }
  return [...cells.values()];
}

/** The larger before the smaller, and what is equal by its name, so that the same facts always give the same tables. */
function bySize<T extends { readonly values: readonly string[]; readonly parts: readonly number[] }>(
  groups: readonly T[],
  cells: readonly Cell[],
): T[] {
  const sizeOf = ({ parts }: T) => parts.reduce((sum, part) => sum + (cells[part]?.count ?? 0), 0);
  return [...groups].sort((a, b) => sizeOf(b) - sizeOf(a) || compared(a.values, b.values));
}

const byValues = (rows: readonly CountRow[]) => [...rows].sort((a, b) => compared(a.values, b.values));

function compared(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join('\n'), b.join('\n')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Persons are no sum of consultations, so nothing else can be computed from them; but few are few. */
function personsRow(facts: readonly FactCount[], isContactsTold: boolean): CountRow {
  const held = facts.filter((fact) => outcomeOf(fact) === 'held');
  const persons = held.reduce((sum, fact) => sum + fact.persons, 0);
  return { values: ['persons'], count: isContactsTold && !isSmall(persons) ? persons : null };
}
