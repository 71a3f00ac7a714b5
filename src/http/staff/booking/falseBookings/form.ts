import { HOUR } from '../../../../domain/calendar/interval';
import type { Width } from '../../../../domain/limits';
import type { Reader } from '../../../../presentation/texts';
import { type Fields, reasonError } from '../../forms';

/** The networks that reception chooses between; the wider one is the /24 for IPv4 and the /48 for IPv6. */
export const NETWORKS = { same: ['host'], wider: ['/24', '/48'] } as const satisfies Record<string, readonly Width[]>;
export type Network = keyof typeof NETWORKS;

/** How many hours before and after the booking are looked at. */
export const SPANS_HOURS = [1, 24, 168] as const;
type SpanHours = (typeof SPANS_HOURS)[number];

/** What is listed. */
export interface Listing {
  readonly network: Network;
  readonly hours: SpanHours;
  /** Whether all that is listed is chosen at first; otherwise only the booking on whose page this is. */
  readonly all: boolean;
}

/** Returns what the page's address asks for; whatever it leaves open is the same connection within a day. */
export function readListing({ width, hours, all }: Fields): Listing {
  return {
    network: width === 'wider' ? 'wider' : 'same',
    hours: SPANS_HOURS.find((each) => String(each) === hours) ?? 24,
    all: Boolean(all),
  };
}

/** Returns the time before and after the booking, in milliseconds. */
export function spanOf({ hours }: Listing): number {
  return hours * HOUR;
}

/** The number of bookings that were cancelled, and of those with which there was nothing left to cancel. */
export interface Cancelled {
  readonly done: number;
  readonly kept: number;
}

/** Returns what was cancelled, as the page puts it into its own address; undefined: nothing was. */
export function readCancelled({ done, kept }: Fields): Cancelled | undefined {
  const cancelled = count(done);
  return cancelled === undefined ? undefined : { done: cancelled, kept: count(kept) ?? 0 };
}

/** Returns the ids of the chosen bookings in a request's body. */
export function readChosen(body: unknown): string[] {
  const sent = (body as { booking?: unknown } | undefined)?.booking;
  return [sent].flat().filter((id): id is string => typeof id === 'string');
}

/** Returns the reason of the cancellation, which may be left out, or what is wrong with it. */
export function readReason({ reason = '' }: Fields, reader: Reader): { reason: string | null } | { wrong: string } {
  const wrong = reasonError(reason, reader);
  return wrong === undefined ? { reason: reason || null } : { wrong };
}

function count(text: string | undefined): number | undefined {
  return text && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
