import { type DomainError, isRefusal } from '../../../../domain/errors';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, keyOf } from '../../forms';
import { showRefused } from '../overview/showBooking';
import { type RefusalNotice, refusalOf } from '../refusal';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'tokens'>;

/** Undoes the moves that the form names, of this booking and of those that were moved with it, with one press. */
export function undoMovePage(deps: Deps): Page<BookingAtDesk> {
  return {
    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      const { operation: operationId = '' } = fields;
      try {
        const idempotency = keyOf(deps, res, { what: `undo ${operationId}`, fields });
        await deed(res, () => deps.app.undoMoves({ operationId, who: signedIn(res), idempotency }));
        res.redirect(303, url(paths.staffBooking, { id: booking.id }, { done: 'move_undone' }));
      } catch (error) {
        const refusal = refusalOf(error, res.locals.t) ?? tooLate(error, res.locals);
        await showRefused(deps, res, { error, refusal, booking, desk });
      }
    },
  };
}

/** Returns why the moves stay as they are; undefined if the error has another reason. */
function tooLate(error: unknown, { t }: Reader): RefusalNotice | undefined {
  const isOurs = (code: DomainError['code']) => isRefusal(error, code);
  if (isOurs('undo-expired')) return { status: 409, text: t('staff.refusal.undo-expired') };
  if (isOurs('moves-refused') || isOurs('slot-unavailable'))
    return { status: 409, text: t('staff.refusal.undo-refused') };
  return undefined;
}
