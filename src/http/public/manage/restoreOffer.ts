import type { Request, Response } from 'express';
import { clientRestoresUntil } from '../../../domain/booking/restore';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import { deskIn } from '../../pages/deskPage';
import { bookingIn, can, type ManagedDeps, tokenIn } from './managedBooking';

/**
 * The value that confirms a restore: of the checkbox, or of the hidden field on the page where the client has just
 * cancelled.
 */
export const YES = 'true';

/**
 * Returns what the booking's page offers for restoring; undefined if the client may not restore the booking, or not any
 * more.
 */
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
