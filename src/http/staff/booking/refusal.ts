import type { Response } from 'express';
import { assertChangeable, type Booking } from '../../../domain/booking/booking';
import type { By } from '../../../domain/booking/change';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { type RefusalNotice, showBooking } from './showBooking';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/** Returns why a change is not possible in the booking's present state; undefined if the error has another reason. */
export function refusalOf(error: unknown, t: (key: string) => string): RefusalNotice | undefined {
  if (!(error instanceof DomainError) || !Object.hasOwn(STALE, error.code)) return undefined;
  const { why } = error.details;
  const text = t(`staff.refusal.${SAID.includes(why) ? why : error.code}`);
  return { status: STALE[error.code as keyof typeof STALE], text };
}

const STALE = { 'version-moved-on': 412, 'booking-not-changeable': 409 } as const;

/** The reasons with a text of their own; for all others the text is that somebody else was faster. */
const SAID: readonly unknown[] = ['not-started', 'too-early', 'another-day', 'over'];

/** Returns why the booking can neither be moved nor cancelled by this person now; undefined: it can. */
export function refusalToChange(booking: Booking, by: By, { t }: Reader): RefusalNotice | undefined {
  try {
    assertChangeable(booking, by);
    return undefined;
  } catch (error) {
    return refusalOf(error, t);
  }
}

/**
 * Shows the booking in its present state, and why the action was refused. @throws the error itself if it has another
 * reason
 */
export async function showRefused(
  { storage, now }: Deps,
  res: Response,
  {
    error,
    refusal,
    booking,
    desk,
  }: { error: unknown; refusal: RefusalNotice | undefined; booking: Booking; desk: Desk },
): Promise<void> {
  const current = await storage.bookings.find(booking.id);
  if (!refusal || !current) throw error;
  await showBooking({ storage, now }, res, { booking: current, desk, refusal });
}
