import type { WaitingRow, Waits } from '../../../domain/figures/waiting';
import { chartView } from './chart';
import { cellOf } from './tables';
import type { Scope } from './view';

/** So many rows are drawn, those with the longest waits; the table has all. */
const MAX_DRAWN_ROWS = 10;
const MEASURES = ['bookingDays', 'firstFreeDays', 'thirdFreeDays'] as const;

/** How long one waits, by topic and language: the figure of equal waiting. */
export function waitingSection({ figures, words, reader, csvHref }: Scope) {
  const { t } = reader;
  const rows = [...figures.waiting].sort((a, b) => longest(b) - longest(a));
  const nameOf = ({ topicId, language }: WaitingRow) =>
    t('figures.pair', { language: words.language(language), topic: words.shortTopic(topicId) });
  const free = rows.flatMap((row) => (row.firstFreeDays ? [{ row, days: row.firstFreeDays.median }] : []));
  const [most, least] = [free[0], free.at(-1)];
  return {
    id: 'waiting',
    title: t('figures.waiting.title'),
    lead: t('figures.waiting.lead'),
    finding:
      most && least && most.days > least.days
        ? t('figures.waiting.finding', {
            ...{ most: nameOf(most.row), mostDays: t('figures.days', { count: most.days }) },
            ...{ least: nameOf(least.row), leastDays: t('figures.days', { count: least.days }) },
          })
        : undefined,
    chart: chartView({
      id: 'waiting-chart',
      title: t('figures.waiting.chart'),
      series: MEASURES.map((measure) => t(`figures.waiting.${measure}`)),
      rows: rows.slice(0, MAX_DRAWN_ROWS).map((row) => ({
        label: nameOf(row),
        bars: MEASURES.map((measure) => {
          const waits = row[measure];
          const text = waits ? t('figures.days', { count: waits.median }) : t('figures.hidden');
          return { value: waits?.median ?? null, text };
        }),
      })),
    }),
    table: {
      caption: t('figures.waiting.table'),
      nameHeads: [t('figures.head.topic'), t('figures.head.language')],
      heads: MEASURES.flatMap((measure) => [
        t('figures.waiting.median', { what: t(`figures.waiting.${measure}`) }),
        t('figures.waiting.p90'),
      ]),
      rows: rows.map((row) => ({
        names: [words.topic(row.topicId), words.language(row.language)],
        cells: MEASURES.flatMap((measure) => cellsOf(row[measure]).map((days) => cellOf(days, reader))),
      })),
      csvHref: csvHref('waiting'),
    },
  };
}

/** Sorts by the wait for the next start, or for the booked one where nothing was sampled. */
function longest({ firstFreeDays, bookingDays }: WaitingRow): number {
  return firstFreeDays?.median ?? bookingDays?.median ?? 0;
}

const cellsOf = (waits: Waits | null) => [waits?.median ?? null, waits?.p90 ?? null];
