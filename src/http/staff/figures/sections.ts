import type { DeskFigures } from '../../../app/figures/readFigures';
import type { Mode } from '../../../domain/desk';
import type { CountTable } from '../../../domain/figures/monthTables';
import { monthAndYear } from '../../../presentation/format';
import { startsView } from '../startsView';
import { chartView } from './chart';
import { byMonths, cellOf, type MonthsRow, monthsTable, sumText } from './tables';
import type { Scope } from './view';

/** So many bars are drawn, the longest; the table has all. */
const MAX_DRAWN_ROWS = 12;

/** What the page says first: contacts, persons, how many were missed, and how many came without an appointment. */
export function keyNumbers(scope: Scope) {
  const { t } = scope.reader;
  const of = (table: CountTable, value: string) => {
    const row = byMonths(scope.figures.counts[table], scope.months).find(({ values }) => values[0] === value);
    return row ? sumText(row, scope.reader) : '0';
  };
  return [
    { text: t('figures.number.contacts'), number: of('persons', 'contacts') },
    { text: t('figures.number.persons'), number: of('persons', 'persons'), hint: t('figures.number.personsHint') },
    { text: t('figures.number.missed'), number: of('attendance', 'missed') },
    { text: t('figures.number.late'), number: of('attendance', 'cancelled_late') },
    { text: t('figures.number.walkIns'), number: of('ways', 'walk_in') },
  ];
}

/** Consultations by month, topic, language, mode and way, and all of these together. */
export function consultationSections(scope: Scope) {
  return [
    monthsSection(scope),
    valuesSection(scope, 'topics', ([topic = '']) => [scope.words.topic(topic)]),
    valuesSection(scope, 'languages', ([language = '']) => [scope.words.language(language)]),
    valuesSection(scope, 'modes', ([mode]) => [scope.words.mode(mode as Mode)]),
    valuesSection(scope, 'ways', ([way]) => [scope.reader.t(`figures.way.${way}`)]),
    detailSection(scope),
  ];
}

function monthsSection(scope: Scope) {
  const { figures, months, reader } = scope;
  const { t, locale } = reader;
  const rows = byMonths(figures.counts.persons, months).map((row) => ({
    ...row,
    names: [t(`figures.unit.${row.values[0]}`)],
  }));
  const contacts = rows.find(({ values }) => values[0] === 'contacts');
  return {
    ...headOf(scope, 'persons'),
    chart: chartView({
      id: 'persons-chart',
      title: t('figures.persons.title'),
      rows: months.map((month, i) => {
        const count = contacts?.counts[i] ?? null;
        return { label: monthAndYear(locale, month), bars: [{ value: count, text: textOf(count, scope) }] };
      }),
    }),
    table: tableOf(scope, 'persons', rows),
  };
}

function valuesSection(scope: Scope, table: CountTable, namesOf: (values: readonly string[]) => string[]) {
  const rows = rowsOf(scope, table, namesOf);
  return {
    ...headOf(scope, table),
    chart: chartView({
      id: `${table}-chart`,
      title: scope.reader.t(`figures.${table}.title`),
      rows: rows.slice(0, MAX_DRAWN_ROWS).map((row) => ({
        label: row.names.join(', '),
        bars: [{ value: row.isAtLeast && row.sum === 0 ? null : row.sum, text: sumText(row, scope.reader) }],
      })),
    }),
    table: tableOf(scope, table, rows),
  };
}

function detailSection(scope: Scope) {
  const { words } = scope;
  const rows = rowsOf(scope, 'consultations', ([topic = '', language = '', mode]) => [
    words.topic(topic),
    words.language(language),
    words.mode(mode as Mode),
  ]);
  return { ...headOf(scope, 'consultations'), isFolded: true, table: tableOf(scope, 'consultations', rows) };
}

/** What became of appointments, by month. */
export function attendanceSection(scope: Scope) {
  const { figures, months, reader } = scope;
  const { t, locale } = reader;
  const rows = byMonths(figures.counts.attendance, months).map((row) => ({
    ...row,
    names: [t(`figures.outcome.${row.values[0]}`)],
  }));
  const drawn = rows.filter(({ values }) => values[0] !== 'held');
  return {
    ...headOf(scope, 'attendance'),
    chart: chartView({
      id: 'attendance-chart',
      title: t('figures.attendance.chart'),
      series: drawn.map(({ names }) => names.join('')),
      rows: months.map((month, i) => ({
        label: monthAndYear(locale, month),
        bars: drawn.map(({ counts }) => ({ value: counts[i] ?? null, text: textOf(counts[i] ?? null, scope) })),
      })),
    }),
    table: tableOf(scope, 'attendance', rows),
  };
}

/** What appointments came to, by the reminder that had gone out last; the chart has the share of each. */
export function remindersSection(scope: Scope) {
  const { figures, months, reader } = scope;
  const { t, locale } = reader;
  const rows = byMonths(figures.counts.reminders, months).map((row) => {
    const [reminder = '', answer = ''] = row.values;
    return { ...row, reminder, answer, names: [reminderName(reminder, reader), t(`figures.answer.${answer}`)] };
  });
  const kinds = [...new Set(rows.map(({ reminder }) => reminder))];
  const drawn = ['missed', 'given_back'] as const;
  return {
    ...headOf(scope, 'reminders'),
    chart: chartView({
      id: 'reminders-chart',
      title: t('figures.reminders.chart'),
      series: drawn.map((answer) => t(`figures.answer.${answer}`)),
      rows: kinds.map((kind) => {
        const of = rows.filter(({ reminder }) => reminder === kind);
        return {
          label: reminderName(kind, reader),
          bars: drawn.map((answer) => {
            const value = shareOf(of, answer);
            return {
              value,
              text:
                value === null ? t('figures.hidden') : t('figures.percent', { number: value.toLocaleString(locale) }),
            };
          }),
        };
      }),
    }),
    table: tableOf(scope, 'reminders', rows),
  };
}

