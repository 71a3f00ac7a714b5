import { chartView } from './chart';
import { cellOf } from './tables';
import type { Scope } from './view';

/** What works: what closed cases came to, how often, and after how long. */
export function casesSection({ figures, reader, csvHref }: Scope) {
  const { t, locale } = reader;
  const rows = [...figures.cases].sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
  const nameOf = (result: string) => t(`cases.result.${result}`);
  return {
    id: 'cases',
    title: t('figures.cases.title'),
    lead: t('figures.cases.lead'),
    chart: chartView({
      id: 'cases-chart',
      title: t('figures.cases.chart'),
      rows: rows.map(({ result, sharePercent }) => ({
        label: nameOf(result),
        bars: [
          {
            value: sharePercent,
            text:
              sharePercent === null
                ? t('figures.hidden')
                : t('figures.percent', { number: sharePercent.toLocaleString(locale) }),
          },
        ],
      })),
    }),
    table: {
      caption: t('figures.cases.title'),
      nameHeads: [t('figures.head.result')],
      heads: ['count', 'share', 'months'].map((head) => t(`figures.cases.${head}`)),
      rows: rows.map(({ result, count, sharePercent, medianMonths }) => ({
        names: [nameOf(result)],
        cells: [count, sharePercent, medianMonths].map((number) => cellOf(number, reader)),
      })),
      csvHref: csvHref('cases'),
    },
  };
}
