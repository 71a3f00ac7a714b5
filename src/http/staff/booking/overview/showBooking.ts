import type { Response } from 'express';
import { caseHint } from '../../../../app/cases/readCases';
import type { Booking } from '../../../../domain/booking/booking';
import { needingSomebody } from '../../../../domain/booking/outsideHours';
import type { Desk } from '../../../../domain/desk';
import type { HttpDeps } from '../../../deps';
import { type BookingAtDesk, signedIn } from '../../desk';
import type { OtherFrom } from '../others';
import type { RefusalNotice } from '../refusal';
import type { Chain } from './outcomeSection';
import { overviewView } from './view';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/** What was just done, or why it was not. */
interface Outcome {
  readonly done?: string | undefined;
  /** Ids of bookings that changed their advisor to make room. */
  readonly others?: readonly string[] | undefined;
  readonly refusal?: RefusalNotice;
  /** The text that was typed as a link, and is none. */
  readonly wrongVideoLink?: string;
  /** The text that was typed as a link but not sent yet. */
  readonly typedVideoLink?: string;
  /** What was typed as the address to send the invitation to. */
  readonly typedAddress?: { readonly email: string; readonly isWrong: boolean };
}

/** Shows the booking in its present state, with what was done or refused. */
export async function showBooking(
  { storage, now }: Deps,
  res: Response,
  { booking, desk, done, others = [], refusal, wrongVideoLink, typedVideoLink, typedAddress }: BookingAtDesk & Outcome,
): Promise<void> {
  const at = now();
  const absences = await storage.desks.absences(desk.id, booking.time);
  const facts = {
    desk,
    booking,
    needsSomebody: needingSomebody({ desk, absences }, [booking], at).length > 0,
    hint: await caseHint(storage, signedIn(res), booking),
    history: await storage.bookings.history(booking.id),
    mails: await storage.outbox.ofBooking(booking.id),
    replies: await storage.replies.ofBooking(booking.id),
    operation: await storage.operations.lastOf(booking.id),
    chain: await chainOf({ storage }, booking),
    staff: signedIn(res),
    now: at,
  };
  const outcome = {
    done,
    others: await changedFor({ storage }, { booking, desk, others }),
    refusal: refusal?.text,
    wrongVideoLink,
    typedVideoLink,
    typedAddress,
  };
  const isWrong = wrongVideoLink !== undefined || typedAddress?.isWrong;
  const status = refusal?.status ?? (isWrong ? 422 : 200);
  res.status(status).render('pages/staff/booking/overview', overviewView(facts, outcome, res.locals));
}

async function chainOf({ storage: { bookings } }: Pick<Deps, 'storage'>, { id, follows }: Booking): Promise<Chain> {
  return {
    before: follows === null ? undefined : await bookings.find(follows),
    after: (await bookings.following(id)).filter(({ status }) => status !== 'cancelled'),
  };
}

/**
 * Shows the booking in its present state, and why the action was refused. @throws the error itself if it has another
 * reason
 */
export async function showRefused(
  { storage, now }: Deps,
  res: Response,
  { error, refusal, booking, desk }: BookingAtDesk & { error: unknown; refusal: RefusalNotice | undefined },
): Promise<void> {
  const current = await storage.bookings.find(booking.id);
  if (!refusal || !current) throw error;
  await showBooking({ storage, now }, res, { booking: current, desk, refusal });
}

/** The most bookings that are named; one move never changes more. */
const MAX_OTHER_BOOKINGS = 10;

/**
 * Returns the bookings among those that the address names which were really reassigned at the same moment in which this
 * one last changed.
 */
async function changedFor(
  { storage }: Pick<Deps, 'storage'>,
  { booking, desk, others }: { booking: Booking; desk: Desk; others: readonly string[] },
): Promise<OtherFrom[]> {
  const found: OtherFrom[] = [];
  for (const id of others.slice(0, MAX_OTHER_BOOKINGS)) {
    const other = await storage.bookings.find(id);
    if (other?.deskId !== desk.id) continue;
    const history = await storage.bookings.history(id);
    const event = history.findLast(({ type, at }) => type === 'reassigned' && at === booking.changedAt);
    if (event?.from) found.push({ booking: other, from: event.from.advisorId, to: other.advisorId });
  }
  return found;
}
