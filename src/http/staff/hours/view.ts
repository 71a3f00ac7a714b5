import { groupsOf } from '../../../domain/calendar/changeRules';
import { customaryExceptions } from '../../../domain/calendar/customaryDays';
import { addDays } from '../../../domain/calendar/dates';
import { type HoursException, WINDOW_KINDS } from '../../../domain/calendar/hours';
import type { Instant } from '../../../domain/calendar/interval';
import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { dayName, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { hoursView, newWeek } from '../../pages/hoursView';
import { csvLinks } from '../csvLists';
import { carried, type Fields, type FormError } from '../forms';
import {
  AGAIN_KINDS,
  againIn,
  EXCEPTION_KINDS,
  FIELD_NAMES,
  FURTHER_REASONS,
  fieldsOf,
  isInForm,
  kindIn,
  reachIn,
  shownWindows,
  WINDOW_FIELDS,
} from './form';
import type { previewView } from './previewView';
import { recurrenceText, ruleSentence } from './ruleSentence';

/** How far ahead days are offered that many desks close. */
const OFFERED_DAYS = 366;

interface Facts {
  readonly desk: Desk;
  readonly fields: Fields;
  readonly now: Instant;
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[] | undefined;
  /** The entry in the form. */
  readonly entered?: Omit<HoursException, 'id'> | undefined;
  /** What it would do. */
  readonly preview?: ReturnType<typeof previewView> | undefined;
  /** Why it was not entered. */
  readonly refusal?: string | undefined;
  /** What was done, and what takes it back. */
  readonly done?: string | undefined;
  readonly undo?: { readonly href: string; readonly hidden: readonly { name: string; value: string }[] } | undefined;
}

/**
 * Returns the usual week, the days that differ, and the form for one more. @param house reads the sentences of clients
 */
export function staffHoursView(
  { desk, fields, now, key, errors, entered, preview, refusal, done, undo }: Facts,
  reader: Reader,
  house: Reader,
) {
  const { t } = reader;
  const today = localDate(now, desk.hours.timeZone);
  const { hours } = hoursView(desk, now, house);
  const coming = desk.hours.exceptions.filter(({ to, rrule }) => to > today || rrule !== undefined);
  return {
    title: t('staff.hours.title'),
    rules: groupsOf(desk.hours.rules).flatMap((group, place) =>
      group.until !== undefined && group.until <= today
        ? []
        : [
            {
              sentence: ruleSentence(group, reader, house),
              href: url(paths.staffRule, { desk: desk.id }, { group: place }),
            },
          ],
    ),
    addRuleHref: url(paths.staffRule, { desk: desk.id }),
    calendarHref: url(paths.staffHoursCalendar, { desk: desk.id }),
    copyHref: url(paths.staffCopyHours, { desk: desk.id }),
    absencesHref: url(paths.staffAbsences, { desk: desk.id }),
    historyHref: url(paths.staffHoursVersions, { desk: desk.id }),
    usual: [...hours, ...newWeek(desk.hours, today, house)],
    csv: csvLinks({ desk, list: 'exceptions' }, reader),
    entries: [...coming]
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .map((entry) => entryView(entry, desk, reader, house)),
    offered: customaryExceptions(desk.hours, today, addDays(today, OFFERED_DAYS)).map((each) => ({
      ...daysView(each, reader, house),
      hidden: carried({ ...fieldsOf(each), key }, [...FIELD_NAMES, 'key']),
    })),
    action: url(paths.staffHours, { desk: desk.id }),
    ...exceptionFields(fields, errors, reader),
    hidden: carried({ key }, ['key']),
    kept: preview && carried({ ...fields, key }, [...FIELD_NAMES, 'key']),
    preview: preview && { ...preview, sentence: entered && daysView(entered, reader, house) },
    typedForm: 'hours',
    errors: errors?.length ? errors : undefined,
    refusal,
    done,
    undo,
  };
}

/** Returns the fields in which days with other hours are described, for `partials/staff/exceptionFields`. */
export function exceptionFields(fields: Fields, errors: readonly FormError[] | undefined, reader: Reader) {
  const { t } = reader;
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const kind = kindIn(fields);
  return {
    kinds: EXCEPTION_KINDS.map((value, i) => ({
      id: i === 0 ? 'kind' : `kind-${value}`,
      value,
      text: t(`staff.hours.kind.${value}`),
      hint: t(`staff.hours.kindHint.${value}`),
      checked: value === kind,
    })),
    values: Object.fromEntries(FIELD_NAMES.map((name) => [name, fields[name] ?? ''])),
    windows: WINDOW_FIELDS.slice(0, shownWindows(fields)).map(({ start, end }, i) => ({
      ...{ start, end, startValue: fields[start], endValue: fields[end], error: wrong(start) },
      startLabel: t(i === 0 ? 'staff.hours.start' : 'staff.hours.startAgain'),
      endLabel: t(i === 0 ? 'staff.hours.end' : 'staff.hours.endAgain'),
    })),
    lines: String(shownWindows(fields)),
    hasRoom: shownWindows(fields) < WINDOW_FIELDS.length,
    reaches: WINDOW_KINDS.map((value) => ({
      value,
      text: t(`staff.rule.kind.${value}`),
      selected: reachIn(fields) === value,
    })),
    furtherReasons: FURTHER_REASONS.map(({ language, name }) => ({
      id: name,
      label: languageName(reader.locale, language),
      value: fields[name],
    })),
    agains: AGAIN_KINDS.map((value) => ({
      value,
      text: t(`staff.hours.again.${value}`),
      selected: againIn(fields) === value,
    })),
    wrong: Object.fromEntries(FIELD_NAMES.map((name) => [name, wrong(name)])),
  };
}

/** Returns an exception in a line, and the ways to change and to withdraw it. */
export function entryView(entry: HoursException, { id }: Pick<Desk, 'id'>, reader: Reader, house: Reader) {
  const at = { desk: id, id: entry.id };
  return {
    ...daysView(entry, reader, house),
    href: url(paths.staffHoursEntry, at),
    changeHref: isInForm(entry) ? url(paths.staffChangeHours, at) : undefined,
  };
}

/** Returns when, what and why of an exception. */
export function daysView(entry: Omit<HoursException, 'id'>, reader: Reader, house: Reader) {
  const { t, locale } = reader;
  const { from, to, closed, windows, pauses, rrule, reason } = entry;
  const last = addDays(to, -1);
  const days =
    from === last
      ? dayName(locale, from)
      : t('staff.hours.span', { from: dayName(locale, from), to: dayName(locale, last) });
  const times = (some: readonly { start: string; end: string }[]) =>
    some.map(({ start, end }) => `${start}–${end}`).join(', ');
  const kind = windows[0]?.kind ?? 'appointment';
  const open = closed
    ? t('staff.hours.closed')
    : t(pauses ? 'staff.hours.pauseAt' : 'staff.hours.openAt', { times: times(pauses ?? windows) });
  return {
    days,
    again: rrule === undefined ? undefined : againText(rrule, reader, house),
    what: kind === 'appointment' ? open : `${open}, ${t(`staff.rule.kindSaid.${kind}`)}`,
    reason: inLanguage(reason, locale),
  };
}

/** Says when the days come again: "every year" for a rule that says no more, "every first Wednesday of the month". */
function againText(rrule: string, reader: Reader, house: Reader): string {
  const every = /^FREQ=([A-Z]+)$/.exec(rrule)?.[1];
  return every ? reader.t(`staff.hours.every.${every}`) : recurrenceText(rrule, reader, house);
}
