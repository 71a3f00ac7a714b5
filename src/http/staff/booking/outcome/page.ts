import type { Response } from 'express';
import { notChangeable } from '../../../../domain/booking/change';
import { hasBegun } from '../../../../domain/booking/outcome';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, type Fields, type FormError, keyOf, versionOf } from '../../forms';
import { showBooking } from '../overview/showBooking';
import { refusalOf } from '../refusal';
import { outcomeFields, readOutcomeForm } from './form';
import { outcomeView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** What became of a consultation, noted in a few taps; it is corrected here, too. */
export function outcomePage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const refusal = refusalToNote(deps, { booking, desk }, res);
      if (refusal) return showBooking(deps, res, { booking, desk, refusal });
      const typed = bodyOf(req);
      show(deps, res, { booking, desk, fields: 'outcome' in typed ? typed : outcomeFields({ booking, desk }) });
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const read = readOutcomeForm(fields, { booking, desk }, res.locals);
      if ('errors' in read) return show(deps, res.status(422), { booking, desk, fields, errors: read.errors });
      const { isMailed, isPrinted, ...outcome } = read.typed;
      const idempotency = keyOf(deps, res, { what: `outcome ${booking.id}`, fields });
      const who = signedIn(res);
      try {
        const request = { bookingId: booking.id, outcome, isMailed, who, ifVersion: versionOf(fields), idempotency };
        await deed(res, () => deps.app.recordOutcome(request));
        res.redirect(303, nextPage(booking.id, { kind: outcome.kind, isPrinted }));
      } catch (error) {
        await refuse(deps, res, { error, booking, desk, fields });
      }
    },
  };
}

/** Paper comes first, then the appointment that is needed. */
function nextPage(id: string, { kind, isPrinted }: { kind: string; isPrinted: boolean }): string {
  if (isPrinted) return url(paths.staffSteps, { id }, { done: 'outcome' });
  return kind === 'follow_up_needed'
    ? url(paths.staffFollowUp, { id }, { done: 'outcome' })
    : url(paths.staffBooking, { id }, { done: 'outcome' });
}

function refusalToNote({ now }: Pick<Deps, 'now'>, { booking }: BookingAtDesk, res: Response) {
  if (hasBegun(booking, now())) return undefined;
  const why = now() < booking.time.start ? 'not-started' : 'status';
  return refusalOf(notChangeable(booking, why), res.locals.t);
}

/** Shows why it was not noted, and the form with what was typed as long as there can be an outcome. */
async function refuse(
  deps: Deps,
  res: Response,
  { error, booking: { id }, desk, fields }: BookingAtDesk & { error: unknown; fields: Fields },
): Promise<void> {
  const refusal = refusalOf(error, res.locals.t);
  const booking = await deps.storage.bookings.find(id);
  if (!refusal || !booking) throw error;
  const over = refusalToNote(deps, { booking, desk }, res);
  if (over) return showBooking(deps, res, { booking, desk, refusal: over });
  show(deps, res.status(refusal.status), { booking, desk, fields, refusal: refusal.text });
}

interface Shown extends BookingAtDesk {
  readonly fields: Fields;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
}

function show({ ids }: Pick<Deps, 'ids'>, res: Response, shown: Shown): void {
  res.render('pages/staff/booking/outcome', outcomeView({ ...shown, key: ids.uuid() }, res.locals));
}
