import type { Request, Response } from 'express';
import type { Booking } from '../../../../domain/booking/booking';
import { HOUR } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import type { Width } from '../../../../domain/limits';
import { reason as reasonField } from '../../../../fields/schemas';
import { assetUrl, paths, url } from '../../../../paths';
import { reachOf } from '../../../../presentation/reach';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { type BookingAtDesk, signedIn } from '../../desk';
import { bodyOf, carried, type FormError, keyOf, queryOf } from '../../forms';
import { bookingLine } from '../../line';
import { wordsOf } from '../../words';
import { bookingHead } from '../head';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'ids' | 'tokens'>;

/** Fewer than the number of fields that a form may have. */
const MAX_SHOWN_BOOKINGS = 80;
const SPANS_HOURS = [1, 24, 168] as const;
/** The networks that reception chooses between; the wider one is the /24 for IPv4 and the /48 for IPv6. */
const WIDTHS = { same: ['host'], wider: ['/24', '/48'] } as const satisfies Record<string, readonly Width[]>;

/**
 * Cancels a run of false bookings. From one of them reception sees what else came from its network at the time, selects
 * bookings, sees once more what will be cancelled and who will be told, and cancels them in one transaction.
 */
export function falseBookingsPage(deps: Deps): Page<BookingAtDesk> {
  return {
    async get(about, req, res) {
      const chosen = await chosenAt(deps, about.desk, req);
      if (chosen.length > 0) {
        const { reason } = bodyOf(req);
        return res.render('pages/staff/booking/falseBookingsCheck', checkView(deps, res, { ...about, chosen, reason }));
      }
      res.render('pages/staff/booking/falseBookings', await listView(deps, req, res, about));
    },

    async post(about, req, res) {
      const chosen = await chosenAt(deps, about.desk, req);
      if (chosen.length === 0) {
        const errors: FormError[] = [{ href: `#b-${about.booking.id}`, text: res.locals.t('staff.false.missing') }];
        return res
          .status(422)
          .render('pages/staff/booking/falseBookings', { ...(await listView(deps, req, res, about)), errors });
      }
      const fields = bodyOf(req);
      if (fields.step !== 'cancel')
        return res.render('pages/staff/booking/falseBookingsCheck', checkView(deps, res, { ...about, chosen }));
      const reason = fields.reason ?? '';
      if (!reasonField.safeParse(reason).success) {
        const text = res.locals.t('staff.reason.tooLong');
        const page = checkView(deps, res, { ...about, chosen, reason });
        const errors: FormError[] = [{ href: '#reason', text }];
        return res.status(422).render('pages/staff/booking/falseBookingsCheck', { ...page, errors, reasonError: text });
      }
      const { value } = await deed(res, () =>
        deps.app.cancelFalseBookings({
          deskId: about.desk.id,
          bookingIds: chosen.map(({ id }) => id),
          tell: fields.tell === 'true' ? 'mail' : 'nobody',
          reason: reason || null,
          who: signedIn(res),
          idempotency: keyOf(deps, res, { what: `false bookings ${about.desk.id}`, fields }),
        }),
      );
      const done = value.filter(({ outcome }) => outcome === 'cancelled').length;
      res.redirect(303, url(paths.staffFalseBookings, { id: about.booking.id }, { done, kept: value.length - done }));
    },
  };
}

/** Returns the desk's bookings that the form names; the list is short, and each is about up by its id. */
async function chosenAt({ storage }: Deps, desk: Desk, req: Request): Promise<Booking[]> {
  const sent = (req.body as { booking?: unknown } | undefined)?.booking;
  const ids = [sent].flat().filter((id): id is string => typeof id === 'string');
  const found = await Promise.all(ids.slice(0, MAX_SHOWN_BOOKINGS).map((id) => storage.bookings.find(id)));
  return found.filter((booking): booking is Booking => booking?.deskId === desk.id);
}

async function listView({ storage }: Deps, req: Request, res: Response, { booking, desk }: BookingAtDesk) {
  const { t } = res.locals;
  const { width: asked, hours: span, all, done, kept } = queryOf(req);
  const width = asked === 'wider' ? 'wider' : 'same';
  const hours = SPANS_HOURS.find((each) => String(each) === span) ?? 24;
  const words = wordsOf(desk, res.locals);
  const found = await inNetwork(storage, booking, WIDTHS[width], hours * HOUR);
  const here = (change: object) => url(paths.staffFalseBookings, { id: booking.id }, { width, hours, ...change });
  const shown = found.slice(0, MAX_SHOWN_BOOKINGS);
  return {
    ...bookingHead({ desk, booking }, res.locals),
    title: t('staff.false.title'),
    done: count(done) !== undefined && Number(done) > 0 && doneText(res, Number(done), count(kept) ?? 0),
    refusal: count(done) === 0 && t('staff.false.kept', { count: count(kept) ?? 0 }),
    isKnown: booking.source === 'web',
    widths: (['same', 'wider'] as const).map((each) => ({
      text: t(`staff.false.width.${each}`),
      href: here({ width: each }),
      current: each === width,
    })),
    spans: SPANS_HOURS.map((each) => ({
      text: t(`staff.false.hours.${each}`),
      href: here({ hours: each }),
      current: each === hours,
    })),
    found: t('staff.false.found', { count: found.length }),
    list: shown.map((each) => ({
      ...bookingLine(each, desk, { words }),
      id: each.id,
      email: reachOf(each.client).email,
      created: words.time.dateAndTime(each.createdAt),
      checked: Boolean(all) || each.id === booking.id,
    })),
    more: found.length > shown.length && t('staff.false.more', { count: shown.length }),
    allHref: here({ all: 1 }),
    action: url(paths.staffFalseBookings, { id: booking.id }),
    hidden: [],
    styles: [assetUrl('staff.css')],
  };
}

/** Returns each booking once, in the order in which they were made. */
async function inNetwork(
  { bookings }: Deps['storage'],
  booking: Booking,
  widths: readonly Width[],
  span: number,
): Promise<Booking[]> {
  for (const width of widths.toReversed()) {
    const found = await bookings.fromNetworkOf(booking.id, width, span, MAX_SHOWN_BOOKINGS + 1);
    if (found.length > 0) return found;
  }
  return [];
}

function checkView(
  { ids }: Deps,
  res: Response,
  { booking, desk, chosen, reason }: BookingAtDesk & { chosen: readonly Booking[]; reason?: string | undefined },
) {
  const { t } = res.locals;
  const words = wordsOf(desk, res.locals);
  return {
    title: t('staff.false.question', { count: chosen.length }),
    lines: chosen.map((each) => bookingLine(each, desk, { words })),
    action: url(paths.staffFalseBookings, { id: booking.id }),
    hidden: [...chosen.map(({ id }) => ({ name: 'booking', value: id })), ...carried({ key: ids.uuid() }, ['key'])],
    reason: reason ?? t('staff.false.reason'),
    submit: t('staff.false.submit', { count: chosen.length }),
    typedForm: 'cancel',
    backHref: url(paths.staffFalseBookings, { id: booking.id }),
    styles: [assetUrl('staff.css')],
  };
}

function doneText(res: Response, done: number, kept: number): string {
  const { t } = res.locals;
  const parts = [t('staff.false.done', { count: done }), ...(kept > 0 ? [t('staff.false.kept', { count: kept })] : [])];
  return [...parts, t('staff.false.undo')].join(' ');
}

/** Reads a number that the page put into its own address. */
function count(text: string | undefined): number | undefined {
  return text && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