/** Returns the share of an answer in percent; null: one of the numbers is hidden, or there are none. */
function shareOf(rows: readonly (MonthsRow & { readonly answer: string })[], answer: string): number | null {
  const all = rows.reduce((sum, row) => sum + row.sum, 0);
  if (all === 0 || rows.some(({ isAtLeast }) => isAtLeast)) return null;
  return Math.round((100 * (rows.find((row) => row.answer === answer)?.sum ?? 0)) / all);
}

function reminderName(reminder: string, { t }: Scope['reader']): string {
  if (reminder === 'none') return t('figures.reminder.none');
  return reminder === '0' ? t('figures.reminder.today') : t('figures.reminder.before', { count: Number(reminder) });
}

/** How much of the offered time was used, by month. */
export function useSection(scope: Scope) {
  const { figures, reader, csvHref } = scope;
  const { t, locale } = reader;
  const percent = (used: number | null) =>
    used === null ? t('figures.hidden') : t('figures.percent', { number: used });
  return {
    ...headOf(scope, 'use'),
    chart: chartView({
      id: 'use-chart',
      title: t('figures.use.title'),
      rows: figures.use.map(({ month, usedPercent }) => ({
        label: monthAndYear(locale, month),
        bars: [{ value: usedPercent, text: percent(usedPercent) }],
      })),
    }),
    table: {
      caption: t('figures.use.title'),
      nameHeads: [t('figures.head.month')],
      heads: [t('figures.head.offeredHours'), t('figures.head.usedPercent')],
      rows: figures.use.map(({ month, offeredHours, usedPercent }) => ({
        names: [monthAndYear(locale, month)],
        cells: [cellOf(offeredHours, reader), cellOf(usedPercent, reader)],
      })),
      csvHref: csvHref('use'),
    },
  };
}

/** What was looked for in vain, and what would help. */
export function demandSection(scope: Scope) {
  const { figures, words, reader } = scope;
  const counted = figures.demand.map(({ month, topicId, language, count }) => ({
    ...{ month, count },
    values: [topicId, language],
  }));
  const rows = named(byMonths(counted, scope.months), ([topic = '', language = '']) => [
    words.topic(topic),
    words.language(language),
  ]);
  return {
    ...headOf(scope, 'demand'),
    finding: suggestionText(figures.suggestion, scope),
    chart: chartView({
      id: 'demand-chart',
      title: reader.t('figures.demand.title'),
      rows: rows.slice(0, MAX_DRAWN_ROWS).map((row) => ({
        label: reader.t('figures.pair', { topic: row.names[0], language: row.names[1] }),
        bars: [{ value: row.sum === 0 ? null : row.sum, text: sumText(row, reader) }],
      })),
    }),
    table: tableOf(scope, 'demand', rows),
  };
}

function suggestionText(task: DeskFigures['suggestion'], { words, reader }: Scope): string | undefined {
  if (!task?.opening) return undefined;
  const { text, help } = startsView(task, words, reader);
  return `${text}. ${help}`;
}

const HEADS: Readonly<Record<CountTable | 'demand', readonly string[]>> = {
  persons: ['unit'],
  attendance: ['outcome'],
  topics: ['topic'],
  languages: ['language'],
  modes: ['mode'],
  ways: ['way'],
  consultations: ['topic', 'language', 'mode'],
  reminders: ['reminder', 'outcome'],
  demand: ['topic', 'language'],
};

function headOf({ reader: { t } }: Scope, id: CountTable | 'use' | 'demand') {
  return { id, title: t(`figures.${id}.title`), lead: t(`figures.${id}.lead`) };
}

function tableOf(
  { reader, months, csvHref }: Scope,
  id: CountTable | 'demand',
  rows: readonly (MonthsRow & { readonly names: readonly string[] })[],
) {
  return {
    caption: reader.t(`figures.${id}.title`),
    nameHeads: HEADS[id].map((head) => reader.t(`figures.head.${head}`)),
    ...monthsTable({ rows, months }, reader),
    csvHref: csvHref(id),
  };
}

function rowsOf(
  { figures, months }: Scope,
  table: CountTable,
  namesOf: (values: readonly string[]) => string[],
): (MonthsRow & { readonly names: readonly string[] })[] {
  return named(byMonths(figures.counts[table], months), namesOf);
}

/** Names rows, the largest first. */
function named(rows: readonly MonthsRow[], namesOf: (values: readonly string[]) => string[]) {
  return [...rows].sort((a, b) => b.sum - a.sum).map((row) => ({ ...row, names: namesOf(row.values) }));
}

function textOf(count: number | null, { reader }: Scope): string {
  return count === null ? reader.t('figures.hidden') : count.toLocaleString(reader.locale);
}
