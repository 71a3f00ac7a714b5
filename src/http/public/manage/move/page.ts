import { type Request, type Response, Router } from 'express';
import type { Alternatives } from '../../../../app/slots/alternatives';
import { queryToMove } from '../../../../app/slots/slotQuery';
import { localDate } from '../../../../domain/calendar/zone';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths, url } from '../../../../paths';
import { deskTime, zoneOf } from '../../../../presentation/format';
import { deskIn } from '../../../pages/deskPage';
import { limitText } from '../../../pages/limitText';
import { pageOf, slotDays, slotList, weeksOf } from '../../../pages/slotDays';
import { chosenStart } from '../../../typedTime';
import { tooManyRequests } from '../../../waiting';
import { bookingIn, can, here, type ManagedDeps, refusedKindly, tokenIn, whenView } from '../managedBooking';

/** Moves a booking to another time. Must be mounted after `loadBooking`. */
export function moveBookingRoutes(deps: ManagedDeps): Router {
  const router = Router();
  router.get(paths.moveBooking, (req, res) => askWhen(deps, req, res));
  router.post(paths.moveBooking, (req, res) => moveIt(deps, req, res));
  return router;
}

interface Mishap {
  readonly status: number;
  readonly errors: readonly { href: string; text: string }[];
  readonly alternatives?: Alternatives;
}

/**
 * Asks for the day, then for the time. If the chosen time has just been taken, the page shows the nearest free ones.
 */
async function askWhen(deps: ManagedDeps, req: Request, res: Response, mishap?: Mishap): Promise<void> {
  if (!can(deps, res, 'move')) return res.redirect(303, here(req, 'unchanged'));
  const reader = { locale: res.locals.locale, t: res.locals.t };
  const booking = bookingIn(res);
  const zone = deskIn(res).hours.timeZone;
  const { slots } = await deps.app.findSlots({
    deskId: booking.deskId,
    query: queryToMove(booking),
    audience: 'client',
    except: booking.id,
  });
  const others = slots.filter(({ time }) => time.start !== booking.time.start);
  const days = slotDays(others, zone, reader).map((day) => ({
    ...day,
    href: url(paths.moveBooking, tokenIn(req), { date: day.date }),
  }));
  const asked = String(
    (req.method === 'POST' ? (req.body as { date?: unknown } | undefined)?.date : req.query.date) ?? '',
  );
  const day = days.find(({ date }) => date === asked);
  const near = mishap?.alternatives && [
    { id: 'nearest', name: reader.t('booking.gone.nearest'), times: slotList(mishap.alternatives.slots, zone, reader) },
  ];
  const link = (to: (typeof days)[number] | undefined) => to && { href: to.href, name: to.name };
  const page = pageOf(days, req.query.from, (from) => url(paths.moveBooking, tokenIn(req), { from }));
  const listed = new Set(day ? [day.date] : page.days.map(({ date }) => date));
  const shown = (
    mishap?.alternatives?.slots ?? others.filter(({ time }) => listed.has(localDate(time.start, zone)))
  ).map(({ time }) => time.start);
  res.status(mishap?.status ?? 200).render('pages/public/manage/move', {
    title: reader.t('booking.move.title'),
    back: near || day ? url(paths.moveBooking, tokenIn(req)) : here(req),
    keepHref: here(req),
    now: whenView(res).when,
    zone: `${zoneOf(deskTime(reader.locale, zone), [booking.time.start, ...shown]).name} (${zone})`,
    errors: mishap?.errors,
    error: mishap?.errors[0]?.text,
    none: days.length === 0 && reader.t('booking.move.none'),
    form: {
      method: 'post',
      action: url(paths.moveBooking, tokenIn(req)),
      hidden: day ? [{ name: 'date', value: day.date }] : [],
    },
    day: near ? undefined : day?.name,
    count: near ? undefined : day?.count,
    groups: near ?? day?.groups,
    otherDays: day && {
      previous: link(days.filter(({ date }) => date < day.date).at(-1)),
      next: link(days.find(({ date }) => date > day.date)),
    },
    weeks: weeksOf(page.days, localDate(deps.now(), zone), reader),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
  });
}

async function moveIt(deps: ManagedDeps, req: Request, res: Response): Promise<void> {
  const start = chosenStart(req.body);
  const { t } = res.locals;
  if (start === null)
    return askWhen(deps, req, res, { status: 422, errors: [{ href: '#start-1', text: t('booking.time.missing') }] });
  try {
    await refusedKindly(
      req,
      res,
      () => deps.app.moveBooking({ bookingId: bookingIn(res).id, start, who: CLIENT }),
      'moved',
    );
  } catch (error) {
    if (isRefusal(error, 'too-many-requests')) {
      tooManyRequests(res, error);
      const text = limitText({ desk: deskIn(res), error, now: deps.now() }, res.locals);
      return askWhen(deps, req, res, { status: 429, errors: [{ href: '#start-1', text }] });
    }
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const errors = [{ href: '#start-1', text: t('booking.move.gone') }];
    await askWhen(deps, req, res, { status: 409, errors, alternatives: error.details.alternatives as Alternatives });
  }
}
