import { INTERPRETER_KINDS } from '../../../../domain/booking/interpreting';
import * as fields from '../../../../fields/schemas';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, versionOf } from '../../forms';
import { showRefused } from '../overview/showBooking';
import { refusalOf } from '../refusal';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** Confirms a requested consultation with the interpreter who was found; without a choice, by phone. */
export function interpreterPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async post({ booking, desk }, req, res) {
      const typed = bodyOf(req);
      const { data: name = null } = fields.name.safeParse(typed.interpreterName);
      const kind = INTERPRETER_KINDS.find((each) => each === typed.interpreter) ?? 'phone';
      try {
        const asked = { bookingId: booking.id, kind, name, who: signedIn(res), ifVersion: versionOf(typed) };
        await deed(res, () => deps.app.confirmInterpreter(asked));
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'interpreter' }));
      } catch (error) {
        await showRefused(deps, res, { error, refusal: refusalOf(error, res.locals.t), booking, desk });
      }
    },
  };
}
