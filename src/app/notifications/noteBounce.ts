import { type Booking, lastStep } from '../../domain/booking/booking';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Bounce } from '../../domain/notifications/bounce';
import { addressKey } from '../../fields/mailAddress';
import type { AppDeps } from '../deps';
import type { SentMail } from '../ports/outbox';
import type { Stores } from '../ports/storage';

/** So long a mail that was not delivered, though the address may be right, is left alone before somebody is to phone. */
export const SOFT_BOUNCE_WAITS_MS = 24 * HOUR;

/** What a report says of a mail. */
interface Reported {
  readonly sent: SentMail;
  readonly bounces: readonly Bounce[];
  readonly now: Instant;
}

/**
 * Notes that a mail was not delivered, or not yet. Reception gets the task to phone the client if the address is wrong,
 * and for a mailbox that is full or a server that refuses if it happens again, or after a day (`tellOfSoftBounces`).
 */
export async function noteBounce(
  { ids }: Pick<AppDeps, 'ids'>,
  stores: Stores,
  { sent, bounces, now }: Reported,
): Promise<void> {
  const key = addressKey(sent.address);
  const bounce = bounces.find(({ recipient }) => recipient !== '' && addressKey(recipient) === key) ?? bounces[0];
  if (!bounce) return;
  const { action, hard, status, reason } = bounce;
  const before = sent.bookingId === null ? [] : await stores.outbox.ofBooking(sent.bookingId);
  await stores.outbox.bounced(sent.id, { action, hard, status, reason, at: now });
  if (action === 'delayed') return;
  const isAgain = before.some(
    (each) =>
      each.id !== sent.id &&
      each.bounced?.action === 'failed' &&
      each.address !== '' &&
      addressKey(each.address) === key,
  );
  if (hard || isAgain) await tell({ ids }, stores, { sent, now });
}

/** Gives reception the tasks to phone those to whom a mail could not be delivered a day ago. */
export async function tellOfSoftBounce(
  deps: Pick<AppDeps, 'ids'>,
  stores: Stores,
  { sent, now }: Omit<Reported, 'bounces'>,
): Promise<void> {
  await tell(deps, stores, { sent, now });
  await stores.outbox.toldOfBounce(sent.id, now);
}

async function tell(
  { ids }: Pick<AppDeps, 'ids'>,
  { bookings, outbox, tasks }: Stores,
  { sent, now }: Omit<Reported, 'bounces'>,
): Promise<void> {
  const { id, bookingId, deskId } = sent;
  const booking = bookingId === null ? undefined : await bookings.find(bookingId);
  if (!booking || sent.recipient !== 'client' || !isReached(booking, sent) || booking.time.end <= now) return;
  // Who has cancelled knows of it.
  if (booking.status === 'cancelled' && lastStep(await bookings.history(booking.id))?.by.kind === 'client') return;
  await tasks.add({ id: ids.uuid(), deskId, bookingId: booking.id, kind: 'mail_failed', createdAt: now });
  await outbox.toldOfBounce(id, now);
}

/** Whether the mail went to an address that counts now, and not to one that was corrected since. */
function isReached({ client, people }: Booking, { address }: SentMail): boolean {
  const key = addressKey(address);
  return [client, ...people].some(({ email }) => email !== null && addressKey(email) === key);
}
