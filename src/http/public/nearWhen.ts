import type { Instant } from '../../domain/calendar/interval';
import { addDays, localDate, localTime } from '../../domain/calendar/zone';
import { clock, deskTime } from '../../presentation/format';
import type { Locale, Translate } from '../../presentation/texts';

/** When a single start is, as short as it can be said: "today, 9:30", "tomorrow, 9:30", "Tue 8 Dec, 10:00"; by the desk's clock. */
export function nearWhen(
  start: Instant,
  { timeZone, now }: { timeZone: string; now: Instant },
  { locale, t }: { locale: Locale; t: Translate },
): string {
  const today = localDate(now, timeZone);
  const date = localDate(start, timeZone);
  const day =
    date === today
      ? t('booking.hours.today')
      : date === addDays(today, 1)
        ? t('booking.hours.tomorrow')
        : deskTime(locale, timeZone).briefDay(start);
  return t('booking.day.firstWhen', { day, time: clock(localTime(start, timeZone)) });
}
