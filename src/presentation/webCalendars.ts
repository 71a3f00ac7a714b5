import type { Instant } from '../domain/calendar/interval';
import type { Invitation } from '../domain/notifications/invitation';

/** A web calendar's page with an entry filled in, which its user then saves. */
interface WebCalendar {
  /** The name of the calendar, the same in each language. */
  readonly name: string;
  readonly href: string;
}

/**
 * Returns the pages of web calendars on which an entry is filled in. Such an entry has no UID, so mails about a later
 * change do not find it. As in each calendar entry nothing of it comes from the client.
 */
export function webCalendars(entry: Omit<Invitation, 'method' | 'attendee'>): WebCalendar[] {
  const { start, end, timeZone, summary: subject, location, description: body } = entry;
  const outlook = { rru: 'addevent', subject, startdt: utc(start), enddt: utc(end), body, location };
  const dates = `${basic(utc(start))}/${basic(utc(end))}`;
  const google = { action: 'TEMPLATE', text: subject, dates, ctz: timeZone, details: body, location };
  return [
    { name: 'Google', href: address('https://calendar.google.com/calendar/render', google) },
    { name: 'Outlook.com', href: address('https://outlook.live.com/calendar/0/action/compose', outlook) },
    { name: 'Microsoft 365', href: address('https://outlook.office.com/calendar/0/action/compose', outlook) },
  ];
}

/** Writes an instant in UTC, with its Z: without it Outlook takes the time for that of whoever reads. */
function utc(at: Instant): string {
  return new Date(at).toISOString().replace(/\.\d+/, '');
}

/** Turns the extended format of ISO 8601 into the basic one. */
function basic(iso: string): string {
  return iso.replace(/[-:]/g, '');
}

/** Puts values into the query of a page; Outlook would show the + of URLSearchParams. */
function address(page: string, values: Readonly<Record<string, string>>): string {
  return `${page}?${Object.entries(values)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
}
