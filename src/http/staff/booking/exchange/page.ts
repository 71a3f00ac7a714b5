import { setImmediate as turn } from 'node:timers/promises';
import type { Response } from 'express';
import { type Exchange, planExchange } from '../../../../app/booking/exchange';
import type { Booking } from '../../../../domain/booking/booking';
import { parseReference } from '../../../../domain/booking/reference';
import type { LocalDate } from '../../../../domain/calendar/hours';
import { dayInterval, localDate } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import { DomainError, isRefusal } from '../../../../domain/errors';
import { assertMayChangeBooking, mayChangeBooking } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, changerNow, signedIn } from '../../desk';
import { bodyOf, type Fields, keyOf, queryOf, reasonError } from '../../forms';
import { wordsOf } from '../../words';
import { showConfirm } from '../confirm/showConfirm';
import { othersOf, outcomeOf } from '../others';
import { showBooking } from '../overview/showBooking';
import { refusalOf, refusalToChange } from '../refusal';
import { exchangeView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens'>;

/** For this many bookings of a day it is tried whether they can be exchanged. */
const MAX_TRIED_BOOKINGS = 80;

/** Exchanges two bookings: choose the other one from a day or by its reference, see the result, confirm. */
export function exchangePage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get({ booking, desk }, req, res) {
      const refusal = refusalToChange(booking, changerNow(deps, res), res.locals);
      if (refusal) return showBooking(deps, res, { booking, desk, refusal });
      const fields = { ...bodyOf(req), ...queryOf(req) };
      if (fields.with === undefined) return choose(deps, res, { booking, desk, fields });
      const { with: other, reason = '' } = fields;
      await confirm(deps, res, { booking, desk, other: await otherIn(deps, res, booking, other), reason });
    },

    async post({ booking, desk }, req, res) {
      const fields = bodyOf(req);
      if (fields.with === undefined) return findByReference(deps, res, { booking, desk, fields });
      await exchange(deps, res, { booking, desk, fields });
    },
  };
}

interface Sent extends BookingAtDesk {
  readonly fields: Fields;
}

/** Asks for the other booking: one of a day with which an exchange is possible, or any by its reference. */
async function choose(
  deps: Deps,
  res: Response,
  { booking, desk, fields, wrong }: Sent & { wrong?: string },
): Promise<void> {
  const date = dateOrNull(fields.date) ?? localDate(Math.max(deps.now(), booking.time.start), desk.hours.timeZone);
  const found = await exchangeableOn(deps, res, { booking, desk, date });
  const view = exchangeView(
    { booking, desk, date, found, typed: fields.reference, ...(wrong && { wrong }) },
    res.locals,
  );
  res.status(wrong ? 422 : 200).render('pages/staff/booking/exchange', view);
}

/** Returns the bookings of a day which the person may move now, and with which an exchange is possible. */
async function exchangeableOn(
  deps: Deps,
  res: Response,
  { booking, desk, date }: BookingAtDesk & { date: LocalDate },
): Promise<Booking[]> {
  const ofDay = await deps.storage.bookings.within(desk.id, dayInterval(date, desk.hours.timeZone));
  const movable = ofDay.filter((other) => other.id !== booking.id && mayMove(deps, res, other));
  const found: Booking[] = [];
  for (const other of movable.slice(0, MAX_TRIED_BOOKINGS)) {
    if ((await tried(deps, res, booking, other)).isPossible) found.push(other);
    // Lets other requests run in between.
    await turn();
  }
  return found;
}

function mayMove(deps: Pick<Deps, 'now'>, res: Response, booking: Booking): boolean {
  return mayChangeBooking(signedIn(res), booking) && !refusalToChange(booking, changerNow(deps, res), res.locals);
}

function tried({ storage, now }: Deps, res: Response, booking: Booking, other: Booking): Promise<Exchange> {
  return planExchange(storage, [booking, other], { who: signedIn(res), now: now() });
}

