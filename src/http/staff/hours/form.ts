import { customaryName } from '../../../domain/calendar/customaryNames';
import { addDays, isoWeekday } from '../../../domain/calendar/dates';
import {
  type HoursException,
  type LocalDate,
  type LocalWindow,
  WINDOW_KINDS,
  type WindowKind,
} from '../../../domain/calendar/hours';
import { assertException, assertWindow } from '../../../domain/calendar/openingHours';
import { rruleOf } from '../../../domain/calendar/rulePattern';
import { unwrapped } from '../../../domain/calendar/ruleText';
import { DomainError } from '../../../domain/errors';
import type { Text } from '../../../domain/text';
import { CLIENT_LOCALES, type Reader } from '../../../presentation/texts';
import { dateOrNull } from '../../typedTime';
import type { Fields, FormError } from '../forms';

/** What an exception does to its days. */
export const EXCEPTION_KINDS = ['closed', 'open', 'pause'] as const;
type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** How days come again that are chosen by their first. `other` is an RRULE that was entered elsewhere, or by experts. */
export const AGAIN_KINDS = ['once', 'yearly', 'weekly', 'monthly', 'monthly_last', 'other'] as const;
type AgainKind = (typeof AGAIN_KINDS)[number];

/** As many as an exception can have. */
const MAX_WINDOWS = 10;
export const WINDOW_FIELDS = Array.from({ length: MAX_WINDOWS }, (_, i) => ({
  start: `start${i + 1}`,
  end: `end${i + 1}`,
}));
/** A day has a morning and an afternoon. */
const USUAL_WINDOWS = 2;
/** The form asks for German and English; the other languages of clients may be filled in. */
const REASON_FIELDS = CLIENT_LOCALES.map((language) => ({
  language,
  name: `reason${language[0]?.toUpperCase()}${language.slice(1)}`,
}));
const MAX_REASON_LENGTH = 200;

type Read = { readonly exception: Omit<HoursException, 'id'> } | { readonly errors: readonly FormError[] };

export function kindIn({ kind }: Fields): ExceptionKind {
  return EXCEPTION_KINDS.find((each) => each === kind) ?? 'closed';
}

/**
 * Returns the exception that the form describes, or what is wrong with it. The last day is the one that people name, and
 * counts.
 */
export function readException(fields: Fields, { t }: Reader): Read {
  const kind = kindIn(fields);
  const from = dateOrNull(fields.from);
  const last = fields.last ? dateOrNull(fields.last) : from;
  const typed = WINDOW_FIELDS.map(({ start, end }) => ({
    start: fields[start] ?? '',
    // A field for a time takes no 24:00.
    end: fields[end] || (kind === 'pause' && fields[start] ? '24:00' : ''),
  }));
  const isEmpty = ({ start, end }: LocalWindow) => start === '' && end === '';
  const windows = typed.filter((window) => !isEmpty(window));
  const wrongWindow = typed.findIndex((window) => !isEmpty(window) && !isWindow(window));
  const { reasonDe = '', reasonEn = '' } = fields;
  const wrong = (field: string, key = field) => [{ href: `#${field}`, text: t(`staff.hours.wrong.${key}`) }];
  const errors: FormError[] = [
    ...(from === null ? wrong('from') : []),
    ...((fields.last && last === null) || (from !== null && last !== null && last < from) ? wrong('last') : []),
    ...(kind !== 'closed' && windows.length === 0 ? wrong('start1', 'windows') : []),
    ...(kind !== 'closed' && wrongWindow >= 0 ? wrong(`start${wrongWindow + 1}`, 'window') : []),
    ...(reasonDe === '' || isTooLong(reasonDe) ? wrong('reasonDe', 'reason') : []),
    ...(reasonEn === '' || isTooLong(reasonEn) ? wrong('reasonEn', 'reason') : []),
  ];
  if (errors.length > 0 || from === null || last === null) return { errors };
  const exception = exceptionOf(kind, {
    from,
    last,
    windows,
    reach: reachIn(fields),
    rrule: againRrule(fields, from),
    reason: reasonIn(fields),
  });
  try {
    assertException(exception);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { errors: againIn(fields) === 'once' ? wrong('start1', 'impossible') : wrong('recurs', 'again') };
  }
  return { exception };
}

interface Told {
  readonly from: LocalDate;
  readonly last: LocalDate;
  readonly windows: readonly LocalWindow[];
  /** How the desk is reached in them. */
  readonly reach: WindowKind;
  /** By which it comes again; undefined: it does not. */
  readonly rrule: string | undefined;
  readonly reason: Text;
}

function exceptionOf(kind: ExceptionKind, { from, last, windows, reach, rrule, reason }: Told) {
  const reached = reach === 'appointment' ? {} : { kind: reach };
  return {
    ...{ from, to: addDays(last, 1), closed: kind === 'closed' },
    windows: kind === 'open' ? windows.map((window) => ({ ...window, ...reached })) : [],
    ...(kind === 'pause' && { pauses: windows }),
    ...(rrule !== undefined && { rrule }),
    reason,
  };
}

