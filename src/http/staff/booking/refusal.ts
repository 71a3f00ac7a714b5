import type { Response } from 'express';
import { assertChangeable, type Booking } from '../../../domain/booking/booking';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { HttpDeps } from '../../deps';
import { actorOf } from '../desk';
import { type RefusalNotice, showBooking } from './showBooking';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/** Why a change could not be made to the booking as it stands now; undefined if that is not the reason. */
export function refusalOf(error: unknown, t: (key: string) => string): RefusalNotice | undefined {
  if (!(error instanceof DomainError) || !Object.hasOwn(STALE, error.code)) return undefined;
  const { why } = error.details;
  const text = t(`staff.refusal.${SAID.includes(why) ? why : error.code}`);
  return { status: STALE[error.code as keyof typeof STALE], text };
}

const STALE = { 'version-moved-on': 412, 'booking-not-changeable': 409 } as const;

/** What is said in its own words; the rest is that somebody was faster. */
const SAID: readonly unknown[] = ['not-started', 'too-early', 'another-day', 'over'];

/** Why neither moving nor cancelling is possible any more, or undefined. */
export function refusalToChange({ now }: Pick<Deps, 'now'>, res: Response, booking: Booking) {
  try {
    assertChangeable(booking, { by: actorOf(res), now: now() });
    return undefined;
  } catch (error) {
    return refusalOf(error, res.locals.t);
  }
}

/** The booking as it stands now, and why the deed was not done. @throws the error itself where that is not the reason */
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
