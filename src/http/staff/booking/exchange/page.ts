import { setImmediate as turn } from 'node:timers/promises';
import type { Response } from 'express';
import { type Exchange, planExchange } from '../../../../app/booking/exchange';
import type { Booking } from '../../../../domain/booking/booking';
import { parseReference } from '../../../../domain/booking/reference';
import { dayInterval, localDate } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import { DomainError, isRefusal } from '../../../../domain/errors';
import { assertMayChangeBooking, mayChangeBooking } from '../../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../../paths';
import { dayName } from '../../../../presentation/format';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { dateOrNull } from '../../../typedTime';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, changerNow, signedIn } from '../../desk';
import { bodyOf, type Fields, type FormError, keyOf, queryOf, reasonError } from '../../forms';
import { bookingLine } from '../../line';
import { wordsOf } from '../../words';
import { othersOf, outcomeOf, showConfirm } from '../confirm';
import { bookingHead } from '../head';
import { refusalOf, refusalToChange } from '../refusal';
import { showBooking } from '../showBooking';

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
  { booking, desk, fields, error }: Sent & { error?: string },
): Promise<void> {
  const reader = res.locals;
  const zone = desk.hours.timeZone;
  const date = dateOrNull(fields.date) ?? localDate(Math.max(deps.now(), booking.time.start), zone);
  const words = wordsOf(desk, reader);
  const found: Booking[] = [];
  for (const other of await candidates(
    deps,
    res,
    booking,
    await deps.storage.bookings.within(desk.id, dayInterval(date, zone)),
  )) {
    if ((await tried(deps, res, booking, other)).isPossible) found.push(other);
    // Lets other requests run in between.
    await turn();
  }
  const errors: FormError[] = error ? [{ href: '#reference', text: error }] : [];
  res.status(error ? 422 : 200).render('pages/staff/booking/exchange', {
    ...bookingHead({ desk, booking }, reader),
    title: reader.t('staff.exchange.title'),
    action: url(paths.staffExchange, { id: booking.id }),
    moveHref: url(paths.staffMove, { id: booking.id }),
    date,
    day: dayName(reader.locale, date),
    found: found.map((other) => ({
      ...bookingLine(other, desk, { words }),
      href: url(paths.staffExchange, { id: booking.id }, { with: other.id }),
    })),
    typed: fields.reference,
    typedForm: 'exchange',
    typedError: error,
    errors: errors.length > 0 ? errors : undefined,
    styles: [assetUrl('staff.css')],
  });
}

/** Returns the bookings that the person may move now. */
async function candidates(deps: Deps, res: Response, booking: Booking, others: readonly Booking[]): Promise<Booking[]> {
  return others.filter((other) => other.id !== booking.id && mayMove(deps, res, other)).slice(0, MAX_TRIED_BOOKINGS);
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
  await choose(deps, res, { booking, desk, fields, error: res.locals.t('staff.exchange.notFound') });
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
