import type { DeskPlan } from '../app/desks/applyDesks';
import type { Outside } from '../domain/booking/outsideHours';
import { localDate, localTime } from '../domain/calendar/zone';
import type { Difference } from '../domain/deskDifference';

const MAX_LINE_LENGTH = 160;
const WHY: Readonly<Record<Outside, string>> = {
  closed: 'the desk is closed',
  not_working: 'its advisor has left, or does not work',
  not_able: 'its advisor does not cover its topic, language or mode',
  away: 'its advisor is away',
  not_offered: 'its topic is offered no more',
};

/**
 * Describes what a desk file would change: one line for each difference, and one for each booking that loses its
 * advisor.
 */
export function planLines({ desk, differences, orphans }: DeskPlan): string[] {
  const zone = desk.hours.timeZone;
  const bookings = orphans.map(
    ({ booking: { reference, time }, why }) =>
      `    ${reference}, ${localDate(time.start, zone)} ${localTime(time.start, zone)}: ${WHY[why]}`,
  );
  const heading = `  ! ${orphans.length} of the bookings ahead have nobody then. They stay, and reception gets a task for each:`;
  return [...differences.map(line), ...(orphans.length > 0 ? [heading, ...bookings] : [])];
}

function line({ kind, at, before, after }: Difference): string {
  if (kind === 'changed') return `  ~ ${at}: ${shown(before)} → ${shown(after)}`;
  const retires = kind === 'removed' && /^(topic|partner|advisor) /.test(at);
  return `  ${kind === 'added' ? '+' : '-'} ${at}: ${shown(kind === 'added' ? after : before)}${retires ? ' (retires)' : ''}`;
}

/** Describes a rule, exception, topic or advisor by its name or times, and any other value as JSON. */
function shown(value: unknown): string {
  const text = described(value) ?? JSON.stringify(value);
  return text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text;
}

function described(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const part = value as Record<string, unknown>;
  if ('from' in part && 'to' in part) {
    const { from, to, closed, windows, pauses, rrule, reason } = part;
    const what = closed ? 'closed' : JSON.stringify(pauses ? { pauses } : windows);
    return [`${from} to ${to}`, ...(rrule ? [rrule] : []), what, JSON.stringify(reason)].join(', ');
  }
  if ('rrule' in part) {
    const { rrule, start, end, from, until } = part;
    return `${rrule} ${start}–${end}${from ? ` from ${from}` : ''}${until ? ` until ${until}` : ''}`;
  }
  return 'name' in part ? JSON.stringify(part.name) : undefined;
}
