import type { Booking, Client } from '../../domain/booking/booking';
import { clientKey, lacksNumber } from '../../domain/booking/reachable';
import type { Instant } from '../../domain/calendar/interval';
import { localDate } from '../../domain/calendar/zone';
import { type Desk, topicsOnOffer } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { lookupLanguage } from '../../domain/language';
import { assertAllowed } from '../../domain/limits';
import { languagesForTopic } from '../../domain/offering';
import { type Caller, CLIENT } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import {
  byTurn,
  isSameWaiter,
  mayBecomeEarlier,
  type WaitingEntry,
  type WaitingWish,
} from '../../domain/waiting/entry';
import { behindLink } from '../booking/behindLink';
import type { AppDeps, WaitingDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { nextMailToPerson } from '../notifications/mailLimit';
import type { Stores } from '../ports/storage';
import { waitTokenFor } from './behindWaitToken';
import { tellWaiting } from './tellWaiting';

interface JoinRequest {
  readonly deskId: string;
  readonly wish: WaitingWish;
  readonly client: Client;
  /** Absent: the client themselves. */
  readonly who?: Caller | undefined;
  /** The manage token of the booking that is to become earlier. */
  readonly earlierThan?: string | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** A place on the waiting list. */
interface JoinedList {
  readonly id: string;
  /** Of the entry's page. */
  readonly token: string;
  /** From 1, among those who wait for the topic. */
  readonly position: number;
  /** `false`: they were on the list already. */
  readonly isNew: boolean;
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'tokens'> & WaitingDeps;

/**
 * Puts somebody on the waiting list and confirms it by mail. Whoever waits for the topic already, by name and address,
 * keeps their first entry. Who wants a booking to become earlier waits for its own topic, language and mode, and is
 * known from it. What fits and is free now is offered at once (`offerFreed`). Staff also put somebody on the list whom
 * only a phone reaches, and who is then called (`waitingTasks`).
 *
 * @throws DomainError `forbidden`, `invalid`, `not-found` (desk), `too-many-bookings` with `most`, `too-many-requests` (`mails`)
 */
export function joinWaitingList(deps: Deps): (request: JoinRequest) => Promise<IdempotentAnswer<JoinedList>> {
  const { storage, now } = deps;
  return async (request) => {
    const at = now();
    if (request.who) assertMayServeWaiting(request.who, request.deskId);
    const booking = request.earlierThan === undefined ? null : await bookingToAdvance(deps, request, at);
    return idempotently(
      { write: storage.write, now: at, desk: request.deskId },
      request.idempotency,
      async (stores) => {
        const desk = await deskOf(stores, request.deskId);
        return join(deps, stores, { desk, request, booking, now: at });
      },
    );
  };
}

/** @throws DomainError `invalid` if the link opens no booking at this desk that is ahead */
async function bookingToAdvance(deps: Deps, { deskId, earlierThan = '' }: JoinRequest, now: Instant): Promise<Booking> {
  const booking = await behindLink(deps, earlierThan);
  if (!booking || !mayBecomeEarlier(booking, now) || booking.deskId !== deskId)
    throw wrong([{ pointer: '/earlierThan', detail: 'is not the link of a booking ahead at this desk' }]);
  return booking;
}

interface Joining {
  readonly desk: Desk;
  readonly request: JoinRequest;
  readonly booking: Booking | null;
  readonly now: Instant;
}

async function join(deps: Deps, stores: Stores, { desk, request, booking, now }: Joining): Promise<JoinedList> {
  const wish = assertWish(desk, request.wish, now);
  if (booking && booking.topicId !== wish.topicId)
    throw wrong([{ pointer: '/topic', detail: 'is not the topic of the booking' }]);
  // The link of a booking proves who it is; where mails go is not changed by it.
  const client = booking && booking.client.email !== null ? booking.client : request.client;
  assertReachable(client, booking ?? wish, request.who ?? CLIENT);
  const open = await stores.waiting.open(desk.id);
  const own = open.filter((entry) => clientKey(entry.client) === clientKey(client));
  const asked = { client, topicId: wish.topicId, bookingId: booking?.id ?? null };
  const entry =
    own.find((each) => isSameWaiter(each, asked)) ??
    (await added(deps, stores, { desk, client, wish, booking, now, own }));
  const ahead = [...open.filter(({ id }) => id !== entry.id), entry]
    .filter(({ topicId }) => topicId === entry.topicId)
    .sort(byTurn);
  const position = ahead.findIndex(({ id }) => id === entry.id) + 1;
  return { id: entry.id, token: waitTokenFor(deps, entry), position, isNew: !own.includes(entry) };
}

interface Adding extends Omit<Joining, 'request'> {
  readonly client: Client;
  readonly wish: WaitingWish;
  /** The entries of the same client. */
  readonly own: readonly WaitingEntry[];
}

async function added(
  { ids, waitingFacts }: Deps,
  stores: Stores,
  { desk, client, wish, booking, now, own }: Adding,
): Promise<WaitingEntry> {
  const most = desk.limits.openBookingsPerAddress;
  if (own.length >= most) throw new DomainError('too-many-bookings', { most });
  if (client.email !== null)
    assertAllowed('mails', await nextMailToPerson(stores, { desk, address: client.email, now }), now);
  const entry: WaitingEntry = {
    ...wish,
    ...{ id: ids.uuid(), deskId: desk.id, bookingId: booking?.id ?? null, client },
    ...{ state: 'waiting', offers: 0, passed: [], offer: null, bookedId: null },
    ...{ joinedAt: now, endedAt: null, version: 1 },
  };
  await stores.waiting.add(entry);
  await tellWaiting({ waitingFacts }, stores, { desk, entry, kind: 'waiting_joined', offer: null, now });
  return entry;
}

/** Returns the wish with the languages as the desk writes them. @throws DomainError `invalid` with every wrong field */
function assertWish(desk: Desk, wish: WaitingWish, now: Instant): WaitingWish {
  const topic = topicsOnOffer(desk).find(({ id }) => id === wish.topicId);
  const there = topic ? languagesForTopic(desk, topic.id) : [];
  const languages = [...new Set(wish.languages.flatMap((tag) => lookupLanguage(there, tag) ?? []))];
  const today = localDate(now, desk.hours.timeZone);
  const { mode, from, until, after, before, deadline } = wish;
  const errors: FieldError[] = [];
  const refuse = (isWrong: boolean, pointer: string, detail: string) => isWrong && errors.push({ pointer, detail });
  refuse(!topic, '/topic', 'is not a topic of this desk');
  refuse(topic !== undefined && languages.length === 0, '/languages', 'nobody speaks any of them about this topic');
  refuse(topic !== undefined && mode !== null && !topic.modes.includes(mode), '/mode', 'is not a mode of this topic');
  refuse(deadline !== null && deadline < today, '/deadline', 'expected today or later');
  refuse(
    until !== null && (until <= today || (from !== null && until <= from)),
    '/until',
    'expected a day after `from` and today',
  );
  refuse(after !== null && before !== null && before <= after, '/before', 'expected a time after `after`');
  if (errors.length > 0) throw wrong(errors);
  return { ...wish, languages };
}

/** @throws DomainError `invalid` if nobody could be told of an offer, or called for it */
function assertReachable(client: Client, { mode }: { readonly mode: WaitingWish['mode'] }, who: Caller): void {
  if (client.email === null && who.kind === 'client')
    throw wrong([{ pointer: '/client/email', detail: 'expected a mail address' }]);
  if (client.email === null && client.phone === null)
    throw wrong([{ pointer: '/client/phone', detail: 'expected a phone number, or a mail address' }]);
  if (mode !== null && lacksNumber(client.phone, mode))
    throw wrong([{ pointer: '/client/phone', detail: 'expected a phone number, since the consultation is by phone' }]);
}

function wrong(errors: readonly FieldError[]): DomainError {
  return new DomainError('invalid', { errors });
}
