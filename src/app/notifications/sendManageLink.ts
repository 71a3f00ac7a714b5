import { linkIsOpen } from '../../domain/booking/manageLink';
import { parseReference } from '../../domain/booking/reference';
import { deskOf } from '../booking/situation';
import type { AppDeps } from '../deps';

export type SendManageLink = (request: { deskId: string; reference: string; email: string }) => Promise<void>;

/**
 * Mails the manage link once more, if reference and address belong together and it still opens the booking. Whether they do is told to nobody but the
 * owner of the mailbox: the answer is always the same.
 */
export function sendManageLink({
  storage,
  now,
  compose,
}: Pick<AppDeps, 'storage' | 'now' | 'compose'>): SendManageLink {
  return ({ deskId, reference, email }) =>
    storage.write(
      async (stores) => {
        const desk = await deskOf(stores, deskId);
        const known = parseReference(reference);
        const booking = known && (await stores.bookings.findByReference(deskId, known));
        if (!booking || booking.client.email?.toLowerCase() !== email.trim().toLowerCase()) return;
        if (!linkIsOpen(booking, now())) return;
        for (const message of compose({
          desk,
          booking,
          before: null,
          event: { type: 'link' },
          calendar: false,
          now: now(),
        }))
          await stores.outbox.queue({ deskId, bookingId: booking.id, sequence: booking.sequence, message, now: now() });
      },
      { desk: deskId },
    );
}
