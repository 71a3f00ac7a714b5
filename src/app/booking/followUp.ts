import type { Booking } from '../../domain/booking/booking';
import { clientsLanguage } from '../../domain/booking/interpreting';
import { assertFollowable } from '../../domain/booking/outcome';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk, Mode } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import type { SlotQuery } from '../slots/slotQuery';
import { bookConsultation } from './bookConsultation';

/** What a follow-up may have otherwise than the consultation that it follows. */
interface FollowUpChoice {
  readonly topicId?: string | undefined;
  readonly mode?: Mode | undefined;
}

interface FollowUpRequest extends FollowUpChoice {
  readonly bookingId: string;
  readonly start: Instant;
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

type FollowUp = (request: FollowUpRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Books the next consultation of the same client with the same advisor, to whom it is tied. What the client told is
 * carried over: who is advised, what they need, and the answers that the desk still has; not the note, which was about
 * this one. It is a booking as any other, with its own reference and mails.
 *
 * @throws DomainError as `bookConsultation`; `booking-not-changeable` with `why` (`not-started`, `status`)
 */
export function followUp(deps: AppDeps): FollowUp {
  const { storage, now } = deps;
  const book = bookConsultation(deps);
  return async ({ bookingId, start, who, idempotency, ...choice }) => {
    const before = await storage.bookings.find(bookingId);
    if (!before) throw new DomainError('not-found');
    assertMayServeBooking(who, before);
    assertFollowable(before, now());
    const { client, attendees, onBehalfOf, people, support, answers, deskId } = before;
    return book({
      ...{ deskId, query: queryToFollow(await deskOf(storage, deskId), before, choice), start },
      details: { client, attendees, onBehalfOf, people, support, answers, note: null },
      ...{ source: 'phone', follows: before.id, answersLater: true, who, idempotency },
    });
  };
}

/** Returns the query for a follow-up. A mode that another topic does not have is left open. */
export function queryToFollow(desk: Desk, before: Booking, { topicId, mode }: FollowUpChoice): SlotQuery {
  const topic = desk.topics.find(({ id }) => id === (topicId ?? before.topicId));
  const hasMode = topic?.modes.includes(before.mode) ?? true;
  return {
    topicId: topicId ?? before.topicId,
    language: clientsLanguage(before),
    interpreter: before.interpreting !== null,
    mode: mode ?? (hasMode ? before.mode : undefined),
    advisorId: before.advisorId,
  };
}
