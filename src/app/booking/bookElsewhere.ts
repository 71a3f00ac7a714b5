import type { Booking } from '../../domain/booking/booking';
import { notChangeable } from '../../domain/booking/change';
import { clientsLanguage } from '../../domain/booking/interpreting';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk, Mode } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { type Caller, CLIENT } from '../../domain/staff/caller';
import { assertMayServeBooking } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import type { Stores } from '../ports/storage';
import { bookConsultation } from './bookConsultation';

interface ElsewhereRequest {
  readonly bookingId: string;
  readonly topicId: string;
  readonly mode?: Mode | undefined;
  readonly start: Instant;
  readonly who: Caller;
  readonly idempotency?: IdempotencyKey | undefined;
}

type BookElsewhere = (request: ElsewhereRequest) => Promise<IdempotentAnswer<Booking>>;

/**
 * Books the next step at the desk of this program to which the client was referred, as the client could: by its lead
 * times and limits, with a reference of its own. That desk learns what a client who books tells it, and nothing of the
 * consultation before; its questions are answered there.
 *
 * @throws DomainError as `bookConsultation`; `booking-not-changeable` with `why`: `not-referred`
 */
export function bookElsewhere(deps: AppDeps): BookElsewhere {
  const book = bookConsultation(deps);
  return async ({ bookingId, topicId, mode, start, who, idempotency }) => {
    const before = await deps.storage.bookings.find(bookingId);
    if (!before) throw new DomainError('not-found');
    assertMayServeBooking(who, before);
    const desk = await deskReferredTo(deps.storage, before);
    if (!desk) throw notChangeable(before, 'not-referred');
    const { client, attendees, onBehalfOf } = before;
    return book({
      ...{ deskId: desk.id, query: { topicId, language: clientsLanguage(before), mode }, start },
      details: { client, attendees, onBehalfOf, people: [], support: [], answers: {}, note: null },
      ...{ source: 'phone', who: CLIENT, answersLater: true, idempotency },
    });
  };
}

/** Returns the desk of this program to which the client was referred; undefined: there is none. */
export async function deskReferredTo(
  stores: Pick<Stores, 'desks'>,
  { deskId, outcome }: Booking,
): Promise<Desk | undefined> {
  const { partners } = await deskOf(stores, deskId);
  const partner = partners.find(({ id }) => id === outcome?.referral?.partnerId);
  return partner?.bookingDesk ? stores.desks.find(partner.bookingDesk) : undefined;
}
