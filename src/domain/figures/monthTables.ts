import type { ConsultationFact } from '../booking/consultationFact';
import { groupBy } from '../groupBy';
import { isSmall, MAX_COUNTS, tellable } from './suppression';

/** Equal facts, and how many there are. */
export interface FactCount
  extends Pick<
    ConsultationFact,
    | 'month'
    | 'topicId'
    | 'language'
    | 'mode'
    | 'source'
    | 'status'
    | 'isCancelledLate'
    | 'isGivenBack'
    | 'reminded'
    | 'waitingDays'
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
  reminders: ['reminder', 'outcome'],
} as const;
export type CountTable = keyof typeof COUNT_TABLES;

/** A row of such a table: a value for each of its dimensions, and the number; null: hidden. */
interface CountRow {
  readonly values: readonly string[];
  readonly count: number | null;
}

/** All that is told of one month in numbers of consultations and people. */
export type MonthTables = Readonly<Record<CountTable, readonly CountRow[]>>;

type HeldTable = Exclude<CountTable, 'persons' | 'attendance' | 'reminders'>;

/** What an appointment came to after a reminder, if it was not the desk that cancelled it. */
const ANSWERS = ['held', 'missed', 'given_back'] as const;
type Answer = (typeof ANSWERS)[number];

/** How appointments are told apart by reminders: by the last that went out before, and what they came to. */
function reminderOf(of: FactCount): string[] {
  return [of.reminded === null ? 'none' : String(of.reminded), answerOf(of) ?? 'cancelled'];
}

function answerOf(of: FactCount): Answer | null {
  const outcome = outcomeOf(of);
  if (outcome === 'held' || outcome === 'missed') return outcome;
  return of.isGivenBack ? 'given_back' : null;
}

/** By these the consultations that were held are told apart; the order is the precedence. */
const HELD_BY: Readonly<Record<HeldTable, (of: FactCount) => string[]>> = {
  topics: ({ topicId }) => [topicId],
  languages: ({ language }) => [language],
  modes: ({ mode }) => [mode],
  ways: ({ source }) => [source === 'walk_in' ? 'walk_in' : 'appointment'],
  consultations: ({ topicId, language, mode }) => [topicId, language, mode],
};

/**
 * What is counted together. At a desk at which too much is told apart to decide what follows from what, the first of
 * these that is few enough is told, and the other tables are hidden.
 */
const LEVELS: readonly (readonly (HeldTable | 'reminders')[])[] = [
  ['topics', 'languages', 'modes', 'ways', 'consultations', 'reminders'],
  ['topics', 'languages', 'modes', 'ways', 'consultations'],
  ['topics', 'languages'],
  ['topics'],
  [],
];

/**
 * Counts the facts of one month. What would tell of fewer than five people is hidden in all tables together, so that no
 * table gives away what another hides. Rows that are 0 are left out, but in `persons` and `attendance`.
 */
export function monthTables(facts: readonly FactCount[]): MonthTables {
  const levels = LEVELS.map((tables) => ({ tables, cells: cellsOf(facts, tables) }));
  const level = levels.find(({ cells }) => cells.length <= MAX_COUNTS) ?? levels.at(-1);
  const { tables: counted = [], cells = [] } = level ?? {};
  const tables = counted.filter((table) => table !== 'reminders');
  const byReminder = counted.includes('reminders') ? groupsByReminder(cells) : [];
  const held = cells.flatMap(({ outcome }, i) => (outcome === 'held' ? [i] : []));
  const rows: { table: CountTable; values: readonly string[]; parts: readonly number[] }[] = [
    { table: 'persons', values: ['contacts'], parts: held },
    ...OUTCOMES.map((outcome) => ({
      table: 'attendance' as const,
      values: [outcome],
      parts: cells.flatMap((cell, i) => (cell.outcome === outcome ? [i] : [])),
    })),
    ...tables.flatMap((table) => bySize(groupsOf(table, held, cells), cells)),
    ...bySize(byReminder, cells),
  ];
  const counts = cells.map(({ count }) => count);
  const told = tellable(
    counts,
    rows.map(({ parts }) => parts),
  );
  const shown = rows.map(({ table, values, parts }, i) => ({
    table,
    row: { values, count: told[i] ? parts.reduce((sum, part) => sum + (counts[part] ?? 0), 0) : null },
  }));
  const of = (table: CountTable): CountRow[] => shown.filter((each) => each.table === table).map(({ row }) => row);
  const heldTable = (table: HeldTable) => byValues(tables.includes(table) ? of(table) : hiddenRows(table, facts));
  return {
    persons: [...of('persons'), personsRow(facts, told[0] === true)],
    attendance: of('attendance'),
    topics: heldTable('topics'),
    languages: heldTable('languages'),
    modes: heldTable('modes'),
    ways: heldTable('ways'),
    consultations: heldTable('consultations'),
    reminders: byValues(counted.includes('reminders') ? of('reminders') : hiddenReminders(facts)),
  };
}

/** Facts that no table tells apart. */
interface Cell {
  readonly outcome: Outcome;
  readonly of: FactCount;
  count: number;
}

function cellsOf(facts: readonly FactCount[], tables: readonly (HeldTable | 'reminders')[]): Cell[] {
  const keysOf = (fact: FactCount) =>
    tables.flatMap((table) => (table === 'reminders' ? reminderOf(fact) : HELD_BY[table](fact)));
  const othersOf = (fact: FactCount) => (tables.includes('reminders') ? reminderOf(fact) : []);
  const cells = new Map<string, Cell>();
  for (const fact of facts) {
    const outcome = outcomeOf(fact);
    const key = (outcome === 'held' ? keysOf(fact) : ['', outcome, ...othersOf(fact)]).join('\n');
    const cell = cells.get(key);
    if (cell) cell.count += fact.count;
    else cells.set(key, { outcome, of: fact, count: fact.count });
  }
  return [...cells.values()];
}

/** Returns the rows of a table, each with its cells. */
function groupsOf(table: HeldTable, held: readonly number[], cells: readonly Cell[]) {
  const groups = groupBy(held, (i) => HELD_BY[table]((cells[i] as Cell).of).join('\n'));
  return [...groups].map(([key, parts]) => ({ table, values: key.split('\n'), parts }));
}

/** Returns a row for each reminder and what came of it, with its cells. */
function groupsByReminder(cells: readonly Cell[]) {
  const answered = cells.flatMap(({ of }, i) => (answerOf(of) === null ? [] : [i]));
  const groups = groupBy(answered, (i) => reminderOf((cells[i] as Cell).of).join('\n'));
  return [...groups].map(([key, parts]) => ({ table: 'reminders' as const, values: key.split('\n'), parts }));
}

function hiddenReminders(facts: readonly FactCount[]): CountRow[] {
  const keys = new Set(facts.filter((fact) => answerOf(fact) !== null).map((fact) => reminderOf(fact).join('\n')));
  return [...keys].map((key) => ({ values: key.split('\n'), count: null }));
}

/** Returns the rows of a table of which nothing is told. */
function hiddenRows(table: HeldTable, facts: readonly FactCount[]): CountRow[] {
  const held = facts.filter((fact) => outcomeOf(fact) === 'held');
  const keys = new Set(held.map((fact) => HELD_BY[table](fact).join('\n')));
  return [...keys].map((key) => ({ values: key.split('\n'), count: null }));
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
