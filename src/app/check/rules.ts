import { type BookingEventType, lastStep, type Status } from '../../domain/booking/booking';
import { isUpcoming, needingSomebody, type Outside } from '../../domain/booking/outsideHours';
import { hull, type Instant } from '../../domain/calendar/interval';
import { isTimeZone, localDate, localTime } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { groupBy } from '../../domain/groupBy';
import { memo } from '../../domain/memo';
import { type KindsOfMessage, MESSAGE_KINDS, tellsOfChange } from '../../domain/notifications/kinds';
import type { AuditedRow, AuditFacts } from '../ports/audit';

/** The findings of a rule in a batch. Violations name bookings by id, and contain no personal data. */
export interface Findings {
  readonly looked: number;
  readonly violations: readonly string[];
  /** Counts, by name, of facts that are no violations but worth knowing. */
  readonly remarks?: Readonly<Record<string, number>>;
}

/** Checks the next batch of rows, which are ordered by desk, advisor and start. */
export type Rule = (rows: readonly AuditedRow[]) => Findings | Promise<Findings>;

/** Checks that no two bookings or holds of an advisor overlap, including their buffers. */
export function noOverlap(): Rule {
  // The row of the same advisor so far whose buffer ends last. Rows come in the order of their starts, so a row
  // overlaps an earlier one if it begins before that buffer ends.
  let longest: AuditedRow | undefined;
  return (rows) => {
    const live = rows.filter(({ status }) => status !== 'cancelled' && status !== 'lapsed');
    const violations: string[] = [];
    for (const row of live) {
      const sameAdvisor = longest?.deskId === row.deskId && longest.advisorId === row.advisorId;
      if (longest && sameAdvisor && row.time.start < longest.blockedUntil)
        violations.push(`booking ${row.id}: its advisor is taken at that time by ${longest.id}`);
      if (!longest || !sameAdvisor || row.blockedUntil > longest.blockedUntil) longest = row;
    }
    return { looked: live.length, violations };
  };
}

const CHANGES: ReadonlySet<string> = new Set(['booked', 'moved', 'move_undone', 'reassigned', 'cancelled', 'restored']);

/**
 * Checks that the outbox has as many messages about the changes of a booking as its history says were queued, or more
 * if the messages of some events were not counted. Mails that tell of no change are left out.
 */
export function changesAreTold(kinds: KindsOfMessage = MESSAGE_KINDS): Rule {
  return (rows) => {
    const changes = rows.flatMap(({ history }) => history.filter(({ type }) => CHANGES.has(type)));
    const violations = rows.flatMap(({ id, history, messages }) => {
      const told = messages.filter(({ kind }) => tellsOfChange(kind, kinds)).length;
      const queued = history.reduce((sum, event) => sum + (event.messages ?? 0), 0);
      const someUncounted = history.some((event) => event.messages === null);
      if (told === queued || (someUncounted && told > queued)) return [];
      return [`booking ${id}: ${queued} messages were queued with its changes, the outbox has ${told}`];
    });
    return {
      looked: changes.length,
      violations,
      remarks: {
        'told to nobody': changes.filter(({ messages }) => messages === 0).length,
        'from before messages were counted': changes.filter(({ messages }) => messages === null).length,
      },
    };
  };
}

/**
 * Checks that SEQUENCE never falls, because calendars ignore a message with a lower one than they know (RFC 5546
 * §2.1.5).
 */
export const sequencesRise: Rule = (rows) => {
  const bookings = bookingsAmong(rows);
  const violations = bookings.flatMap(({ id, sequence, version, messages }) => {
    const found: string[] = [];
    const falls = messages.findIndex((message, i) => message.sequence < (messages[i - 1]?.sequence ?? 0));
    const [fallen, before] = [messages[falls], messages[falls - 1]];
    if (fallen)
      found.push(`booking ${id}: a message of sequence ${fallen.sequence} follows one of ${before?.sequence ?? 0}`);
    const highest = Math.max(0, ...messages.map((message) => message.sequence));
    if (sequence < highest) found.push(`booking ${id}: is at sequence ${sequence}, but a message has ${highest}`);
    if (version < 1) found.push(`booking ${id}: has version ${version}`);
    return found;
  });
  return { looked: bookings.length, violations };
};

