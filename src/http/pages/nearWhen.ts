import type { Instant } from '../../domain/calendar/interval';
import { addDays, localDate, localTime } from '../../domain/calendar/zone';
import { clock, deskTime } from '../../presentation/format';
import type { Locale, Translate } from '../../presentation/texts';

/** Returns the shortest name of a day on the desk's clock: "today", "tomorrow", "Tue 8 Dec". */
export function nearDay(
  at: Instant,
  { timeZone, now }: { timeZone: string; now: Instant },
  { locale, t }: { locale: Locale; t: Translate },
): string {
  const today = localDate(now, timeZone);
  const date = localDate(at, timeZone);
  if (date === today) return t('booking.hours.today');
  return date === addDays(today, 1) ? t('booking.hours.tomorrow') : deskTime(locale, timeZone).briefDay(at);
}

/** Returns the shortest text for a start on the desk's clock: "today, 9:30", "tomorrow, 9:30", "Tue 8 Dec, 10:00". */
export function nearWhen(
  start: Instant,
  moment: { timeZone: string; now: Instant },
  reader: { locale: Locale; t: Translate },
): string {
  const time = clock(localTime(start, moment.timeZone));
  return reader.t('booking.day.firstWhen', { day: nearDay(start, moment, reader), time });
}
