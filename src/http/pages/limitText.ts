import type { Instant } from '../../domain/calendar/interval';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { DomainError } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';

/**
 * Returns a sentence on which limit of the desk (`domain/limits`) was reached, from when on it is allowed again, and
 * whom to call meanwhile.
 *
 * @param error `too-many-requests` with `limit` and `retryAfterSeconds`
 */
export function limitText(
  { desk, error, now }: { desk: Desk; error: DomainError; now: Instant },
  { locale, t }: Reader,
): string {
  const zone = desk.hours.timeZone;
  const at = deskTime(locale, zone);
  // Rounded up to a whole minute, so that it is allowed at the time that is shown.
  const from = Math.ceil((now + Number(error.details.retryAfterSeconds) * 1000) / 60_000) * 60_000;
  const isToday = localDate(from, zone) === localDate(now, zone);
  const when = isToday
    ? t('booking.limit.today', { time: at.time(from) })
    : t('booking.limit.later', { day: at.day(from), time: at.time(from) });
  return t(`booking.limit.${String(error.details.limit)}`, { when, phone: desk.phone });
}
