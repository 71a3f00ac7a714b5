import { HOUR, type Instant } from './calendar/interval';
import { DomainError } from './errors';

/**
 * The widths of networks whose requests are counted together, from a single host to a block in which somebody may have
 * bought many addresses.
 */
export const WIDTHS = ['host', '/24', '/48'] as const;
export type Width = (typeof WIDTHS)[number];

/** A number for each width. */
type ByWidth = Readonly<Record<Width, number>>;

/**
 * The factor by which a host's limit rises for the wider networks around it: high enough that one busy host does not
 * shut out its neighbours, and low enough that somebody with a whole network cannot go on by changing addresses.
 */
const RISE_FACTORS: ByWidth = { host: 1, '/24': 2.5, '/48': 5 };

/** Returns the limits of all widths from that of one host. */
export function rising(ofHost: number): ByWidth {
  const of = (width: Width) => Math.floor(ofHost * RISE_FACTORS[width]);
  return { host: of('host'), '/24': of('/24'), '/48': of('/48') };
}

/** How much the public may do at a desk. Staff are not limited. */
export interface Limits {
  /**
   * The greatest number of mails to one address that public requests may cause; a request that would cause another is
   * refused.
   */
  readonly mailsPerAddress: { readonly hour: number; readonly day: number };
  /** How often the client may move one booking within 24 hours. */
  readonly movesPerBookingPerDay: number;
  /** New bookings from one network. A whole shelter that books from one address when slots are released stays below. */
  readonly bookingsPerHour: ByWidth;
  /** The share of the starts on offer that one host may hold at the same time. */
  readonly heldShare: number;
  /**
   * Future bookings that one mail address may have. It is high because a company's HR department books for all its
   * newcomers from one mailbox.
   */
  readonly openBookingsPerAddress: number;
}

/** The default for a desk's file that does not set limits. */
export const USUAL_LIMITS: Limits = {
  mailsPerAddress: { hour: 10, day: 20 },
  movesPerBookingPerDay: 5,
  bookingsPerHour: { host: 60, '/24': 150, '/48': 300 },
  heldShare: 0.05,
  openBookingsPerAddress: 100,
};

/** The limits that a desk's file sets; the others are the usual ones. */
export interface SomeLimits extends Partial<Omit<Limits, 'mailsPerAddress' | 'bookingsPerHour'>> {
  readonly mailsPerAddress?: Partial<Limits['mailsPerAddress']>;
  readonly bookingsPerHour?: Partial<ByWidth>;
}

/** Returns all limits of a desk, with the usual ones for those that are not set. */
export function limitsOf({ mailsPerAddress, bookingsPerHour, ...others }: SomeLimits): Limits {
  return {
    ...USUAL_LIMITS,
    ...others,
    mailsPerAddress: { ...USUAL_LIMITS.mailsPerAddress, ...mailsPerAddress },
    bookingsPerHour: { ...USUAL_LIMITS.bookingsPerHour, ...bookingsPerHour },
  };
}

/**
 * The inverse of `limitsOf`: returns only the limits that differ from the usual ones, so that other desks follow when
 * those change.
 */
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

/** Where a public request comes from, as far as it is counted: as keyed hashes, never as an address. */
export interface Origin {
  /** From the narrowest to the widest network. */
  readonly networks: readonly { readonly width: Width; readonly key: string }[];
  /** All requests come through a proxy that TRUST_PROXY does not name, so that clients cannot be told apart. */
  readonly shared: boolean;
}

/** The name of the limit that was reached, for the answer and for the metrics. */
export const LIMIT_NAMES = ['mails', 'moves', 'bookings', 'holds'] as const;
type LimitName = (typeof LIMIT_NAMES)[number];

/** The factor for all clients together behind an unnamed proxy: ten times the limit of the widest network. */
const BOOKINGS_WHERE_SHARED = 10;
/** The slots that any host may hold, however few are on offer: enough for an office, or a family at one table. */
const MIN_HELD_SLOTS = 10;
/** The factor behind an unnamed proxy: as many slots as six hosts may hold. */
const HELD_WHERE_SHARED = 6;

/** Returns how many bookings may come from a network of this width within an hour. */
export function mostBookingsPerHour(
  { bookingsPerHour }: Limits,
  width: Width,
  { shared }: Pick<Origin, 'shared'>,
): number {
  return shared ? BOOKINGS_WHERE_SHARED * bookingsPerHour['/48'] : bookingsPerHour[width];
}

/**
 * Returns how many slots a network of this width may hold at the same time.
 *
 * @param starts the number of distinct starts on offer for the query; 0 if they were not counted, which results in the
 *   lowest limit
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

/** A number of times within a sliding window. */
interface Rate {
  readonly most: number;
  /** Milliseconds; half-open: something exactly this long ago does not count any more. */
  readonly window: number;
}

/** Returns the rates for mails to one address. */
export function mailRates({ mailsPerAddress: { hour, day } }: Limits): Rate[] {
  return [
    { most: hour, window: HOUR },
    { most: day, window: 24 * HOUR },
  ];
}

/**
 * Returns when one more is allowed: `now`, or later if too many lie within the window. The window slides, so that no
 * period of its length ever contains more, wherever it begins.
 *
 * @param times when it was done or is due; ascending
 */
export function nextAllowed(times: readonly Instant[], { most, window }: Rate, now: Instant): Instant {
  const counted = times.at(-most);
  return counted === undefined ? now : Math.max(now, counted + window);
}

/** @throws DomainError `too-many-requests` with `limit`, `retryAfterSeconds` and a `reason` for programs, unless it is allowed now */
export function assertAllowed(limit: LimitName, allowedFrom: Instant, now: Instant): void {
  if (allowedFrom > now) throw tooMany(limit, allowedFrom - now);
}

/** Returns the refusal. @param wait milliseconds */
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
