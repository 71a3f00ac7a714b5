import type { Response } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import type { LocalDate } from '../../domain/calendar/hours';
import { localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import type { HttpDeps } from '../deps';
import { paths, url } from '../paths';
import { dateOrNull } from './day';
import { carried, type Fields, type FormError, instantOrNull } from './form';
import { type FreeTimes, freeTimes, timesView } from './freeTimes';
import { DETAIL_FIELDS } from './newDetails';
import { type KnownWish, WISH_FIELDS, wishChoices } from './newWish';

type Deps = Pick<HttpDeps, 'storage' | 'now'>;

interface Page {
  readonly desk: Desk;
  readonly wish: KnownWish | null;
  readonly fields: Fields;
  /** A time should have been chosen and was not. */
  readonly missing?: boolean;
  /** Details were typed already: they go along. */
  readonly carry?: boolean;
  /** The chosen time has gone; this is near it. */
  readonly alternatives?: Alternatives;
}

/** What is wanted, and what is free for it on one day. */
export async function showTimes(deps: Deps, res: Response, page: Page): Promise<void> {
  const { desk, wish, fields, missing = false, carry = false, alternatives } = page;
  const { t } = res.locals;
  const date =
    dateOrNull(fields.date) ?? dateOf(fields.start, desk.hours.timeZone) ?? localDate(deps.now(), desk.hours.timeZone);
  const found = wish && (await findTimes(deps, { desk, wish, date }, t));
  const searched = found !== null && !found.errors;
  const errors = found?.errors ?? (missing && found ? [{ href: '#start', text: t('staff.times.choose') }] : undefined);
  const hrefOf = (day: LocalDate) =>
    url(paths.staffNewBooking, { desk: desk.id }, { ...Object.fromEntries(wishPairs(fields)), date: day });

  res.status(alternatives ? 409 : errors ? 422 : 200).render('pages/staff/newTimes', {
    ...(found &&
      timesView(
        {
          desk,
          date,
          found,
          chosen: instantOrNull(fields.start),
          named: wish?.advisorId !== undefined,
          hrefOf,
          alternatives,
        },
        res.locals,
      )),
    ...wishChoices(res, desk, fields),
    title: t('staff.new.title'),
    action: url(paths.staffNewBooking, { desk: desk.id }),
    carry,
    details: carry ? carried(fields, [...DETAIL_FIELDS, 'key']) : [],
    wish: carried(fields, WISH_FIELDS),
    date,
    searched,
    showKind: searched ? 'secondary' : 'primary',
    continue: carry ? { name: 'step', value: 'check' } : { name: 'continue', value: 'yes' },
    errors,
    refusal: alternatives && t('staff.times.gone'),
    styles: ['/assets/staff.css'],
  });
}

async function findTimes(
  deps: Deps,
  search: { desk: Desk; wish: KnownWish; date: string },
  t: (key: string) => string,
): Promise<FreeTimes & { errors?: FormError[] }> {
  try {
    return await freeTimes(deps, search);
  } catch (error) {
    if (!isRefusal(error, 'invalid')) throw error;
    return { offers: [], nextDay: null, errors: [{ href: '#mode', text: t('staff.new.wrong.mode') }] };
  }
}

function wishPairs(fields: Fields): [string, string][] {
  return carried(fields, WISH_FIELDS).map(({ name, value }) => [name, value]);
}

function dateOf(start: string | undefined, zone: string): string | null {
  const at = instantOrNull(start);
  return at === null ? null : localDate(at, zone);
}
