import { HOUR, type Instant } from './calendar/interval';
import { DomainError } from './errors';

/** How wide a network is that is counted together, from who can be told apart to whoever has bought many addresses. */
export const WIDTHS = ['host', '/24', '/48'] as const;
export type Width = (typeof WIDTHS)[number];

/** A number for each width. */
type ByWidth = Readonly<Record<Width, number>>;

/**
 * By how much a limit of a host rises for the wider networks around it: so much that a neighbour is not kept out by one who does too
 * much, and so little that whoever has a whole network cannot go on from one address to the next for ever.
 */
const RISE: ByWidth = { host: 1, '/24': 2.5, '/48': 5 };

/** A limit of one host, for all widths. */
export function rising(ofHost: number): ByWidth {
  const of = (width: Width) => Math.floor(ofHost * RISE[width]);
  return { host: of('host'), '/24': of('/24'), '/48': of('/48') };
}

/** How much the public may do at a desk. Staff are not limited. */
export interface Limits {
  /** Mails to one address that the public's deeds may cause; beyond it, no deed that would cause one more. */
  readonly mailsPerAddress: { readonly hour: number; readonly day: number };
  /** How often its client may move one booking within 24 hours. */
  readonly movesPerBookingPerDay: number;
  /** New bookings from one network; a whole shelter that books from one address when slots are opened stays below. */
  readonly bookingsPerHour: ByWidth;
  /** Of the starts on offer, the share that one host may hold at a time. */
  readonly heldShare: number;
  /** Bookings that one mail address may have ahead: a company's HR books for all its newcomers from one mailbox. */
  readonly openBookingsPerAddress: number;
}

/** For a desk that says nothing else. */
export const USUAL_LIMITS: Limits = {
  mailsPerAddress: { hour: 10, day: 20 },
  movesPerBookingPerDay: 5,
  bookingsPerHour: { host: 60, '/24': 150, '/48': 300 },
  heldShare: 0.05,
  openBookingsPerAddress: 100,
};

/** What a desk says of its limits; what it leaves out is as usual. */
export interface SomeLimits extends Partial<Omit<Limits, 'mailsPerAddress' | 'bookingsPerHour'>> {
  readonly mailsPerAddress?: Partial<Limits['mailsPerAddress']>;
  readonly bookingsPerHour?: Partial<ByWidth>;
}

/** All limits of a desk. */
export function limitsOf({ mailsPerAddress, bookingsPerHour, ...others }: SomeLimits): Limits {
  return {
    ...USUAL_LIMITS,
    ...others,
    mailsPerAddress: { ...USUAL_LIMITS.mailsPerAddress, ...mailsPerAddress },
    bookingsPerHour: { ...USUAL_LIMITS.bookingsPerHour, ...bookingsPerHour },
  };
}

/** The other way round: only what differs from the usual, so that a desk that wants nothing special follows it. */
export function unusualLimits(limits: Limits): SomeLimits {
  return differing(limits, USUAL_LIMITS) as SomeLimits;
}

function differing(some: object, usual: object): object {
  const known = usual as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(some as Record<string, unknown>).flatMap(([name, value]) => {
      const ofUsual = known[name];
      if (typeof value !== 'object' || value === null) return value === ofUsual ? [] : [[name, value]];
      const part = differing(value, ofUsual as object);
      return Object.keys(part).length === 0 ? [] : [[name, part]];
    }),
  );
}

/** Where a public request comes from, as far as it is counted: keyed hashes, and never an address. */
export interface Origin {
  /** From the narrowest to the widest. */
  readonly networks: readonly { readonly width: Width; readonly key: string }[];
  /** Nobody can be told apart there: everybody comes by a proxy that TRUST_PROXY does not name. */
  readonly shared: boolean;
}

/** What was refused, for the answer and for those who watch. */
export const LIMIT_NAMES = ['mails', 'moves', 'bookings', 'holds'] as const;
type LimitName = (typeof LIMIT_NAMES)[number];

/** Everybody together who comes by a proxy that nobody named: ten times what the widest network may do. */
const BOOKINGS_WHERE_SHARED = 10;
/** As many slots as a small host may hold in any case: an office or a family at one table. */
const MIN_HELD_SLOTS = 10;
/** Six hosts' worth, where nobody can be told apart. */
const HELD_WHERE_SHARED = 6;

/** How many bookings may come from such a network within an hour. */
export function mostBookingsPerHour(
  { bookingsPerHour }: Limits,
  width: Width,
  { shared }: Pick<Origin, 'shared'>,
): number {
  return shared ? BOOKINGS_WHERE_SHARED * bookingsPerHour['/48'] : bookingsPerHour[width];
}

/**
 * How many slots such a network may hold at the same time.
 *
 * @param starts how many distinct starts are on offer for what is asked for; 0 where nobody has looked, which gives the fewest
 */
export function mostHeld(
  { heldShare }: Pick<Limits, 'heldShare'>,
  starts: number,
  width: Width,
  { shared }: Pick<Origin, 'shared'>,
): number {
  const ofHost = Math.max(MIN_HELD_SLOTS, Math.floor(starts * heldShare));
  return shared ? ofHost * HELD_WHERE_SHARED : rising(ofHost)[width];
}

/** So many within so long. */
interface Rate {
  readonly most: number;
  /** Milliseconds; half-open: what lies exactly so long back does not count any more. */
  readonly window: number;
}

/** What may be mailed to one address. */
export function mailRates({ mailsPerAddress: { hour, day } }: Limits): Rate[] {
  return [
    { most: hour, window: HOUR },
    { most: day, window: 24 * HOUR },
  ];
}

/**
 * When one more is allowed: `now`, or later if too many lie too close behind. The window slides, so that no stretch of its length ever
 * has more, wherever it begins.
 *
 * @param times when it was done, or will be; ascending
 */
export function nextAllowed(times: readonly Instant[], { most, window }: Rate, now: Instant): Instant {
  const counted = times.at(-most);
  return counted === undefined ? now : Math.max(now, counted + window);
}

/** @throws DomainError `too-many-requests` with `limit`, `retryAfterSeconds` and a `reason` for programs, unless it is allowed now */
export function assertAllowed(limit: LimitName, allowedFrom: Instant, now: Instant): void {
  if (allowedFrom > now) throw tooMany(limit, allowedFrom - now);
}

/** The refusal. @param wait milliseconds */
export function tooMany(limit: LimitName, wait: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(wait / 1000));
  return new DomainError('too-many-requests', { limit, retryAfterSeconds, reason: REASONS[limit] });
}

const REASONS: Readonly<Record<LimitName, string>> = {
  mails: 'this mail address has been sent as many mails as it may get; cancelling is still possible',
  moves: 'this booking has been moved as often as it may be within a day',
  bookings: 'as many bookings as one network may make within an hour have come from this one',
  holds: 'as many slots as one network may hold at a time are held from this one',
};
