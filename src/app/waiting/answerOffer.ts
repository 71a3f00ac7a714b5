import type { Booking, Details } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { CLIENT } from '../../domain/staff/caller';
import { accepted, assertPossible, isOfferOver, passed, type WaitingEntry } from '../../domain/waiting/entry';
import { type BookingRequest, giveSlot } from '../booking/bookConsultation';
import { carryOut } from '../booking/carryOut';
import { planMoves } from '../booking/movePlan';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { resolveQuery } from '../slots/slotQuery';
import { releaseOffer } from './releaseOffer';

/** An entry whose secret link the caller has. */
interface OfEntry {
  readonly entry: WaitingEntry;
  readonly idempotency?: IdempotencyKey | undefined;
}

type AcceptOffer = (request: OfEntry) => Promise<IdempotentAnswer<Booking>>;

/**
 * Books the start that is offered, for the client of the entry; where a booking was to become earlier, it moves there,
 * and its old time goes to the next who waits. Twice is the same as once.
 *
 * @throws DomainError `hold-expired` if nothing is offered any more, `too-many-bookings`, `slot-unavailable`,
 *   `too-many-requests`, `not-found`
 */
export function acceptOffer(deps: AppDeps): AcceptOffer {
  return ({ entry: { id, deskId }, idempotency }) => {
    const now = deps.now();
    return idempotently({ write: deps.storage.write, now, desk: deskId }, idempotency, async (stores) => {
      const entry = await found(stores, id);
      const done = entry.bookedId === null ? undefined : await stores.bookings.find(entry.bookedId);
      if (done) return done;
      assertPossible(entry, 'accept');
      if (isOfferOver(entry, now)) throw new DomainError('hold-expired');
      return takeOffer(deps, stores, entry, { who: CLIENT, source: 'web', now });
    });
  };
}

/** Who takes an offer for the client of the entry, and how they came to it. */
interface Taking extends Pick<BookingRequest, 'who' | 'source'> {
  readonly now: Instant;
}

/** Books what is offered to the entry, or moves its booking there, and saves the entry. @throws DomainError as `acceptOffer` */
export async function takeOffer(deps: AppDeps, stores: Stores, entry: WaitingEntry, taking: Taking): Promise<Booking> {
  const booking =
    entry.bookingId === null ? await book(deps, stores, entry, taking) : await advance(deps, stores, entry, taking);
  await stores.waiting.save(accepted(entry, booking.id, taking.now));
  return booking;
}

async function book(
  deps: AppDeps,
  stores: Stores,
  entry: WaitingEntry,
  { who, source, now }: Taking,
): Promise<Booking> {
  const { offer, topicId, client } = entry;
  if (!offer) throw new DomainError('hold-expired');
  const desk = await deskOf(stores, entry.deskId);
  const { holdId, language, mode, time } = offer;
  // It is held for them, so that the lead time of others does not matter.
  const query = resolveQuery(desk, { topicId, language, mode }, 'staff');
  const details: Details = { client, ...NOTHING_TOLD };
  const giving = { details, source, who, holdId, isOffered: true };
  const booking = await giveSlot(deps, stores, giving, { desk, query, start: time.start, now, except: holdId });
  if (offer.mailId !== null) await stores.outbox.withdrawMail(offer.mailId);
  return booking;
}

const NOTHING_TOLD = { attendees: 1, onBehalfOf: null, people: [], support: [], note: null, answers: {} } as const;

async function advance(deps: AppDeps, stores: Stores, entry: WaitingEntry, { who, now }: Taking): Promise<Booking> {
  const { offer, bookingId } = entry;
  if (!offer || bookingId === null) throw new DomainError('hold-expired');
  await releaseOffer(stores, offer);
  const author = { who, now, seesHeldBack: true };
  const plan = await planMoves(stores, [{ bookingId, start: offer.time.start }], author);
  const [refused] = plan.refused;
  if (refused) throw refused.error;
  const [moved] = plan.moves;
  if (!moved) throw new DomainError('not-found');
  await carryOut(deps, stores, plan, author);
  return moved.booking;
}

/**
 * Lets the offered start pass; it goes to the next who waits. Without an offer nothing changes, so that twice is the same
 * as once.
 *
 * @throws DomainError `not-found`
 */
export function passOffer({
  storage,
  now,
}: Pick<AppDeps, 'storage' | 'now'>): (of: Pick<OfEntry, 'entry'>) => Promise<WaitingEntry> {
  return ({ entry: { id, deskId } }) =>
    storage.write(
      async (stores) => {
        const entry = await found(stores, id);
        if (!entry.offer) return entry;
        const after = passed(entry, now());
        await stores.waiting.save(after);
        await releaseOffer(stores, entry.offer);
        return after;
      },
      { desk: deskId },
    );
}

async function found({ waiting }: Pick<Stores, 'waiting'>, id: string): Promise<WaitingEntry> {
  const entry = await waiting.find(id);
  if (!entry) throw new DomainError('not-found');
  return entry;
}
