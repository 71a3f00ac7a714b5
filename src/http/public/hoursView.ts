import type { LocalWindow } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { isOpenAt, nextChanges, nextOpening, weekPattern } from '../../domain/calendar/openingHours';
import { addDays, localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { clock, dayName, deskTime, weekdayName } from '../../presentation/format';
import type { Locale, Translate } from '../../presentation/texts';

interface Reader {
  readonly locale: Locale;
  readonly t: Translate;
}

/** How far ahead closures are announced. */
const AHEAD_DAYS = 60;
const MOST_CHANGES = 5;

/** Opening hours as people read them: open now or when again, the usual week, what is different soon. */
export function hoursView(desk: Desk, now: Instant, { locale, t }: Reader) {
  const { timeZone, rules } = desk.hours;
  const today = localDate(now, timeZone);
  const at = deskTime(locale, timeZone);
  const open = isOpenAt(desk.hours, now);
  const next = open ? null : nextOpening(desk.hours, now, AHEAD_DAYS);
  return {
    open: {
      now: open !== null,
      text: open
        ? t('booking.hours.openUntil', { time: at.time(open.end) })
        : next
          ? t('booking.hours.opens', { when: `${relativeDay(next.start)}, ${at.time(next.start)}` })
          : t('booking.hours.closed'),
    },
    hours: weekPattern(rules, today).map(({ weekdays, windows }) => ({
      days: weekdayRange(weekdays, locale),
      times: times(windows),
    })),
    closures: nextChanges(desk.hours, today, AHEAD_DAYS)
      .slice(0, MOST_CHANGES)
      .map(({ from, to, closed, windows }) => {
        const values = {
          days: dateRange(from, addDays(to, -1)),
          reason: inLanguage(closed.name, locale),
          times: times(windows),
        };
        return t(windows.length === 0 ? 'booking.hours.closedOn' : 'booking.hours.otherwise', values);
      }),
  };

  function relativeDay(start: Instant): string {
    return localDate(start, timeZone) === today ? t('booking.hours.today') : at.shortDay(start);
  }

  function dateRange(first: string, last: string): string {
    const name = (date: string) => dayName(locale, date, 'short');
    return first === last ? name(first) : `${name(first)} – ${name(last)}`;
  }
}

/** "Mon–Thu", "Fri", "Mon, Wed": runs of three and more are written with a dash. */
function weekdayRange(weekdays: readonly number[], locale: Locale): string {
  const runs: number[][] = [];
  for (const day of weekdays) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number) => weekdayName(locale, day, 'short');
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0] ?? 1)}–${name(run.at(-1) ?? 1)}` : run.map(name).join(', ')))
    .join(', ');
}

function times(windows: readonly LocalWindow[]): string {
  return windows.map(({ start, end }) => `${clock(start)}–${clock(end)}`).join(', ');
}
