import type { Actor } from './booking/booking';
import { changedDays } from './calendar/changedDays';
import { addDays } from './calendar/dates';
import type { Hours, LocalDate } from './calendar/hours';
import type { Instant } from './calendar/interval';
import { localDate } from './calendar/zone';
import type { Absence, Desk } from './desk';

/** What was done to the hours. `first` is the state before the first change that was kept. */
export const HOURS_DEEDS = [
  ...(['first', 'rules', 'exception_added', 'exception_changed', 'exception_removed'] as const),
  ...(['absence_added', 'absence_changed', 'absence_removed', 'plan', 'plan_ended', 'plan_undone'] as const),
  ...(['exceptions_imported', 'absences_imported', 'file', 'restored'] as const),
] as const;
export type HoursDeed = (typeof HOURS_DEEDS)[number];

/** An absence without its reason, which is kept for some days only. */
type KeptAbsence = Pick<Absence, 'id' | 'advisorId' | 'time'>;

/** All that people enter about when a desk is open and who is there, as far as it is not over. */
export interface HoursState extends Pick<Hours, 'rules' | 'exceptions'> {
  readonly absences: readonly KeptAbsence[];
}

/** The hours after a change, with who made it, when and why. */
export interface HoursVersion {
  readonly id: string;
  readonly deskId: string;
  /** Counts on from 1 at each desk. */
  readonly number: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly what: HoursDeed;
  /** What the person noted; null: nothing. */
  readonly why: string | null;
  /** The first day on which it changed something; null: on none of the days that were compared. */
  readonly validFrom: LocalDate | null;
  readonly state: HoursState;
}

/** Returns the hours of a desk as a version keeps them. @param absences those that are not over */
export function hoursState({ hours }: Pick<Desk, 'hours'>, absences: readonly Absence[], now: Instant): HoursState {
  const today = localDate(now, hours.timeZone);
  return {
    rules: hours.rules,
    exceptions: hours.exceptions.filter(({ to, rrule }) => to > today || rrule !== undefined),
    absences: absences
      .map(({ id, advisorId, time }) => ({ id, advisorId, time }))
      .sort((a, b) => a.time.start - b.time.start || (a.id < b.id ? -1 : 1)),
  };
}

export function isSameState(one: HoursState, other: HoursState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** How far ahead it is looked for the first day that is changed. */
const COMPARED_DAYS = 400;

/** Returns the first day, from today on, on which two states differ; null: none of the next 400. */
export function firstChange(
  zone: Pick<Hours, 'timeZone' | 'holidays'>,
  { before, after, now }: { before: HoursState; after: HoursState; now: Instant },
): LocalDate | null {
  const today = localDate(now, zone.timeZone);
  const [day] = changedDays({ ...zone, ...before }, { ...zone, ...after }, today, addDays(today, COMPARED_DAYS));
  const isIn = ({ absences }: HoursState, { id, time }: KeptAbsence) =>
    absences.some((each) => each.id === id && each.time.start === time.start && each.time.end === time.end);
  const changed = [
    ...before.absences.filter((absence) => !isIn(after, absence)),
    ...after.absences.filter((absence) => !isIn(before, absence)),
  ].map(({ time }) => localDate(Math.max(time.start, now), zone.timeZone));
  return [...(day ? [day.date] : []), ...changed].sort()[0] ?? null;
}

/**
 * Returns what the hours become if a version is brought back: its rules, its exceptions and absences as far as they are
 * not over, and what is over as it is now. Absences of advisors who have left stay away.
 */
export function broughtBack(
  desk: Desk,
  { present, version, now }: { present: readonly Absence[]; version: HoursState; now: Instant },
): { readonly desk: Desk; readonly absences: readonly Absence[] } {
  const { hours } = desk;
  const kept = hoursState(desk, [], now).exceptions;
  const today = localDate(now, hours.timeZone);
  const over = hours.exceptions.filter((exception) => !kept.includes(exception));
  const coming = version.exceptions.filter(({ to, rrule }) => to > today || rrule !== undefined);
  const exceptions = [...over, ...coming];
  const there = new Set(desk.advisors.filter(({ retired }) => !retired).map(({ id }) => id));
  const absences = version.absences
    .filter(({ advisorId, time }) => time.end > now && there.has(advisorId))
    .map((absence) => ({ ...absence, reason: present.find(({ id }) => id === absence.id)?.reason ?? null }));
  return { desk: { ...desk, hours: { ...hours, rules: version.rules, exceptions } }, absences };
}

/** What a version has that the one before had not, and the other way round. */
interface HoursDifference {
  readonly added: HoursState;
  readonly removed: HoursState;
}

/** Returns the differences between two versions; what was changed is both removed and added. */
export function hoursDifference(before: HoursState, after: HoursState): HoursDifference {
  const lacking = <T>(some: readonly T[], others: readonly T[]): T[] => {
    const there = new Set(others.map((each) => JSON.stringify(each)));
    return some.filter((each) => !there.has(JSON.stringify(each)));
  };
  const without = (one: HoursState, other: HoursState): HoursState => ({
    rules: lacking(one.rules, other.rules),
    exceptions: lacking(one.exceptions, other.exceptions),
    absences: lacking(one.absences, other.absences),
  });
  return { added: without(after, before), removed: without(before, after) };
}
