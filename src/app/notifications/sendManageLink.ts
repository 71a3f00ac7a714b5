import { linkIsOpen } from '../../domain/booking/manageLink';
import { parseReference } from '../../domain/booking/reference';
import { addressKey } from '../../domain/mailAddress';
import { deskOf } from '../booking/situation';
import type { AppDeps } from '../deps';
import { nextMailTo } from './mailLimit';

export type SendManageLink = (request: { deskId: string; reference: string; email: string }) => Promise<void>;

/**
 * Mails the manage link once more, if reference and address belong together and it still opens the booking. Whether they do is told to nobody but the
 * owner of the mailbox: the answer is always the same, also if the address has had as many mails as it may get.
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
        if (!booking || addressKey(booking.client.email ?? '') !== addressKey(email)) return;
        const at = now();
        if (!linkIsOpen(booking, at)) return;
        // Whoever has a mailbox flooded by links alone is told the same as everybody, and the mailbox stays quiet.
        if ((await nextMailTo(stores, { desk, booking, now: at })) > at) return;
        for (const message of compose({
          desk,
          booking,
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
