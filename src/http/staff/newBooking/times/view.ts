import type { Alternatives } from '../../../../app/slots/alternatives';
import type { FreeTimes } from '../../../../app/slots/freeTimes';
import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { instantOrNull } from '../../../typedTime';
import { carried, type Fields, type FormError } from '../../forms';
import { timesView } from '../../timesView';
import { answerFieldsIn, DETAIL_FIELDS } from '../details/form';
import { QUERY_FIELDS, queryChoices, wrongInQuery } from '../query';

interface Facts {
  readonly desk: Desk;
  readonly staff: SignedIn;
  readonly fields: Fields;
  readonly date: LocalDate;
  /** What is free on the day; null: the query is not complete. */
  readonly found: FreeTimes | null;
  readonly now: Instant;
  /** No time was chosen although one is required. */
  readonly missing?: boolean;
  /** Details have been typed already, and are carried along. */
  readonly carry?: boolean;
  /** The chosen time is taken; these are the nearest free ones. */
  readonly alternatives?: Alternatives | undefined;
  /** Identifies what will be typed, so that "back" finds it. */
  readonly newKey: string;
}

/** Returns the form of the query, and what is free for it on one day. */
export function newBookingTimesView(facts: Facts, reader: Reader) {
  const { desk, staff, fields, date, found, now, missing = false, carry = false, alternatives, newKey } = facts;
  const { t } = reader;
  const wrong = Object.fromEntries(
    wrongAsSent(desk, fields).map((field) => [field, t(`staff.newBooking.wrong.${field}`)]),
  );
  const errors: FormError[] = Object.entries(wrong).map(([field, text]) => ({ href: `#${field}`, text }));
  if (missing && found) errors.push({ href: '#start', text: t('staff.times.choose') });
  const query = Object.fromEntries(carried(fields, QUERY_FIELDS).map(({ name, value }) => [name, value]));
  const hrefOf = (day: LocalDate) => url(paths.staffNewBooking, { desk: desk.id }, { ...query, date: day });
  const chosen = instantOrNull(fields.start);
  const named = Boolean(fields.advisor);
  return {
    ...(found && timesView({ desk, date, found, chosen, named, now, hrefOf, alternatives }, reader)),
    ...queryChoices(desk, fields, staff, reader),
    title: t('staff.newBooking.title'),
    action: url(paths.staffNewBooking, { desk: desk.id }),
    carry,
    details: carry ? carried(fields, [...DETAIL_FIELDS, ...answerFieldsIn(desk), 'key']) : [],
    query: carry ? carried(fields, QUERY_FIELDS) : carried({ ...fields, typed: newKey }, [...QUERY_FIELDS, 'typed']),
    date,
    wrong,
    searched: found !== null,
    showKind: found ? 'secondary' : 'primary',
    continue: carry ? { name: 'step', value: 'check' } : { name: 'continue', value: 'yes' },
    errors: errors.length > 0 ? errors : undefined,
    refusal: alternatives && t('staff.times.gone'),
  };
}

/** Returns what is wrong with the query, if the form was sent; a link may have set only the advisor and the day. */
function wrongAsSent(desk: Desk, fields: Fields) {
  return 'topic' in fields || 'language' in fields ? wrongInQuery(desk, fields) : [];
}
