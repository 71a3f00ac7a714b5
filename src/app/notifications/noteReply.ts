import type { Booking } from '../../domain/booking/booking';
import { isUpcoming } from '../../domain/booking/outsideHours';
import type { Instant } from '../../domain/calendar/interval';
import { answeredBy, isPresentAnswer } from '../../domain/notifications/answers';
import type { IncomingMail } from '../../domain/notifications/incoming';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';
import { nextMailTo } from './mailLimit';

type IncomingReply = Extract<IncomingMail, { kind: 'reply' }>;

/** What was done with a reply: it was noted, or it is a stranger's and stays where it is. */
type NotedReply = 'reply' | 'stranger';

/**
 * Notes what a calendar has answered to the invitation. An acceptance settles an open question. A decline, or the wish
 * for another time, changes nothing: anybody can write such a mail, and calendars answer by themselves. The client is
 * asked by mail, once for each SEQUENCE, and reception gets a task. A reply that is not about the booking as it is now is
 * noted, and nothing follows from it.
 */
export async function noteReply(
  { ids, mailFacts }: Pick<AppDeps, 'ids' | 'mailFacts'>,
  stores: Stores,
  { booking, mail, now }: { readonly booking: Booking; readonly mail: IncomingReply; readonly now: Instant },
): Promise<NotedReply> {
  const { reply, from, digest } = mail;
  const reader = answeredBy(booking, { attendee: reply.attendee, from });
  if (reader === null) return 'stranger';
  const earlier = await stores.replies.ofBooking(booking.id);
  const { partstat, sequence, stamp } = reply;
  const noted = { bookingId: booking.id, deskId: booking.deskId, digest, partstat, sequence, stamp, reader, at: now };
  if (!(await stores.replies.add(noted))) return 'reply';
  if (!isPresentAnswer(reply, { booking, reader, earlier })) return 'reply';
  if (partstat === 'ACCEPTED' && reader === 'client') await stores.tasks.doneOf(booking.id, 'declined', 'client', now);
  if ((partstat === 'DECLINED' || partstat === 'COUNTER') && isUpcoming(booking, now) && now < booking.time.start) {
    const { id: bookingId, deskId } = booking;
    await stores.tasks.add({ id: ids.uuid(), deskId, bookingId, kind: 'declined', createdAt: now });
    if (reader === 'client') await ask();
  }
  return 'reply';

  async function ask(): Promise<void> {
    const desk = await deskOf(stores, booking.deskId);
    const type = partstat === 'COUNTER' ? ('countered' as const) : ('declined' as const);
    const from = await nextMailTo(stores, { desk, booking, now });
    for (const facts of mailFacts({ desk, booking, before: null, event: { type }, calendar: false, now }))
      await stores.outbox.queue({
        ...{ deskId: booking.deskId, bookingId: booking.id, sequence: booking.sequence, facts, now },
        holdUntil: from > now ? from : undefined,
      });
  }
}
