import type { Booking, BookingEvent } from '../../domain/booking/booking';
import { videoLinkOf } from '../../domain/booking/videoLink';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { assertAllowed } from '../../domain/limits';
import { type Known, type Merged, mailedFrom, mergedFor } from '../../domain/notifications/merging';
import type { Message } from '../../domain/notifications/message';
import { changesVideoLink } from '../../domain/notifications/policy';
import type { WriteMails } from '../ports/mailWriter';
import type { Overtaken, Withdrawn } from '../ports/outbox';
import type { Stores } from '../ports/storage';
import { nextMailTo } from './mailLimit';

/** A change that was decided, with all that its mails need. */
export interface Announcement {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly before: Booking | null;
  readonly event: BookingEvent;
  readonly now: Instant;
  /** See `Occasion.freeTimes`. */
  readonly freeTimes?: readonly Instant[];
}

/**
 * Writes the change into the booking's history and its mails into the outbox, in the transaction of the change.
 *
 * It overtakes the mails about earlier changes that nobody has tried to send: those are withdrawn, and its own tell each reader the way from
 * what they know (`mergedFor`). If the client's calendar never heard of a booking that is cancelled, the notice goes out without a calendar
 * part, as a CANCEL for an unknown UID puzzles calendars. From the third of several changes that a client makes in a row its mails wait for
 * what may yet overtake them (`mailedFrom`).
 *
 * @throws DomainError `too-many-requests`, if the client's deed would cause one mail more than their address may get. Only a cancellation
 *   is made nevertheless, and taken back, and its mail waits: whoever gives a slot back must not be kept from it, and a calendar must hear
 *   of it one day. One takes the place of the other, so that no more than one of them waits.
 */
export async function announce(stores: Stores, writeMails: WriteMails, announcement: Announcement): Promise<void> {
  const { bookings, outbox } = stores;
  const { desk, booking, event, now } = announcement;
  // Whoever is reassigned keeps the time: what waits for the client stays as it is, unless both meet in the advisor's room.
  const only = event.type === 'reassigned' && !changesVideoLink(announcement) ? 'staff' : undefined;
  // Whatever may be refused is counted with what is to be withdrawn; what is made in any case only waits for what goes out.
  const waitsForOthersOnly = event.type === 'cancelled' || event.type === 'restored';
  const counted = waitsForOthersOnly ? null : await whenToTell(stores, announcement);
  const overtaken =
    event.type === 'booked' ? NOTHING_OVERTAKEN : await outbox.withdrawUnsent(booking.id, { by: event.type, only });
  const { mayWait, clientFrom } = counted ?? (await whenToTell(stores, announcement));

  let messages = 0;
  for (const { message, known, holdUntil } of written(writeMails, announcement, overtaken)) {
    if (only && message.recipient !== only) continue;
    const waits = only && holdUntil !== null ? holdUntil : mayWait;
    const from = message.recipient === 'client' ? Math.max(waits, clientFrom) : waits;
    const entry = { deskId: desk.id, bookingId: booking.id, sequence: booking.sequence, message, now, known };
    if (await outbox.queue({ ...entry, holdUntil: from > now ? from : undefined })) messages++;
  }
  await bookings.record(event, messages);
}

const NOTHING_OVERTAKEN: Overtaken = { client: null, staff: null, heard: true };

interface Written extends Withdrawn {
  readonly message: Message;
}

/** The mails, each with what its reader knew before. Client and advisors may know different things. */
function written(writeMails: WriteMails, announcement: Announcement, overtaken: Overtaken): Written[] {
  const { desk, event, now, freeTimes } = announcement;
  const calendar = overtaken.heard || event.type !== 'cancelled';
  const write = (change: Merged) => writeMails({ ...change, desk, calendar, now, freeTimes });
  const fresh: Withdrawn = { known: toKnown(announcement), holdUntil: null };
  if (!overtaken.client && !overtaken.staff) return write(announcement).map((message) => ({ message, ...fresh }));
  return (['client', 'staff'] as const).flatMap((reader) => {
    const gone = overtaken[reader];
    const change = gone ? mergedFor(reader, { ...gone, held: gone.holdUntil !== null }, announcement) : announcement;
    const messages = change ? write(change).filter(({ recipient }) => recipient === reader) : [];
    return messages.map((message) => ({ message, ...(gone ?? fresh) }));
  });
}

/** `mayWait`: until when something may yet take the place of the mails; `clientFrom`: when the client's address may get its next one. */
async function whenToTell(
  stores: Stores,
  { desk, booking, event, now }: Announcement,
): Promise<{ mayWait: Instant; clientFrom: Instant }> {
  if (event.by.kind !== 'client') return { mayWait: now, clientFrom: now };
  const clientFrom = await nextMailTo(stores, { desk, booking, now });
  if (event.type !== 'cancelled' && event.type !== 'restored') assertAllowed('mails', clientFrom, now);
  const history = event.type === 'booked' ? [] : await stores.bookings.history(booking.id);
  return { mayWait: mailedFrom(history, event, now), clientFrom };
}

/** What everybody knows who is told of a change for the first time. */
function toKnown({ before, booking, event, desk }: Announcement): Known {
  const { time, advisorId, tied, status } = before ?? booking;
  const videoLink = videoLinkOf(before ?? booking, desk);
  return { time, advisorId, tied, status, videoLink, by: event.by, ...(event.type === 'booked' && { unheard: true }) };
}
