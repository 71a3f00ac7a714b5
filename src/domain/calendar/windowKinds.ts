import { memo, perObject } from '../memo';
import { type Hours, type LocalDate, type LocalWindow, WINDOW_KINDS, type WindowKind } from './hours';
import type { Interval } from './interval';
import { localDays } from './localDays';
import { type OpeningDay, openingDays, openingWindows } from './openingHours';
import { weekPattern } from './weekPattern';

/** Returns the kind of a window; most are by appointment. */
function kindOf({ kind }: Pick<LocalWindow, 'kind'>): WindowKind {
  return kind ?? 'appointment';
}

/**
 * Returns the hours of one kind of window: the rules and special openings of that kind, with all closures, pauses and
 * holidays. A special opening without such a window closes its day for the kind. Hours that are all of the kind are
 * returned as they are, so that what was derived from them is found again.
 */
export function hoursOfKind(hours: Hours, kind: WindowKind): Hours {
  return byKind(hours)(kind);
}

const byKind = perObject((hours: Hours) =>
  memo(WINDOW_KINDS.length, (kind: WindowKind): Hours => {
    const isOwn = (window: LocalWindow) => kindOf(window) === kind;
    const { rules, exceptions } = hours;
    if (rules.every(isOwn) && exceptions.every(({ windows }) => windows.every(isOwn))) return hours;
    return {
      ...hours,
      rules: rules.filter(isOwn),
      exceptions: exceptions.map((exception) => ({ ...exception, windows: exception.windows.filter(isOwn) })),
    };
  }),
);

/** Returns the kinds of which the desk has windows, in the order of `WINDOW_KINDS`. */
export function kindsOf({ rules, exceptions }: Hours): WindowKind[] {
  const there = new Set([...rules, ...exceptions.flatMap(({ windows }) => windows)].map(kindOf));
  return WINDOW_KINDS.filter((kind) => there.has(kind));
}

/** Tells whether there are windows that are not by appointment, so that the kind of each has to be said. */
export function hasKinds(hours: Hours): boolean {
  return kindsOf(hours).some((kind) => kind !== 'appointment');
}

/** A window with its kind; absent at desks all of whose windows are by appointment. */
interface KindWindow extends Interval {
  readonly kind?: WindowKind | undefined;
}

/** A day whose windows have their kinds, so that two of different kinds that touch stay two. */
export interface KindDay extends OpeningDay {
  readonly windows: readonly KindWindow[];
}

/** Returns the days as `openingDays` does, with the kind of each window. */
export function kindDays(hours: Hours, from: LocalDate, to: LocalDate): KindDay[] {
  const days = openingDays(hours, from, to);
  if (!hasKinds(hours)) return days;
  const own = eachKind(hours, (some) => openingDays(some, from, to));
  return days.map((day, i) => ({ ...day, windows: ofEach(own, (some) => some[i]?.windows ?? []) }));
}

/** Returns the windows of the days in [from, to) on the desk's clock, in the form of `LocalDay`, with their kinds. */
export function localKindDays(hours: Hours, from: LocalDate, to: LocalDate) {
  const days = localDays(hours, from, to);
  if (!hasKinds(hours)) return days;
  const own = eachKind(hours, (some) => localDays(some, from, to));
  return days.map(({ date }, i) => ({
    date,
    windows: ofEach(own, (some): readonly LocalWindow[] => some[i]?.windows ?? []),
  }));
}

/** Returns the windows of the ordinary week as `weekPattern` does, by weekday (ISO, Monday = 1), with their kinds. */
export function kindWeek(hours: Hours, on: LocalDate): ReadonlyMap<number, readonly LocalWindow[]> {
  const windowsOf = (week: ReturnType<typeof weekPattern>, weekday: number): readonly LocalWindow[] =>
    week.find(({ weekdays }) => weekdays.includes(weekday))?.windows ?? [];
  const whole = weekPattern(hours.rules, on);
  const weekdays = whole.flatMap((each) => each.weekdays).sort((a, b) => a - b);
  if (!hasKinds(hours)) return new Map(weekdays.map((weekday) => [weekday, windowsOf(whole, weekday)]));
  const own = eachKind(hours, ({ rules }) => weekPattern(rules, on));
  return new Map(weekdays.map((weekday) => [weekday, ofEach(own, (week) => windowsOf(week, weekday))]));
}

interface OfKind<T> {
  readonly kind: WindowKind;
  readonly own: T;
}

function eachKind<T>(hours: Hours, of: (some: Hours) => T): OfKind<T>[] {
  return kindsOf(hours).map((kind) => ({ kind, own: of(hoursOfKind(hours, kind)) }));
}

/** Returns the windows of all kinds, ascending. */
function ofEach<T, W extends { readonly start: string | number }>(
  kinds: readonly OfKind<T>[],
  windows: (own: T) => readonly W[],
): (W & { readonly kind: WindowKind })[] {
  return kinds
    .flatMap(({ kind, own }) => windows(own).map((window) => ({ ...window, kind })))
    .sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
}

/**
 * Returns the windows in which consultations can be booked that share time with `range`, ascending: those by
 * appointment, and for consultations by phone also those by phone. Windows of two kinds that touch stay two, since a
 * consultation lies wholly in one, and the grid of slots starts anew.
 */
export function bookableWindows(hours: Hours, isByPhone: boolean, range: Interval): readonly Interval[] {
  const own = openingWindows(hoursOfKind(hours, 'appointment'), range);
  const byPhone = isByPhone ? phoneWindows(hours, range) : [];
  return byPhone.length === 0 ? own : [...own, ...byPhone].sort((a, b) => a.start - b.start);
}

/** Returns the windows in which only consultations by phone can be booked. */
export function phoneWindows(hours: Hours, range: Interval): readonly Interval[] {
  return kindsOf(hours).includes('phone') ? openingWindows(hoursOfKind(hours, 'phone'), range) : [];
}
