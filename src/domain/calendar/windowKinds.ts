import { memo, perObject } from '../memo';
import { type Hours, type LocalWindow, WINDOW_KINDS, type WindowKind } from './hours';
import type { Interval } from './interval';
import { openingWindows } from './openingHours';

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
