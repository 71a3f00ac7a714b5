import type { Instant } from '../calendar/interval';

/** What an invitee answers (RFC 5545 §3.2.12); COUNTER proposes another time (RFC 5546 §3.2.7). */
export const PARTSTATS = ['ACCEPTED', 'TENTATIVE', 'DECLINED', 'DELEGATED', 'NEEDS-ACTION', 'COUNTER'] as const;
export type Partstat = (typeof PARTSTATS)[number];

/** The answer of a calendar program to an invitation (RFC 5546 §3.2.3). */
export interface Reply {
  readonly uid: string;
  readonly sequence: number;
  readonly partstat: Partstat;
  /** The address that was invited, in lower case; empty: the reply names none. */
  readonly attendee: string;
  /** DTSTAMP; null: none, or none that can be read. */
  readonly stamp: Instant | null;
}

/** A reply is short; the rest of a longer calendar is not looked at. */
const MAX_CALENDAR_LENGTH = 100_000;
/** Far more than any line of a reply; a line that a program did not fold is cut. */
const MAX_LINE_LENGTH = 4_000;

/**
 * Reads a reply from an iCalendar text; null if it is none. It is read line by line and not as a calendar, so that what
 * is wrong elsewhere in it does no harm, and nothing in it is repeated or looked up.
 */
export function readReply(calendar: string): Reply | null {
  const lines = unfolded(calendar.slice(0, MAX_CALENDAR_LENGTH));
  const method = propertyOf(lines, 'METHOD')?.toUpperCase();
  if (method !== 'REPLY' && method !== 'COUNTER') return null;
  const event = between(lines, 'BEGIN:VEVENT', 'END:VEVENT');
  const uid = propertyOf(event, 'UID');
  if (!uid) return null;
  const attendee = event.find((line) => /^ATTENDEE[;:]/i.test(line)) ?? '';
  const partstat = method === 'COUNTER' ? method : partstatOf(attendee);
  if (partstat === null) return null;
  const sequence = Number.parseInt(propertyOf(event, 'SEQUENCE') ?? '0', 10);
  return {
    uid,
    sequence: Number.isSafeInteger(sequence) && sequence >= 0 && sequence < 2 ** 31 ? sequence : 0,
    partstat,
    attendee: /mailto:\s*([^\s"<>]+)\s*$/i.exec(attendee)?.[1]?.toLowerCase() ?? '',
    stamp: stampOf(propertyOf(event, 'DTSTAMP') ?? ''),
  };
}

/** Joins folded lines (RFC 5545 §3.1). */
function unfolded(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE_LENGTH).trim());
}

function between(lines: readonly string[], begin: string, end: string): readonly string[] {
  const from = lines.findIndex((line) => line.toUpperCase() === begin);
  const to = lines.findIndex((line, i) => i > from && line.toUpperCase() === end);
  return from < 0 ? [] : lines.slice(from + 1, to < 0 ? undefined : to);
}

/** Returns the value of the first property of this name, without its parameters. */
function propertyOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((each) => new RegExp(`^${name}(?:;[^:]*)?:`, 'i').test(each));
  return line?.slice(line.indexOf(':') + 1).trim();
}

function partstatOf(attendee: string): Partstat | null {
  const found = /;PARTSTAT="?([A-Z-]{1,40})"?[;:]/i.exec(attendee)?.[1]?.toUpperCase();
  return PARTSTATS.find((each) => each === found) ?? null;
}

function stampOf(value: string): Instant | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/.exec(value) ?? [];
  if (year === undefined) return null;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