async function findByReference(deps: Deps, res: Response, { booking, desk, fields }: Sent): Promise<void> {
  const reference = parseReference(fields.reference ?? '');
  const other = reference && (await deps.storage.bookings.findByReference(desk.id, reference));
  if (other && other.id !== booking.id && mayMove(deps, res, other))
    return res.redirect(303, url(paths.staffExchange, { id: booking.id }, { with: other.id }));
  await choose(deps, res, { booking, desk, fields, wrong: res.locals.t('staff.exchange.notFound') });
}

/** @throws DomainError `not-found`, `forbidden` */
async function otherIn({ storage }: Deps, res: Response, booking: Booking, id: string): Promise<Booking> {
  const other = await storage.bookings.find(id);
  if (other?.deskId !== booking.deskId || other.id === booking.id) throw new DomainError('not-found');
  assertMayChangeBooking(signedIn(res), other);
  return other;
}

async function confirm(
  deps: Deps,
  res: Response,
  { booking, other, desk, reason }: { booking: Booking; other: Booking; desk: Desk; reason: string },
): Promise<void> {
  const { plan, isPossible } = await tried(deps, res, booking, other);
  if (!isPossible) {
    const { time } = wordsOf(desk, res.locals);
    const refusal = res.locals.t('staff.exchange.impossible', {
      name: other.client.name,
      when: `${time.shortDay(other.time.start)}, ${time.span(other.time)}`,
    });
    return showBooking(deps, res, { booking, desk, refusal: { status: 409, text: refusal } });
  }
  const others = await othersOf(deps, plan);
  const fields = {
    with: other.id,
    version: String(booking.version),
    otherVersion: String(other.version),
    outcome: outcomeOf(plan, others),
    key: deps.ids.uuid(),
  };
  showConfirm(res, {
    desk,
    plan,
    others,
    booking,
    action: url(paths.staffExchange, { id: booking.id }),
    backHref: url(paths.staffExchange, { id: booking.id }),
    what: 'exchange',
    reason,
    hidden: Object.entries(fields).map(([name, value]) => ({ name, value })),
  });
}

/** Carries out the exchange if it is still as it was confirmed; otherwise shows the new plan. */
async function exchange(deps: Deps, res: Response, { booking, desk, fields }: Sent): Promise<void> {
  const other = await otherIn(deps, res, booking, fields.with ?? '');
  const done = (others: readonly { booking: Booking }[]) =>
    res.redirect(
      303,
      url(
        paths.staffBooking,
        { id: booking.id },
        {
          done: 'exchanged',
          others: others.map((each) => each.booking.id).join(',') || undefined,
        },
      ),
    );
  const idempotency = keyOf(deps, res, { what: `exchange ${booking.id}`, fields });
  const isAsSeen = String(booking.version) === fields.version && String(other.version) === fields.otherVersion;
  // The same form was sent before and has been carried out already.
  if (!isAsSeen && idempotency && (await deps.storage.keys.find(idempotency.scope, idempotency.key))) return done([]);
  if (!isAsSeen) {
    const refusal = refusalOf(new DomainError('version-moved-on'), res.locals.t);
    return showBooking(deps, res, { booking, desk, ...(refusal && { refusal }) });
  }
  const { lines, plan, isPossible } = await tried(deps, res, booking, other);
  const others = await othersOf(deps, plan);
  const { reason = '' } = fields;
  if (!isPossible || outcomeOf(plan, others) !== fields.outcome || reasonError(reason, res.locals))
    return confirm(deps, res, { booking, other, desk, reason });
  try {
    const told = lines.map((line) => ({ ...line, reason: reason || null }));
    await deed(res, () => deps.app.moveBookings({ deskId: desk.id, lines: told, who: signedIn(res), idempotency }));
    done(others);
  } catch (error) {
    const refusal = refusalOf(error, res.locals.t);
    if (refusal) return showBooking(deps, res, { booking, desk, refusal });
    if (!isRefusal(error, 'moves-refused') && !isRefusal(error, 'slot-unavailable')) throw error;
    await confirm(deps, res, { booking, other, desk, reason });
  }
}
