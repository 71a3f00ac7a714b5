import type { DeskFigures, FigureRow } from '../app/figures/readFigures';
import { COUNT_TABLES, type CountTable } from '../domain/figures/monthTables';
import type { Waits } from '../domain/figures/waiting';

type Field = string | number | null | Waits;

/** A table of figures, as the API answers it, and as it is written to a file. */
interface FigureTable {
  readonly id: FigureTableId;
  /** What tells its rows apart. */
  readonly dimensions: readonly string[];
  /** What it tells of each. */
  readonly measures: readonly string[];
  readonly rows: readonly Readonly<Record<string, Field>>[];
  /** Only of `demand`: what would help most now. */
  readonly suggestion?: Readonly<Record<string, string | number>> | null;
}

const MEASURES = {
  consultations: ['count'],
  waiting: ['bookingDays', 'firstFreeDays', 'thirdFreeDays'],
  attendance: ['count'],
  use: ['offeredHours', 'usedPercent'],
  demand: ['count'],
  topics: ['count'],
  languages: ['count'],
  modes: ['count'],
  ways: ['count'],
  persons: ['count'],
  reminders: ['count'],
  cases: ['count', 'sharePercent', 'medianMonths'],
} as const;
type FigureTableId = keyof typeof MEASURES;
export const FIGURE_TABLES = Object.keys(MEASURES) as readonly FigureTableId[];

/** These measures have a middle and a percentile, each in a column of its own. */
const WAITS: ReadonlySet<string> = new Set(MEASURES.waiting);

/** Returns all tables. */
export function figureTables(figures: DeskFigures): FigureTable[] {
  return FIGURE_TABLES.map((id) => figureTable(id, figures));
}

function figureTable(id: FigureTableId, { counts, waiting, use, demand, cases, suggestion }: DeskFigures): FigureTable {
  const measures = MEASURES[id];
  switch (id) {
    case 'waiting': {
      const rows = waiting.map(({ topicId, language, ...waits }) => ({ topic: topicId, language, ...waits }));
      return { id, dimensions: ['topic', 'language'], measures, rows };
    }
    case 'use':
      return { id, dimensions: ['month'], measures, rows: use.map((row) => ({ ...row })) };
    case 'cases':
      return { id, dimensions: ['result'], measures, rows: cases.map((row) => ({ ...row })) };
    case 'demand': {
      const rows = demand.map(({ month, topicId, language, count }) => ({ month, topic: topicId, language, count }));
      const dimensions = ['month', 'topic', 'language'];
      return { id, dimensions, measures, rows, suggestion: suggestionOf(suggestion) };
    }
    default:
      return { id, dimensions: ['month', ...COUNT_TABLES[id]], measures, rows: countRows(id, counts[id]) };
  }
}

function countRows(id: CountTable, rows: readonly FigureRow[]): FigureTable['rows'] {
  return rows.map(({ month, values, count }) => ({
    month,
    ...Object.fromEntries(COUNT_TABLES[id].map((dimension, i) => [dimension, values[i] ?? ''])),
    count,
  }));
}

function suggestionOf(task: DeskFigures['suggestion']): NonNullable<FigureTable['suggestion']> | null {
  if (!task?.opening) return null;
  const { topicId: topic, language, missing, until, opening } = task;
  const { advisorId: advisor, date, start, end, starts } = opening;
  return { topic, language, missing, until, advisor, date, start, end, starts };
}

/**
 * Writes a table as CSV (RFC 4180). What is hidden is an empty field. No field needs quotes: there are only ids, tags,
 * months and numbers.
 */
export function figuresCsv(figures: DeskFigures, id: FigureTableId): string {
  const { dimensions, measures, rows } = figureTable(id, figures);
  const columns = measures.flatMap((name) => (WAITS.has(name) ? [`${name}.median`, `${name}.p90`] : [name]));
  const fields = (row: FigureTable['rows'][number]) => [
    ...dimensions.map((name) => row[name]),
    ...measures.flatMap((name) => (WAITS.has(name) ? waitFields(row[name] as Waits | null) : [row[name]])),
  ];
  const lines = [[...dimensions, ...columns], ...rows.map(fields)];
  return lines.map((line) => `${line.map((field) => field ?? '').join(',')}\r\n`).join('');
}

const waitFields = (waits: Waits | null) => [waits?.median ?? null, waits?.p90 ?? null];
