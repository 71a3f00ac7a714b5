import { clientRestoresUntil } from '../../../domain/booking/restore';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { ManagedBooking } from './managedBooking';

/**
 * The value that confirms a restore: of the checkbox, or of the hidden field on the page where the client has just
 * cancelled.
 */
export const YES = 'true';

/**
 * Returns what the booking's page offers for restoring; undefined if the client may not restore the booking, or not any
 * more.
 *
 * @param justDone whether the client has just cancelled, so that one press is enough
 */
export function restoreOffer(
  { booking, desk, token, lastStep, may }: ManagedBooking,
  justDone: boolean,
  { locale, t }: Reader,
) {
  if (!lastStep || !may.has('restore')) return undefined;
  const until = clientRestoresUntil({ at: lastStep.at, time: booking.time });
  return {
    text: t('booking.restore.offer', { time: deskTime(locale, desk.hours.timeZone).time(until) }),
    href: url(paths.restoreBooking, { token }),
    hidden: justDone ? [{ name: 'again', value: YES }] : undefined,
  };
}
