import type { DeskFigures } from '../../../app/figures/readFigures';
import type { Instant } from '../../../domain/calendar/interval';
import { localDate } from '../../../domain/calendar/zone';
import { addMonths, type Month, monthOf } from '../../../domain/figures/months';
import { SUPPRESSED_BELOW } from '../../../domain/figures/suppression';
import { paths, url } from '../../../paths';
import { dayAndMonth, monthAndYear } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { type Words, wordsOf } from '../words';
import { casesSection } from './cases';
import {
  attendanceSection,
  consultationSections,
  demandSection,
  keyNumbers,
  remindersSection,
  useSection,
} from './sections';
import { waitingSection } from './waiting';

interface Facts {
  readonly figures: DeskFigures;
  readonly now: Instant;
}

/** What the sections of the page are made of. */
export interface Scope {
  readonly figures: DeskFigures;
  readonly months: readonly Month[];
  readonly words: Words;
  readonly reader: Reader;
  readonly csvHref: (table: string) => string;
}

/** Returns the figures of the chosen months: the numbers on top, and for each subject a chart with its table. */
export function figuresView({ figures, now }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const { desk, period, choice } = figures;
  const params = { desk: desk.id };
  const head = {
    ...{ title: t('figures.title'), wide: true, action: url(paths.staffFigures, params) },
    hiddenText: t('figures.hiddenText', { count: SUPPRESSED_BELOW }),
  };
  if (!period) {
    const next = `${addMonths(monthOf(localDate(now, desk.hours.timeZone)), 1)}-01`;
    return {
      ...head,
      from: monthSelect('from', choice, choice[0], reader),
      to: monthSelect('to', choice, choice.at(-1), reader),
      empty: choice.length === 0 ? t('figures.none', { day: dayAndMonth(locale, next) }) : t('figures.nonePeriod'),
      isWithoutMonths: choice.length === 0,
    };
  }
  const months = choice.filter((month) => period.from <= month && month <= period.to);
  const csvHref = (table: string) => url(paths.staffFiguresFile, { ...params, table }, { ...period });
  const scope: Scope = { figures, months, words: wordsOf(desk, reader), reader, csvHref };
  return {
    ...head,
    period:
      period.from === period.to
        ? monthAndYear(locale, period.from)
        : t('figures.period', { from: monthAndYear(locale, period.from), to: monthAndYear(locale, period.to) }),
    from: monthSelect('from', choice, period.from, reader),
    to: monthSelect('to', choice, period.to, reader),
    numbers: keyNumbers(scope),
    sections: [
      waitingSection(scope),
      ...consultationSections(scope),
      attendanceSection(scope),
      remindersSection(scope),
      useSection(scope),
      demandSection(scope),
      ...(desk.cases ? [casesSection(scope)] : []),
    ],
  };
}

function monthSelect(id: 'from' | 'to', choice: readonly Month[], chosen: Month | undefined, { t, locale }: Reader) {
  return {
    id,
    label: t(`figures.${id}`),
    options: choice.map((month) => ({ value: month, text: monthAndYear(locale, month), selected: month === chosen })),
  };
}
