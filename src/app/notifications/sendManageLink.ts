import type { Booking } from '../../domain/booking/booking';
import { linkIsOpen } from '../../domain/booking/manageLink';
import { parseReference } from '../../domain/booking/reference';
import type { Instant } from '../../domain/calendar/interval';
import type { Caller } from '../../domain/staff/caller';
import { assertMayAskForLinks } from '../../domain/staff/rights';
import { addressKey } from '../../fields/mailAddress';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';
import { nextMailTo } from './mailLimit';

/** An empty `reference` asks for all future bookings of the address. */
type SendManageLink = (request: { deskId: string; reference: string; email: string; who: Caller }) => Promise<void>;

/** The most links in one mail. */
const MAX_LINKS_A_MAIL = 50;

/**
 * Mails the manage link again if reference and address belong together and the link still opens the booking. Without a
 * reference it mails the links of all future bookings of the address at the desk. The result is always the same, even
 * if the address has reached its limit of mails, so that only the owner of the mailbox learns whether there are
 * bookings.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function sendManageLink({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): SendManageLink {
  return async ({ deskId, reference, email, who }) => {
    assertMayAskForLinks(who, deskId);
    await storage.write(
      async (stores) => {
        const desk = await deskOf(stores, deskId);
        const at = now();
        const ahead = reference.trim()
          ? await named(stores, { deskId, reference, email, now: at })
          : await stores.bookings.ahead(deskId, email, at, MAX_LINKS_A_MAIL);
        const [booking] = ahead;
        if (!booking) return;
        // Beyond the limit of mails nothing is sent, and the result is the same, so that nobody can flood a mailbox
        // with links.
        if ((await nextMailTo(stores, { desk, booking, now: at })) > at) return;
        for (const facts of mailFacts({
          desk,
          booking,
          ahead,
          before: null,
          event: { type: 'link' },
          calendar: false,
          now: at,
        }))
          await stores.outbox.queue({ deskId, bookingId: booking.id, sequence: booking.sequence, facts, now: at });
      },
      { desk: deskId },
    );
  };
}

/** Returns the booking with this reference if it belongs to the address and its link still opens it; otherwise none. */
async function named(
  { bookings }: Pick<Stores, 'bookings'>,
  { deskId, reference, email, now }: { deskId: string; reference: string; email: string; now: Instant },
): Promise<Booking[]> {
  const known = parseReference(reference);
  const booking = known && (await bookings.findByReference(deskId, known));
  if (!booking || addressKey(booking.client.email ?? '') !== addressKey(email)) return [];
  return linkIsOpen(booking, now) ? [booking] : [];
}