const isTooLong = (reason: string) => reason.length > MAX_REASON_LENGTH;

function reasonIn(fields: Fields): Text {
  const told = REASON_FIELDS.flatMap(({ language, name }) => {
    const text = fields[name] ?? '';
    return text === '' || isTooLong(text) ? [] : [[language, text]];
  });
  // Whoever names a customary day has it told to clients in their language.
  return { ...customaryName(fields.reasonDe ?? ''), ...Object.fromEntries(told) };
}

function isWindow(window: LocalWindow): boolean {
  try {
    assertWindow(window);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Returns how the desk is reached at the other times of a day. */
export function reachIn({ reach }: Fields): WindowKind {
  return WINDOW_KINDS.find((each) => each === reach) ?? 'appointment';
}

export function againIn({ recurs: again }: Fields): AgainKind {
  return AGAIN_KINDS.find((each) => each === again) ?? 'once';
}

/** Returns the rule by which the days come again that begin on this one; undefined: they do not. */
function againRrule(fields: Fields, from: LocalDate): string | undefined {
  const weekdays = [isoWeekday(from)];
  switch (againIn(fields)) {
    case 'once':
      return undefined;
    case 'yearly':
      return 'FREQ=YEARLY';
    case 'weekly':
      return rruleOf({ kind: 'weekly', interval: 1, weekdays });
    case 'monthly':
      return rruleOf({ kind: 'monthly', positions: [Math.ceil(Number(from.slice(8)) / DAYS_PER_WEEK)], weekdays });
    case 'monthly_last':
      return rruleOf({ kind: 'monthly', positions: [-1], weekdays });
    case 'other':
      return unwrapped((fields.rrule ?? '').toUpperCase());
  }
}

const DAYS_PER_WEEK = 7;

/** Tells whether the form can say what the exception does: its windows are of one kind. */
export function isInForm({ windows, pauses = [] }: Omit<HoursException, 'id'>): boolean {
  const kinds = new Set(windows.map(({ kind = 'appointment' }) => kind));
  return kinds.size <= 1 && Math.max(windows.length, pauses.length) <= MAX_WINDOWS;
}

/** Returns how many windows the form has room for: those that are filled in, and one more each time it was asked for. */
export function shownWindows(fields: Fields): number {
  const filled = WINDOW_FIELDS.findLastIndex(({ start, end }) => Boolean(fields[start] || fields[end])) + 1;
  const asked = /^\d{1,2}$/.test(fields.lines ?? '') ? Number(fields.lines) : 0;
  return Math.min(MAX_WINDOWS, Math.max(USUAL_WINDOWS, filled, asked));
}

/** Returns the fields with room for one more window. */
export function withOneMore(fields: Fields): Fields {
  return { ...fields, lines: String(shownWindows(fields) + 1) };
}

/** Returns the fields of the form that describe an exception which it can say. */
export function fieldsOf({ from, to, closed, windows, pauses, rrule, reason }: Omit<HoursException, 'id'>): Fields {
  const own = pauses ?? windows;
  return {
    kind: closed ? 'closed' : pauses ? 'pause' : 'open',
    from,
    last: addDays(to, -1),
    ...Object.fromEntries(
      own.flatMap((window, i) => {
        const field = WINDOW_FIELDS[i];
        // In the form a pause until midnight has no end, and other hours end at 0:00 of the next day.
        const end = window.end === '24:00' ? (pauses ? '' : '00:00') : window.end;
        return field
          ? [
              [field.start, window.start],
              [field.end, end],
            ]
          : [];
      }),
    ),
    ...(windows[0]?.kind && { reach: windows[0].kind }),
    ...(rrule !== undefined && againFields(rrule, from)),
    ...Object.fromEntries(REASON_FIELDS.map(({ language, name }) => [name, reason[language] ?? ''])),
  };
}

/** Returns the fields that say by which rule days come again: in words where there are some, else the rule itself. */
function againFields(rrule: string, from: LocalDate): Fields {
  const again = AGAIN_KINDS.find((recurs) => recurs !== 'other' && againRrule({ recurs }, from) === rrule);
  return again ? { recurs: again } : { recurs: 'other', rrule };
}

/** The languages of clients beside those that the form asks for, with the field of each. */
export const FURTHER_REASONS = REASON_FIELDS.filter(({ language }) => language !== 'de' && language !== 'en');

/** The names of the form's fields. */
export const FIELD_NAMES = [
  'kind',
  'from',
  'last',
  'lines',
  ...WINDOW_FIELDS.flatMap(({ start, end }) => [start, end]),
  'reach',
  'recurs',
  'rrule',
  ...REASON_FIELDS.map(({ name }) => name),
];
