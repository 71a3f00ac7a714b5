import type { Actor, Booking, BookingEvent } from '../../domain/booking/booking';
import type { Tell } from '../../domain/booking/operation';
import { videoLinkOf } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { assertAllowed } from '../../domain/limits';
import type { ClientMailFacts, MailFacts } from '../../domain/notifications/mailFacts';
import { type Known, type Merged, mailedAfterGrace, mailedFrom, mergedFor } from '../../domain/notifications/merging';
import { changesVideoLink } from '../../domain/notifications/policy';
import { holdBack } from '../booking/holdBack';
import type { CollectMailFacts } from '../ports/mailWriter';
import type { Overtaken, Withdrawn } from '../ports/outbox';
import type { Stores } from '../ports/storage';
import { nameInTasks } from '../staff/settleFlag';
import { nextMailTo, nextMailToPerson } from './mailLimit';

/** A change of a booking, with everything that its mails need. */
interface Announcement {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: BookingEvent;
  readonly now: Instant;
  /** See `Occasion.freeTimes`. */
  readonly freeTimes?: readonly Instant[];
  /** Whose change this one belongs to; absent: that of the event's actor. */
  readonly cause?: Actor;
  /** Anything but `mail` mails the client nothing. */
  readonly tell?: Tell;
  /** See `Occasion.askedUntil`. */
  readonly askedUntil?: Instant | null;
}

/**
 * Writes a change into the booking's history and the facts of its mails into the outbox, in the transaction of the
 * change; what it gives back is held back from the public (`holdBack`). The mails are written later (`writeOutbox`), so that the caller does not wait for it.
 *
 * Mails about earlier changes that were never tried to send are withdrawn, and the new ones tell each recipient the
 * difference to the state that they know (`mergedFor`). If the client's calendar has no entry of a booking that is
 * cancelled, the notice has no calendar part, because a CANCEL of an unknown UID confuses calendars. Mails about changes
 * by staff, and from the third of several changes that a client makes in a row, are held for a while, so that the next
 * change can replace them (`mailedAfterGrace`, `mailedFrom`).
 *
 * @throws DomainError `too-many-requests` if the client's change would cause one mail more than their address may get.
 *   Only cancelling and restoring are done nevertheless, and their mail waits, because a client must be able to give a
 *   slot back and the calendar must be told some time. Of several such mails only the last waits.
 */
export async function announce(stores: Stores, mailFacts: CollectMailFacts, announcement: Announcement): Promise<void> {
  const { bookings, outbox } = stores;
  const { desk, booking, event, now, tell = 'mail' } = announcement;
  // A reassignment keeps the time, so messages to the client stay as they are, unless the video link changes with the
  // advisor.
  const only = event.type === 'reassigned' && !changesVideoLink(announcement) ? 'staff' : undefined;
  // A change that may be refused is counted before older messages are withdrawn; one that is made in any case only
  // waits for mails that will be sent.
  const waitsForOthersOnly = event.type === 'cancelled' || event.type === 'restored';
  const counted = waitsForOthersOnly ? null : await whenToTell(stores, announcement);
  const overtaken =
    event.type === 'booked' ? NOTHING_OVERTAKEN : await outbox.withdrawUnsent(booking.id, { by: event.type, only });
  const { mayWait, clientFrom } = counted ?? (await whenToTell(stores, announcement));

  const readerFrom = async ({ person, to }: ClientMailFacts, from: Instant) =>
    person === undefined || event.by.kind !== 'client'
      ? from
      : Math.max(from, await nextMailToPerson(stores, { desk, address: to.address, now }));

  let messages = 0;
  for (const { facts, known, holdUntil } of collected(mailFacts, announcement, overtaken)) {
    if (only && facts.recipient !== only) continue;
    if (facts.recipient === 'client' && tell !== 'mail') continue;
    const waits = only && holdUntil !== null ? holdUntil : mayWait;
    const from = facts.recipient === 'client' ? Math.max(waits, await readerFrom(facts, clientFrom)) : waits;
    const entry = { deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, facts, now, known };
    if (await outbox.queue({ ...entry, holdUntil: from > now ? from : undefined })) messages++;
  }
  await bookings.record(event, messages);
  await holdBack(stores, announcement);
  await settleAnswers(stores, announcement);
}

/**
 * Marks the tasks as done that a move or a cancellation settles: the question whether a declined appointment takes place,
 * and the call to a client whom a mail did not reach, if it was the client's own deed.
 */
async function settleAnswers({ tasks }: Stores, { booking, event, now }: Announcement): Promise<void> {
  if (event.type !== 'moved' && event.type !== 'cancelled') return;
  const by = nameInTasks(event.by);
  await tasks.doneOf(booking.id, 'declined', by, now);
  if (event.by.kind === 'client') await tasks.doneOf(booking.id, 'mail_failed', by, now);
}

const NOTHING_OVERTAKEN: Overtaken = { client: null, staff: null, heard: true };

interface Collected extends Withdrawn {
  readonly facts: MailFacts;
}

/**
 * Collects the facts of the mails, each with the state that its recipient knew before; client and advisors may know
 * different states.
 */
function collected(mailFacts: CollectMailFacts, announcement: Announcement, overtaken: Overtaken): Collected[] {
  const { desk, event, now, freeTimes, askedUntil } = announcement;
  const calendar = overtaken.heard || event.type !== 'cancelled';
  const collect = (change: Merged) => mailFacts({ ...change, desk, calendar, now, freeTimes, askedUntil });
  const fresh: Withdrawn = { known: toKnown(announcement), holdUntil: null };
  if (!overtaken.client && !overtaken.staff) return collect(announcement).map((facts) => ({ facts, ...fresh }));
  return (['client', 'staff'] as const).flatMap((reader) => {
    const gone = overtaken[reader];
    const change = gone ? mergedFor(reader, { ...gone, held: gone.holdUntil !== null }, announcement) : announcement;
    const all = change ? collect(change).filter(({ recipient }) => recipient === reader) : [];
    return all.map((facts) => ({ facts, ...(gone ?? fresh) }));
  });
}

/**
 * Returns until when the mails are held so that a later change can replace them, and when the client's address may get
 * its next mail.
 */
async function whenToTell(
  stores: Stores,
  { desk, booking, event, now, cause = event.by }: Announcement,
): Promise<{ mayWait: Instant; clientFrom: Instant }> {
  if (cause.kind === 'staff') return { mayWait: mailedAfterGrace(event.type, desk, now), clientFrom: now };
  if (event.by.kind !== 'client') return { mayWait: now, clientFrom: now };
  const clientFrom = await nextMailTo(stores, { desk, booking, now });
  if (event.type !== 'cancelled' && event.type !== 'restored') assertAllowed('mails', clientFrom, now);
  const history = event.type === 'booked' ? [] : await stores.bookings.history(booking.id);
  return { mayWait: mailedFrom(history, now), clientFrom };
}

/** Returns the state that a recipient knows who has been told of all earlier changes. */
function toKnown({ before, booking, event, desk }: Announcement): Known {
  const { time, advisorId, tied, status, mode } = before ?? booking;
  const videoLink = videoLinkOf(before ?? booking, desk);
  return {
    time,
    advisorId,
    tied,
    status,
    mode,
    videoLink,
    by: event.by,
    ...(event.type === 'booked' && { unheard: true }),
  };
}
