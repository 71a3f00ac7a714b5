import type { MailOfBooking } from '../../app/ports/outbox';
import type { BookingReply } from '../../app/ports/replies';
import { toIso } from '../../domain/calendar/zone';
import type { Json } from './present';
import type * as schema from './schemas';

/** Presents what came back by mail. */
export function repliesJson(replies: readonly BookingReply[], zone: string) {
  return replies.map(({ partstat, at, sequence }) => ({ partstat, at: toIso(at, zone), sequence }));
}

type Delivery = Json<typeof schema.StaffBookingWithHistory>['delivery'][number];

/** Presents what became of the client's mails. Those that a later one has replaced before they went out are left out. */
export function deliveryJson(mails: readonly MailOfBooking[], zone: string): Delivery[] {
  return mails.flatMap<Delivery>(({ kind, recipient, state, at, lastCode, bounced }) => {
    if (recipient !== 'client' || state === 'withdrawn') return [];
    const refused = state === 'failed' && lastCode !== null ? { status: String(lastCode) } : {};
    if (bounced === null) return [{ kind, state, ...refused, at: toIso(at, zone) }];
    const { action, hard, status, reason } = bounced;
    const came = action === 'failed' ? ('bounced' as const) : state;
    return [{ kind, state: came, hard, status, reason, at: toIso(bounced.at, zone) }];
  });
}
