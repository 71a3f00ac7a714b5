import type { Alternatives } from '../../../app/slots/alternatives';
import type { FreeTimes } from '../../../app/slots/freeTimes';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { assetUrl, paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { instantOrNull } from '../../typedTime';
import { carried, type Fields, type FormError } from '../forms';
import { timesView } from '../timesView';
import type { doubtsView } from './doubts';
import { askedOf, detailsForm, notShown, type WrongFields } from './form';
import { asksAfternoon, type KnownSlotQuery, QUERY_FIELDS, queryChoices, wrongInQuery } from './query';
import { mayWaitInstead } from './wait';

const NOTHING_WRONG: WrongFields = { fields: [], answers: [] };

interface Facts {
  readonly desk: Desk;
  readonly staff: SignedIn;
  readonly fields: Fields;
  /** Null: the query is not complete. */
  readonly query: KnownSlotQuery | null;
  /** The day that was asked for; null: all days. */
  readonly date: LocalDate | null;
  /** What is free; null: the query is not complete. */
  readonly found: FreeTimes | null;
  readonly now: Instant;
  /** The form was sent to be booked, so that everything must be there. */
  readonly sent?: boolean | undefined;
  /** What is wrong with what was told. */
  readonly wrong?: WrongFields | undefined;
  /** The chosen time is taken; these are the nearest free ones. */
  readonly alternatives?: Alternatives | undefined;
  /** Why it was not booked. */
  readonly refusal?: string | undefined;
  readonly doubts?: ReturnType<typeof doubtsView> | undefined;
  /** Until when the chosen time is held for this form. */
  readonly held?: string | undefined;
  /** Whether the key of the form was used and it needs another. */
  readonly isUsed?: boolean | undefined;
  /** Makes two presses of the button count once, and identifies what is typed, so that "back" finds it. */
  readonly newKey: string;
}

/** Returns the page: what is asked for, the times that are free for it, and the form about the caller. */
export function newBookingView(facts: Facts, reader: Reader) {
  const { desk, staff, fields, query, date, found, sent = false, alternatives, doubts, held, newKey } = facts;
  const { t } = reader;
  const wrongQuery = Object.fromEntries(
    wrongInQuery(desk, fields)
      .filter((field) => sent || field in fields)
      .map((field) => [field, t(`staff.newBooking.wrong.${field}`)]),
  );
  const starts = query && found ? startsView({ ...facts, found }, reader) : undefined;
  const form =
    query && detailsForm(typedIn(fields, starts), facts.wrong ?? NOTHING_WRONG, { ...askedOf(desk, query), ...reader });
  const errors: FormError[] = [
    ...Object.entries(wrongQuery).map(([field, text]) => ({ href: `#${field}`, text })),
    ...(sent && query && instantOrNull(fields.start) === null
      ? [{ href: '#start', text: t('staff.times.choose') }]
      : []),
    ...(form?.told ?? []),
  ];
  // Until something is typed about a person the query may stand in the address.
  const posts = query !== null || fields.name !== undefined;
  const key = facts.isUsed ? newKey : fields.key || fields.typed || newKey;
  return {
    ...queryChoices(desk, fields, staff, reader),
    ...starts,
    ...form,
    title: t('staff.newBooking.title'),
    action: url(paths.staffNewBooking, { desk: desk.id }),
    ...(posts
      ? {
          method: 'post',
          hidden: [...carried({ key }, ['key']), ...notShown(fields, desk, query && askedOf(desk, query))],
        }
      : { method: 'get', hidden: carried({ ...fields, typed: key }, ['typed', 'start']) }),
    posts,
    mayWait: query !== null && found !== null && mayWaitInstead({ desk, staff, query, now: facts.now }, found),
    date: date ?? '',
    wrong: { ...wrongQuery, ...form?.wrong },
    searched: query !== null,
    rareOpen: Boolean(fields.advisor || fields.urgent || wrongQuery.mode || wrongQuery.advisor || isOtherMode(facts)),
    doubts,
    held,
    submit: t(doubts?.mark && facts.refusal ? 'staff.newBooking.submitAnyway' : 'staff.newBooking.submit'),
    errors: errors.length > 0 ? errors : undefined,
    refusal: alternatives ? t('staff.times.gone') : facts.refusal,
    typedForm: 'caller',
    scripts: [{ src: assetUrl('staffCaller.js'), module: true }],
  };
}

/** Whoever comes to the slot that is running now stands at the door. */
function typedIn(fields: Fields, starts: ReturnType<typeof startsView> | undefined): Fields {
  const isHere = starts?.running?.some(({ checked }) => checked);
  return fields.source === undefined ? { ...fields, source: isHere ? 'walk_in' : 'phone' } : fields;
}

function isOtherMode({ fields, query, desk }: Facts): boolean {
  return Boolean(query && fields.mode && askedOf(desk, query).topic.modes[0] !== fields.mode);
}

/**
 * Returns the times: the first one is chosen, or the one that was asked for. What is running stands apart and is never
 * chosen by itself; if a time was asked for that is not free, that is said.
 */
function startsView(facts: Facts & { readonly found: FreeTimes }, reader: Reader) {
  const { desk, fields, date, found, now, alternatives } = facts;
  const wanted = instantOrNull(fields.start);
  const isFree = alternatives !== undefined || found.slots.some(({ time }) => time.start === wanted);
  const first = found.slots.find(({ time }) => time.start > now)?.time.start ?? null;
  const query = Object.fromEntries(carried(fields, [...QUERY_FIELDS, 'when']).map(({ name, value }) => [name, value]));
  const { times, ...texts } = timesView(
    {
      desk,
      date,
      found,
      chosen: wanted !== null && isFree ? wanted : facts.sent ? null : first,
      named: Boolean(fields.advisor),
      now,
      hrefOf: (day) => url(paths.staffNewBooking, { desk: desk.id }, { ...query, date: day }),
      alternatives,
    },
    reader,
  );
  const running = times
    .filter((time) => time.running)
    .map((time) => ({ ...time, checked: instantOrNull(time.value) === wanted }));
  return {
    ...texts,
    ...(date === null &&
      !alternatives &&
      asksAfternoon(fields) && { timesLegend: reader.t('staff.times.firstAfternoons') }),
    times: times.filter((time) => !time.running),
    running: running.length > 0 ? running : undefined,
    notFree:
      wanted !== null && !isFree
        ? reader.t('staff.newBooking.notFree', {
            time: deskTime(reader.locale, desk.hours.timeZone).dateAndTime(wanted),
          })
        : undefined,
  };
}
