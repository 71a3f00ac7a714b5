import type { Response } from 'express';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { DomainError } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { mustWait } from '../waiting';

/**
 * Answers that a limit of the desk (`domain/limits`) was reached: sets the status, and returns which one it is, from
 * when on it is allowed again, and whom to call meanwhile.
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
  // Rounded up to a whole minute, so that it is allowed at the time that is shown.
  const from = Math.ceil((now() + Number(error.details.retryAfterSeconds) * 1000) / 60_000) * 60_000;
  const isToday = localDate(from, zone) === localDate(now(), zone);
  const when = isToday
    ? t('booking.limit.today', { time: at.time(from) })
    : t('booking.limit.later', { day: at.day(from), time: at.time(from) });
  return t(`booking.limit.${String(error.details.limit)}`, { when, phone: desk.phone });
}
