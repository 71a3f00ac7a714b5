import type { Response } from 'express';
import type { Alternatives } from '../../../app/slots/alternatives';
import { freeTimes } from '../../../app/slots/freeTimes';
import type { LocalDate } from '../../../domain/calendar/hours';
import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { assetUrl, paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { dateOrNull, instantOrNull } from '../../typedTime';
import { carried, type Fields, type FormError } from '../forms';
import { timesView } from '../timesView';
import { answerFieldsIn, DETAIL_FIELDS } from './form';
import { type KnownSlotQuery, QUERY_FIELDS, queryChoices, wrongInQuery } from './query';

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'turn' | 'ids'>;

interface Page {
  readonly desk: Desk;
  readonly query: KnownSlotQuery | null;
  readonly fields: Fields;
  /** No time was chosen although one is required. */
  readonly missing?: boolean;
  /** Details have been typed already, and are carried along. */
  readonly carry?: boolean;
  /** The chosen time is taken; these are the nearest free ones. */
  readonly alternatives?: Alternatives;
}

/** Shows the form of the query, and what is free for it on one day. */
export async function showTimes(deps: Deps, res: Response, page: Page): Promise<void> {
  const { desk, query, fields, missing = false, carry = false, alternatives } = page;
  const { t } = res.locals;
  const date =
    dateOrNull(fields.date) ?? dateOf(fields.start, desk.hours.timeZone) ?? localDate(deps.now(), desk.hours.timeZone);
  const found = query && (await freeTimes(deps, { desk, query, date }));
  const wrong = Object.fromEntries(wrongAsSent(desk, fields).map((field) => [field, t(`staff.new.wrong.${field}`)]));
  const errors: FormError[] = Object.entries(wrong).map(([field, text]) => ({ href: `#${field}`, text }));
  if (missing && found) errors.push({ href: '#start', text: t('staff.times.choose') });
  const hrefOf = (day: LocalDate) =>
    url(paths.staffNewBooking, { desk: desk.id }, { ...Object.fromEntries(wishPairs(fields)), date: day });

  res.status(alternatives ? 409 : errors.length > 0 ? 422 : 200).render('pages/staff/newBooking/times', {
    ...(found &&
      timesView(
        {
          desk,
          date,
          found,
          chosen: instantOrNull(fields.start),
          named: query?.advisorId !== undefined,
          now: deps.now(),
          hrefOf,
          alternatives,
        },
        res.locals,
      )),
    ...queryChoices(res, desk, fields),
    title: t('staff.new.title'),
    action: url(paths.staffNewBooking, { desk: desk.id }),
    carry,
    details: carry ? carried(fields, [...DETAIL_FIELDS, ...answerFieldsIn(desk), 'key']) : [],
    query: carry
      ? carried(fields, QUERY_FIELDS)
      : carried({ ...fields, typed: deps.ids.uuid() }, [...QUERY_FIELDS, 'typed']),
    date,
    wrong,
    searched: found !== null,
    showKind: found ? 'secondary' : 'primary',
    continue: carry ? { name: 'step', value: 'check' } : { name: 'continue', value: 'yes' },
    errors: errors.length > 0 ? errors : undefined,
    refusal: alternatives && t('staff.times.gone'),
    styles: [assetUrl('staff.css')],
  });
}

/** Returns what is wrong with the query, if the form was sent; a link may have set only the advisor and the day. */
function wrongAsSent(desk: Desk, fields: Fields) {
  return 'topic' in fields || 'language' in fields ? wrongInQuery(desk, fields) : [];
}

function wishPairs(fields: Fields): [string, string][] {
  return carried(fields, QUERY_FIELDS).map(({ name, value }) => [name, value]);
}

function dateOf(start: string | undefined, zone: string): string | null {
  const at = instantOrNull(start);
  return at === null ? null : localDate(at, zone);
}