/** The statuses to which an event can lead, by the status before it. */
const STATUS_AFTER: Readonly<Record<BookingEventType, (before: Status) => readonly Status[]>> = {
  booked: () => ['requested', 'confirmed'],
  // A move to another time undoes a check-in; at the same time, and in versions before that rule, the status stays.
  moved: (before) => (before === 'checked_in' ? ['checked_in', 'confirmed'] : [before]),
  // The booking has the status again that it had before the move.
  move_undone: (before) => (before === 'confirmed' ? ['confirmed', 'checked_in'] : [before]),
  reassigned: (before) => [before],
  cancelled: () => ['cancelled'],
  restored: () => ['confirmed'],
  checked_in: () => ['checked_in'],
  check_in_undone: () => ['confirmed'],
  completed: () => ['completed'],
  no_show: () => ['no_show'],
  link_printed: (before) => [before],
  video_link_changed: (before) => [before],
  time_accepted: (before) => [before],
  corrected: (before) => [before],
  late: (before) => [before],
  kept: (before) => [before],
  outcome_noted: (before) => [before],
  confirmed: (before) => [before === 'requested' ? 'confirmed' : before],
  reopened: (before) => [before === 'completed' ? 'checked_in' : 'confirmed'],
};

/**
 * Checks that a history begins with `booked`, leads to the booking's status, and has nothing but `restored` after a
 * cancellation.
 */
export const historyAgrees: Rule = (rows) => {
  const bookings = bookingsAmong(rows);
  const violations = bookings.flatMap(({ id, status, history }) => {
    const types = history.map(({ type }) => type);
    if (types[0] !== 'booked') return [`booking ${id}: its history does not begin with booked`];
    if (types.some((type, i) => types[i - 1] === 'cancelled' && type !== 'restored'))
      return [`booking ${id}: was changed after it was cancelled`];
    const possible = types.reduce<readonly Status[]>(
      (before, type) => [...new Set(before.flatMap((each) => STATUS_AFTER[type](each)))],
      ['requested'],
    );
    const last = lastStep(history)?.type;
    return possible.includes(status) ? [] : [`booking ${id}: is ${status}, but its history ends with ${last}`];
  });
  return { looked: bookings.length, violations };
};

/**
 * Checks that the stored wall time is still the booking's instant. If it is not, the law or the time zone data have
 * changed since.
 */
export function wallTimeHolds(tzdata: string): Rule {
  // It is remembered, because checking a zone takes longer than everything else.
  const isKnown = memo(100, isTimeZone);
  return (rows) => ({
    looked: rows.length,
    violations: rows.flatMap((row) => {
      if (isKnown(row.timeZone) && wallTime(row.time.start, row.timeZone) === row.localStart) return [];
      const since = row.tzdata === tzdata ? `tzdata ${tzdata}` : `tzdata ${row.tzdata} then, ${tzdata} now`;
      return [
        `booking ${row.id}: was agreed for ${row.localStart} in ${row.timeZone}, which is another moment (${since})`,
      ];
    }),
  });
}

const REASONS: Readonly<Record<Outside, string>> = {
  closed: 'the desk is closed',
  not_working: 'its advisor does not work',
  not_able: 'its advisor does not cover its topic, language or mode',
  away: 'its advisor is away',
  not_offered: 'its topic is offered no more',
};

/** Checks that every future booking lies inside the hours of desk and advisor, or that reception has a task for it. */
export function somebodyIsThere(facts: Pick<AuditFacts, 'absences'>, desks: readonly Desk[], now: Instant): Rule {
  return async (rows) => {
    const upcoming = bookingsAmong(rows).filter((row) => isUpcoming(row, now));
    const violations: string[] = [];
    let flagged = 0;
    for (const [deskId, bookings] of groupBy(upcoming, (row) => row.deskId)) {
      const desk = desks.find(({ id }) => id === deskId);
      if (!desk) continue;
      const absences = await facts.absences(deskId, hull(bookings.map(({ time }) => time)));
      for (const { booking, why } of needingSomebody({ desk, absences }, bookings, now)) {
        if (booking.flagged) flagged++;
        else violations.push(`booking ${booking.id}: ${REASONS[why]} at its time, and reception has no task`);
      }
    }
    return { looked: upcoming.length, violations, remarks: { 'flagged for reception': flagged } };
  };
}

type AuditedBooking = AuditedRow & { readonly status: Exclude<AuditedRow['status'], 'held' | 'lapsed'> };

function bookingsAmong(rows: readonly AuditedRow[]): AuditedBooking[] {
  return rows.filter((row): row is AuditedBooking => row.status !== 'held' && row.status !== 'lapsed');
}

function wallTime(at: Instant, zone: string): string {
  return `${localDate(at, zone)}T${localTime(at, zone)}`;
}
