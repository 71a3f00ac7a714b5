import type { Response } from 'express';
import type { Booking } from '../../../domain/booking/booking';
import { needingSomebody } from '../../../domain/booking/outsideHours';
import type { Desk } from '../../../domain/desk';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { signedIn } from '../desk';
import { otherLine } from './confirm';
import { bookingView } from './overview/view';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

/** Why an action was refused, with the status of the page that says so. */
export interface RefusalNotice {
  readonly status: number;
  readonly text: string;
}

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
}

/** Shows the booking in its present state, with what was done or refused. */
export async function showBooking(
  { storage, now }: Deps,
  res: Response,
  {
    booking,
    desk,
    done,
    others = [],
    refusal,
    wrongVideoLink,
    typedVideoLink,
  }: { booking: Booking; desk: Desk } & Outcome,
): Promise<void> {
  const at = now();
  const absences = await storage.desks.absences(desk.id, booking.time);
  const view = bookingView(
    {
      desk,
      booking,
      needsSomebody: needingSomebody({ desk, absences }, [booking], at).length > 0,
      history: await storage.bookings.history(booking.id),
      mails: await storage.outbox.ofBooking(booking.id),
      staff: signedIn(res),
      now: at,
    },
    res.locals,
  );
  const isUndoable = done !== undefined && UNDOABLE.includes(done);
  const undo = done === 'moved' ? view.actions?.moveBack : isUndoable ? view.actions?.back : undefined;
  const error = wrongVideoLink === undefined ? undefined : res.locals.t('staff.video.wrong');
  res.status(refusal?.status ?? (error ? 422 : 200)).render('pages/staff/booking/overview', {
    ...view,
    video: view.video && { ...view.video, typed: wrongVideoLink ?? typedVideoLink ?? view.video.typed, error },
    errors: error && [{ href: '#videoLink', text: error }],
    typedForm: view.video?.action ? 'video-link' : undefined,
    done: done && res.locals.t(`staff.done.${done}`),
    others: await changedFor({ storage }, { booking, desk, others }, res.locals),
    // The button to undo what was just done stands beside that message; otherwise it is among the other actions.
    undo,
    back: isUndoable ? undefined : view.actions?.back,
    refusal: refusal?.text,
  });
}

/** The actions that can be undone with one press. */
const UNDOABLE = ['cancelled', 'checked_in', 'completed', 'no_show'];

/** The most bookings that are named; one move never changes more. */
const MAX_OTHER_BOOKINGS = 10;

/**
 * Returns the bookings among those that the address names which were really reassigned at the same moment in which this
 * one last changed.
 */
async function changedFor(
  { storage }: Pick<Deps, 'storage'>,
  { booking, desk, others }: { booking: Booking; desk: Desk; others: readonly string[] },
  reader: Reader,
): Promise<string[]> {
  const lines: string[] = [];
  for (const id of others.slice(0, MAX_OTHER_BOOKINGS)) {
    const other = await storage.bookings.find(id);
    if (other?.deskId !== desk.id) continue;
    const history = await storage.bookings.history(id);
    const event = history.findLast(({ type, at }) => type === 'reassigned' && at === booking.changedAt);
    if (event?.from)
      lines.push(otherLine(desk, { booking: other, from: event.from.advisorId, to: other.advisorId }, reader));
  }
  return lines;
}
