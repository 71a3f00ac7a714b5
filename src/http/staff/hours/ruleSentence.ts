import type { RuleGroup } from '../../../domain/calendar/changeRules';
import { addDays } from '../../../domain/calendar/dates';
import { patternOf, type RulePattern } from '../../../domain/calendar/rulePattern';
import { joined } from '../../../domain/calendar/stretches';
import { allOf, dayAndMonth, dayName, weekdayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { times, weekdayRange } from '../../pages/hoursView';

/**
 * Says rules in one sentence: "every Wednesday in odd calendar weeks from 14:00 to 18:00, from 1 June 2027".
 *
 * @param house reads the sentences of clients, which say weekdays and times
 */
export function ruleSentence({ rrule, windows, kind, from, until }: RuleGroup, reader: Reader, house: Reader): string {
  const { t, locale } = reader;
  const said = t('staff.rule.sentence', {
    days: recurrenceText(rrule, reader, house),
    times: times(
      windows.flatMap((window) => joined([window])),
      house,
    ),
  });
  const bounds = [
    ...(kind && kind !== 'appointment' ? [t(`staff.rule.kindSaid.${kind}`)] : []),
    ...(from === undefined ? [] : [t('staff.rule.since', { day: dayName(locale, from) })]),
    ...(until === undefined ? [] : [t('staff.rule.until', { day: dayName(locale, addDays(until, -1)) })]),
  ];
  return [said, ...bounds].join(', ');
}

/** Says when something recurs: "every first Wednesday of the month". */
export function recurrenceText(rrule: string, reader: Reader, house: Reader): string {
  return patternText(patternOf(rrule), reader, house);
}

function patternText(pattern: RulePattern, reader: Reader, house: Reader): string {
  const { t, locale } = reader;
  switch (pattern.kind) {
    case 'weekly':
      return pattern.interval === 1
        ? everyDay(pattern.weekdays, reader, house)
        : t('staff.rule.weeks', { count: pattern.interval, days: weekdayRange(pattern.weekdays, house) });
    case 'calendar_weeks':
      return t(`staff.rule.calendarWeeks.${pattern.weeks}`, { days: everyDay(pattern.weekdays, reader, house) });
    case 'monthly':
      return t('staff.rule.monthly', {
        positions: allOf(
          locale,
          pattern.positions.map((position) => t(`staff.rule.position.${position}`)),
        ),
        days: weekdayRange(pattern.weekdays, house),
      });
    case 'month_days':
      return t('staff.rule.monthDays', {
        days: allOf(
          locale,
          pattern.days.map((day) => t(day < 0 ? 'staff.rule.lastDay' : 'staff.rule.dayOfMonth', { day })),
        ),
      });
    case 'date':
      return t(pattern.weekdays.length > 0 ? 'staff.rule.dateOn' : 'staff.rule.date', {
        day: dayAndMonth(locale, inLeapYear(pattern)),
        days: weekdayRange(pattern.weekdays, house),
      });
    case 'other':
      return t('staff.rule.other', { rrule: pattern.rrule });
  }
}

function everyDay(weekdays: readonly number[], { t, locale }: Reader, house: Reader): string {
  const [only, ...others] = weekdays;
  if (only !== undefined && others.length === 0) return t('staff.rule.every', { day: weekdayName(locale, only) });
  return weekdayRange(weekdays, house);
}

/** Returns a day of a year in which each date exists. */
function inLeapYear({ month, day }: { readonly month: number; readonly day: number }): string {
  return `2024-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
