import type { Response } from 'express';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { DomainError } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { mustWait } from '../waiting';

/**
 * Makes the page an answer to a limit of the desk (`domain/limits`), and says which one it is, from when on it works again, and whom
 * to call meanwhile.
 */
export function limited(
  { now }: Pick<HttpDeps, 'now'>,
  res: Response,
  { desk, error }: { desk: Desk; error: DomainError },
): string {
  mustWait(res, error);
  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const at = deskTime(locale, zone);
  // The minute in which it is allowed again has begun.
  const from = Math.ceil((now() + Number(error.details.retryAfterSeconds) * 1000) / 60_000) * 60_000;
  const isToday = localDate(from, zone) === localDate(now(), zone);
  const when = isToday
    ? t('booking.limit.today', { time: at.time(from) })
    : t('booking.limit.later', { day: at.day(from), time: at.time(from) });
  return t(`booking.limit.${String(error.details.limit)}`, { when, phone: desk.phone });
}
