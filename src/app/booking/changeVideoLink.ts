import type { Booking } from '../../domain/booking/booking';
import { changeVideoLink as changed } from '../../domain/booking/videoLink';
import { DomainError } from '../../domain/errors';
import { actorOf, type Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf, deskOfBooking } from '../desks/deskOf';
import { announce } from '../notifications/announce';
import { assertVersion } from './movePlan';

/** A request to change the video link of a booking. */
interface VideoLinkRequest {
  readonly bookingId: string;
  /** As `readVideoLink` returns it; null: none of its own. */
  readonly videoLink: string | null;
  readonly who: Caller;
  readonly ifVersion?: number | undefined;
}

type ChangeVideoLink = (request: VideoLinkRequest) => Promise<Booking>;

/**
 * Sets the link by which client and advisor meet, and mails it to both. Setting the same link twice is the same as
 * setting it once.
 *
 * @throws DomainError `booking-not-changeable`, `version-moved-on`, `not-found`, `forbidden`
 */
export function changeVideoLink({
  storage,
  now,
  mailFacts,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>): ChangeVideoLink {
  return async ({ bookingId, videoLink, who, ifVersion }) => {
    const [at, desk] = [now(), await deskOfBooking(storage, bookingId)];
    return storage.write(
      async (stores) => {
        const before = await stores.bookings.find(bookingId);
        if (!before) throw new DomainError('not-found');
        assertMayServeBooking(who, before);
        const { booking, event } = changed(before, videoLink, { by: actorOf(who), now: at });
        if (!event) return booking;
        assertVersion(before, ifVersion);
        await stores.bookings.save(booking);
        const change = { desk: await deskOf(stores, booking.deskId), booking, before, event, now: at };
        await announce(stores, mailFacts, change);
        return booking;
      },
      { desk },
    );
  };
}
