import type { Affected } from '../../app/hours/affected';
import type { AbsenceEntry, ExceptionEntry } from '../../app/ports/deskStore';
import type { HoursRule, LocalWindow } from '../../domain/calendar/hours';
import { toIso } from '../../domain/calendar/zone';
import type { HoursVersion } from '../../domain/hoursVersion';
import { actorJson, type Json, staffBookingJson, windowJson } from './present';
import type * as schema from './schemas';

export function ruleJson({ rrule, start, end, kind, from, until }: HoursRule) {
  return {
    ...{ rrule, start, end },
    ...(kind && { kind }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

/** Returns an exception in the form in which it was entered, so that it can be changed and sent back. */
export function exceptionJson({
  exception,
  origin,
  version,
}: ExceptionEntry): Json<typeof schema.Exceptions>['exceptions'][number] {
  const { id, from, to, rrule, closed, windows, pauses, reason } = exception;
  const own = (list: readonly LocalWindow[]) =>
    list.map(({ start, end, kind }) => ({ start, end, ...(kind && { kind }) }));
  return {
    id,
    from,
    to,
    ...(rrule === undefined ? {} : { rrule }),
    ...(closed ? { closed } : pauses ? { closed: own(pauses) } : { windows: own(windows) }),
    reason,
    origin,
    version,
  };
}

export function absenceJson(
  { absence, version }: AbsenceEntry,
  zone: string,
): Json<typeof schema.Absences>['absences'][number] {
  const { id, advisorId, time, reason } = absence;
  return { id, advisor: advisorId, ...windowJson(time, zone), reason, version };
}

/** Returns the result of a change of hours. */
export function affectedJson({ id, version, desk, affected }: Affected): Json<typeof schema.Affected> {
  return { id, version, affected: affected.map((booking) => staffBookingJson(booking, desk)) };
}

export function hoursVersionJson({ id, at, by, what, why, validFrom, number }: HoursVersion, zone: string) {
  return { id, at: toIso(at, zone), by: actorJson(by), what, why, validFrom, version: number };
}
