import type { Booking, Client } from '../booking/booking';
import { clientKey } from '../booking/reachable';
import { addDays } from '../calendar/dates';
import type { LocalDate, LocalTime } from '../calendar/hours';
import type { Instant, Interval } from '../calendar/interval';
import { startOfDay } from '../calendar/zone';
import type { Mode } from '../desk';
import { DomainError } from '../errors';
import type { LanguageTag } from '../text';

/**
 * The states of an entry. `waiting`: nothing is offered to it now; `offered`: a start is held for it; `left`: the
 * booking for which somebody wanted an earlier start is no more, or staff took them off; `lapsed`: nothing came in time,
 * or three offers passed.
 */
export const WAITING_STATES = ['waiting', 'offered', 'booked', 'left', 'lapsed'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

/** The days on which somebody can come, as RFC 5545 names them, Monday first. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
type Weekday = (typeof WEEKDAYS)[number];

/** More offers than these are not made: who cannot take any of three is better helped in another way. */
export const MAX_OFFERS = 3;

/** What somebody waits for. */
export interface WaitingWish {
  readonly topicId: string;
  /** In which of these does not matter; the first is the best. Never empty. */
  readonly languages: readonly LanguageTag[];
  /** Null: any in which they can be reached. */
  readonly mode: Mode | null;
  /** The first day that suits; null: any. */
  readonly from: LocalDate | null;
  /** The first day that no longer suits; null: none. */
  readonly until: LocalDate | null;
  /** Empty: all. */
  readonly weekdays: readonly Weekday[];
  /** The consultation lies between these times of day; null: no bound. */
  readonly after: LocalTime | null;
  readonly before: LocalTime | null;
  /** The last day that still helps, because a permit ends, say; null: there is none. */
  readonly deadline: LocalDate | null;
}

/** A start that is kept for one who waits. */
export interface WaitingOffer {
  /** The hold that keeps it. */
  readonly holdId: string;
  readonly time: Interval;
  readonly language: LanguageTag;
  readonly mode: Mode;
  /** When the mail may go out, so that nobody is woken. */
  readonly tellAt: Instant;
  /** The first instant at which it can no longer be taken. */
  readonly until: Instant;
  /** The Message-ID of the mail that tells of it; null: none does. */
  readonly mailId: string | null;
}

/** Somebody who waits until something becomes free. */
export interface WaitingEntry extends WaitingWish {
  readonly id: string;
  readonly deskId: string;
  /** The booking that is to become earlier; null: there is none yet. */
  readonly bookingId: string | null;
  readonly client: Client;
  readonly state: WaitingState;
  /** The number of offers that count: all but those that the desk withdrew. */
  readonly offers: number;
  /** The starts that they let pass, which are not offered again. */
  readonly passed: readonly Instant[];
  /** Null unless `offered`. */
  readonly offer: WaitingOffer | null;
  /** The booking that came of it, if `booked`. */
  readonly bookedId: string | null;
  readonly joinedAt: Instant;
  readonly endedAt: Instant | null;
  readonly version: number;
}

/** What becomes of an entry. `pass`: the client does not want the start or lets its time go by; `withdraw`: it no longer takes place. */
type WaitingStep = 'offer' | 'accept' | 'pass' | 'withdraw' | 'leave' | 'lapse' | 'rejoin';

/** From which states a step is possible. */
const FROM: Readonly<Record<WaitingStep, readonly WaitingState[]>> = {
  offer: ['waiting'],
  accept: ['offered'],
  pass: ['offered'],
  withdraw: ['offered'],
  leave: ['waiting', 'offered'],
  lapse: ['waiting', 'offered'],
  rejoin: ['left'],
};

/** Tells whether something may still be offered to the entry, or is. */
export function isOpen({ state }: Pick<WaitingEntry, 'state'>): boolean {
  return state === 'waiting' || state === 'offered';
}

/** @throws DomainError `hold-expired` if nothing is offered, as for a start that is held no longer */
export function assertPossible(entry: Pick<WaitingEntry, 'state'>, step: WaitingStep): void {
  if (!FROM[step].includes(entry.state)) throw new DomainError('hold-expired');
}

/** The states of a booking that can still become earlier. */
const AHEAD: ReadonlySet<Booking['status']> = new Set(['requested', 'confirmed']);

/** Tells whether somebody may still wait for an earlier start than that of their booking. */
export function mayBecomeEarlier({ status, time }: Pick<Booking, 'status' | 'time'>, now: Instant): boolean {
  return AHEAD.has(status) && now < time.start;
}

/** Tells whether two entries are of one client and for the same thing, so that one of them is enough. */
export function isSameWaiter(a: Waiter, b: Waiter): boolean {
  const nameOf = ({ client }: Waiter) => client.name.trim().toLowerCase();
  return (
    clientKey(a.client) === clientKey(b.client) &&
    nameOf(a) === nameOf(b) &&
    a.topicId === b.topicId &&
    a.bookingId === b.bookingId
  );
}

type Waiter = Pick<WaitingEntry, 'client' | 'topicId' | 'bookingId'>;

/** Offers a start. @throws DomainError `hold-expired`, see `assertPossible` */
export function offered(entry: WaitingEntry, offer: WaitingOffer): WaitingEntry {
  assertPossible(entry, 'offer');
  return changed(entry, { state: 'offered', offer, offers: entry.offers + 1 });
}

/** The offer was taken. @throws DomainError `hold-expired` also when its time is over */
export function accepted(entry: WaitingEntry, bookedId: string, now: Instant): WaitingEntry {
  assertPossible(entry, 'accept');
  if (isOfferOver(entry, now)) throw new DomainError('hold-expired');
  return changed(entry, { state: 'booked', offer: null, bookedId, endedAt: now });
}

/** The start passes. After the last offer that counts the entry has lapsed. @throws DomainError `hold-expired` */
export function passed(entry: WaitingEntry, now: Instant): WaitingEntry {
  assertPossible(entry, 'pass');
  const isLast = entry.offers >= MAX_OFFERS;
  const starts = entry.offer ? [...entry.passed, entry.offer.time.start] : entry.passed;
  const next = isLast ? { state: 'lapsed', endedAt: now } : { state: 'waiting' };
  return changed(entry, { ...(next as Partial<WaitingEntry>), offer: null, passed: starts });
}

/** The start no longer takes place, which is not their fault and does not count. @throws DomainError `hold-expired` */
export function withdrawn(entry: WaitingEntry): WaitingEntry {
  assertPossible(entry, 'withdraw');
  return changed(entry, { state: 'waiting', offer: null, offers: entry.offers - 1 });
}

/** The entry ends without a booking. @throws DomainError `hold-expired` if it has ended already */
export function ended(entry: WaitingEntry, step: 'leave' | 'lapse', now: Instant): WaitingEntry {
  assertPossible(entry, step);
  return changed(entry, { state: step === 'leave' ? 'left' : 'lapsed', offer: null, endedAt: now });
}

/** Takes back that the entry was left: it waits again, at its old place. @throws DomainError `hold-expired` for another end */
export function rejoined(entry: WaitingEntry): WaitingEntry {
  assertPossible(entry, 'rejoin');
  return changed(entry, { state: 'waiting', endedAt: null });
}

function changed(entry: WaitingEntry, to: Partial<WaitingEntry>): WaitingEntry {
  return { ...entry, ...to, version: entry.version + 1 };
}

/** Tells whether the time to take the offer is over. */
export function isOfferOver({ offer }: Pick<WaitingEntry, 'offer'>, now: Instant): boolean {
  return offer !== null && now >= offer.until;
}

/**
 * Returns when nothing can suit any more: after the deadline, or when the days are over, whichever comes first; null:
 * never.
 */
export function suitsUntil({ deadline, until }: Pick<WaitingWish, 'deadline' | 'until'>, zone: string): Instant | null {
  const ends = [until, deadline && addDays(deadline, 1)].filter((date) => date !== null);
  return ends.length === 0 ? null : Math.min(...ends.map((date) => startOfDay(date, zone)));
}

/** Orders who waits: the earliest deadline first, and who has none last; then who has waited longest. */
export function byTurn(a: WaitingEntry, b: WaitingEntry): number {
  const [first, second] = [a.deadline ?? NO_DEADLINE, b.deadline ?? NO_DEADLINE];
  if (first !== second) return first < second ? -1 : 1;
  return a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Later than any day. */
const NO_DEADLINE = '~';
