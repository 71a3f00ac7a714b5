import type { Instant } from '../../domain/calendar/interval';
import type { WaitingMailKind } from '../../domain/notifications/kinds';
import { toldFrom } from '../../domain/waiting/offerTime';
import type { WaitingDeps } from '../deps';
import type { WaitingNotice } from '../ports/mailWriter';
import type { Stores } from '../ports/storage';

/**
 * Queues a mail to somebody on the waiting list, in the transaction of what it tells of. In the desk's quiet hours it
 * waits for the morning, unless it answers what they have just done.
 *
 * @returns its Message-ID; null: they have no mail address
 */
export async function tellWaiting(
  { waitingFacts }: WaitingDeps,
  { outbox }: Pick<Stores, 'outbox'>,
  notice: WaitingNotice,
): Promise<string | null> {
  const facts = waitingFacts(notice);
  if (!facts) return null;
  const { desk, kind, now } = notice;
  const from = AT_ONCE.has(kind) ? now : toldFrom(desk, now);
  const holdUntil: Instant | undefined = from > now ? from : undefined;
  await outbox.queue({ deskId: desk.id, bookingId: null, sequence: 0, facts, now, holdUntil });
  return facts.messageId;
}

const AT_ONCE: ReadonlySet<WaitingMailKind> = new Set(['waiting_joined']);
