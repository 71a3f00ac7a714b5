import type { Booking } from '../../domain/booking/booking';
import { linkIsOpen } from '../../domain/booking/manageLink';
import { parseReference } from '../../domain/booking/reference';
import type { Instant } from '../../domain/calendar/interval';
import { addressKey } from '../../fields/mailAddress';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';
import { nextMailTo } from './mailLimit';

/** `reference` empty: all that the address has ahead. */
export type SendManageLink = (request: { deskId: string; reference: string; email: string }) => Promise<void>;

/** More than anybody looks through in one mail. */
const MAX_LINKS_A_MAIL = 50;

/**
 * Mails the manage link once more, if reference and address belong together and it still opens the booking; without a reference, those of
 * all bookings that the address has ahead at the desk, in one mail. Whether there is any is told to nobody but the owner of the mailbox:
 * the answer is always the same, also if the address has had as many mails as it may get.
 */
export function sendManageLink({
  storage,
  now,
  writeMails,
}: Pick<AppDeps, 'storage' | 'now' | 'writeMails'>): SendManageLink {
  return ({ deskId, reference, email }) =>
    storage.write(
      async (stores) => {
        const desk = await deskOf(stores, deskId);
        const at = now();
        const ahead = reference.trim()
          ? await named(stores, { deskId, reference, email, now: at })
          : await stores.bookings.ahead(deskId, email, at, MAX_LINKS_A_MAIL);
        const [booking] = ahead;
        if (!booking) return;
        // Whoever has a mailbox flooded by links alone is told the same as everybody, and the mailbox stays quiet.
        if ((await nextMailTo(stores, { desk, booking, now: at })) > at) return;
        for (const message of writeMails({
          desk,
          booking,
          ahead,
          before: null,
          event: { type: 'link' },
          calendar: false,
          now: at,
        }))
          await stores.outbox.queue({ deskId, bookingId: booking.id, sequence: booking.sequence, message, now: at });
      },
      { desk: deskId },
    );
}

/** The booking of this reference, if it is of this address and its link still opens it; else none. */
async function named(
  { bookings }: Pick<Stores, 'bookings'>,
  { deskId, reference, email, now }: { deskId: string; reference: string; email: string; now: Instant },
): Promise<Booking[]> {
  const known = parseReference(reference);
  const booking = known && (await bookings.findByReference(deskId, known));
  if (!booking || addressKey(booking.client.email ?? '') !== addressKey(email)) return [];
  return linkIsOpen(booking, now) ? [booking] : [];
}
