import type { Request, Response } from 'express';
import { clientRestoresUntil } from '../../../domain/booking/restore';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { deskIn } from '../../pages/deskPage';
import { bookingIn, can, type ManagedDeps, tokenIn } from './managedBooking';

/** What is sent with a tick, or by the page on which the client has just cancelled. */
export const YES = 'true';

/** What the booking's own page offers of it; undefined where it is not the client's to take back, or not any more. */
export function restoreOffer(deps: Pick<ManagedDeps, 'now'>, req: Request, res: Response) {
  const { lastStep, locale, t } = res.locals;
  if (!lastStep || !can(deps, res, 'restore')) return undefined;
  const until = clientRestoresUntil({ at: lastStep.at, time: bookingIn(res).time });
  const time = deskTime(locale, deskIn(res).hours.timeZone).time(until);
  const justDone = 'cancelled' in req.query;
  return {
    text: t('booking.restore.offer', { time }),
    href: url(paths.restoreBooking, tokenIn(req)),
    hidden: justDone ? [{ name: 'again', value: YES }] : undefined,
  };
}
