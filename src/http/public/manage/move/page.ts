import type { Request, Response } from 'express';
import type { Alternatives } from '../../../../app/slots/alternatives';
import { queryToMove } from '../../../../app/slots/slotQuery';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import type { HttpDeps } from '../../../deps';
import { limitText } from '../../../pages/limitText';
import { chosenStart } from '../../../typedTime';
import { tooManyRequests } from '../../../waiting';
import { Elsewhere, type Guard, type Page } from '../../../wiring';
import { behindManageLink, bookingUrl, type ManagedBooking, whereAfter } from '../managedBooking';
import { type MoveRefused, moveView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'now'>;

/** The guard of the page: a booking that cannot be moved any more is told of on its own page. */
export const movableBooking: Guard<ManagedBooking> = async (req, res) => {
  const managed = await behindManageLink(req, res);
  if (managed instanceof Elsewhere || managed.may.has('move')) return managed;
  return new Elsewhere(bookingUrl(managed, 'unchanged'));
};

/**
 * Moves a booking to another time: asks for the day, then for the time. If the chosen time has just been taken, it
 * shows the nearest free ones.
 */
export function movePage(deps: Deps): Page<ManagedBooking> {
  return {
    get: (managed, req, res) => show(deps, managed, { req, res, date: req.query.date }),

    async post(managed, req, res) {
      const { date } = (req.body ?? {}) as { date?: unknown };
      const start = chosenStart(req.body);
      const { t } = res.locals;
      if (start === null) {
        res.status(422);
        return show(deps, managed, { req, res, date, refused: { text: t('booking.time.missing') } });
      }
      try {
        const move = () => deps.app.moveBooking({ bookingId: managed.booking.id, start, who: CLIENT });
        res.redirect(303, await whereAfter(managed, res, move, 'moved'));
      } catch (error) {
        if (isRefusal(error, 'too-many-requests')) {
          tooManyRequests(res, error);
          const text = limitText({ desk: managed.desk, error, now: deps.now() }, res.locals);
          return show(deps, managed, { req, res, date, refused: { text } });
        }
        if (!isRefusal(error, 'slot-unavailable')) throw error;
        res.status(409);
        const alternatives = error.details.alternatives as Alternatives;
        await show(deps, managed, { req, res, date, refused: { text: t('booking.move.gone'), alternatives } });
      }
    },
  };
}

interface Shown {
  readonly req: Request;
  readonly res: Response;
  /** The day that was chosen. */
  readonly date: unknown;
  readonly refused?: MoveRefused;
}

async function show({ app, now }: Deps, managed: ManagedBooking, { req, res, date, refused }: Shown): Promise<void> {
  const { booking } = managed;
  const { slots } = await app.findSlots({
    deskId: booking.deskId,
    query: queryToMove(booking),
    audience: 'client',
    except: booking.id,
  });
  const given = { managed, slots, date: String(date ?? ''), from: req.query.from, refused, now: now() };
  res.render('pages/public/manage/move', moveView(given, res.locals));
}
