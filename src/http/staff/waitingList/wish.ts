import { addDays } from '../../../domain/calendar/dates';
import { type WaitingWish, WEEKDAYS } from '../../../domain/waiting/entry';
import { allOf, clock, dayName, weekdayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';

/** Says when it suits somebody who waits, in the order day, weekday, time of day; that any time does, if nothing binds. */
export function whenItSuits(
  { from, until, weekdays, after, before }: Pick<WaitingWish, 'from' | 'until' | 'weekdays' | 'after' | 'before'>,
  { t, locale }: Reader,
): string {
  const say = (key: string, values: Record<string, string>) => t(`staff.waitingList.when.${key}`, values);
  const day = (date: string) => dayName(locale, date, 'short');
  const parts = [
    from !== null && say('from', { day: day(from) }),
    until !== null && say('until', { day: day(addDays(until, -1)) }),
    weekdays.length > 0 &&
      allOf(
        locale,
        WEEKDAYS.flatMap((each, i) => (weekdays.includes(each) ? weekdayName(locale, i + 1, 'short') : [])),
      ),
    timeOfDay(after, before, say),
  ].filter((part) => part !== false && part !== null);
  return parts.length > 0 ? parts.join(', ') : say('any', {});
}

function timeOfDay(
  after: string | null,
  before: string | null,
  say: (key: string, values: Record<string, string>) => string,
): string | null {
  if (after !== null && before !== null) return say('between', { after: clock(after), before: clock(before) });
  if (after !== null) return say('after', { after: clock(after) });
  return before === null ? null : say('before', { before: clock(before) });
}
