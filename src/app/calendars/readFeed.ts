import type { Booking } from '../../domain/booking/booking';
import { absencesOfFeed, bookingsOfFeed, type Feed, feedRange, isAlive, tellsNames } from '../../domain/calendars/feed';
import type { Absence, Desk } from '../../domain/desk';
import type { AppDeps } from '../deps';

/** What a feed tells. */
interface FeedContent {
  readonly feed: Feed;
  readonly desk: Desk;
  readonly tellsNames: boolean;
  readonly bookings: readonly Booking[];
  readonly absences: readonly Absence[];
}

type ReadFeed = (token: string) => Promise<FeedContent | undefined>;

/** Reads what the feed with this secret in its address tells; undefined: there is none, or it is dead. */
export function readFeed({ storage, tokens, now }: Pick<AppDeps, 'storage' | 'tokens' | 'now'>): ReadFeed {
  return async (token) => {
    const feed = await storage.feeds.findByToken(tokens.hash(token));
    const desk = feed && (await storage.desks.find(feed.deskId));
    if (!feed || !desk || !isAlive(feed, desk, await storage.staff.listUsers())) return undefined;
    const range = feedRange(desk, now());
    const [bookings, absences] = [
      await storage.bookings.within(desk.id, range),
      await storage.desks.enteredAbsences(desk.id, range),
    ];
    return {
      feed,
      desk,
      tellsNames: tellsNames(feed, desk),
      bookings: bookingsOfFeed(feed, bookings, range),
      absences: absencesOfFeed(feed, absences),
    };
  };
}
