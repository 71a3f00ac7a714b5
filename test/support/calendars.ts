import ICAL from 'ical.js';

/** A calendar as ical.js reads it, a parser that shares no code with the program. */
export interface ParsedCalendar {
  readonly root: ICAL.Component;
  readonly event: ICAL.Component;
  /** The text of one property of the event. */
  text(name: string): string;
  /** The instant of DTSTART or DTEND, by the VTIMEZONE of the calendar itself. */
  instant(name: 'dtstart' | 'dtend'): string;
}

export function parseCalendar(ics: string): ParsedCalendar {
  const root = new ICAL.Component(ICAL.parse(ics));
  const [event, ...others] = root.getAllSubcomponents('vevent');
  if (!event || others.length > 0) throw new Error('not exactly one VEVENT');
  return {
    root,
    event,
    text: (name) => String(event.getFirstPropertyValue(name)),
    instant: (name) => (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().toISOString(),
  };
}

/**
 * Returns the content lines, unfolded as RFC 5545 §3.1 says: octets are joined first and decoded as UTF-8 afterwards.
 *
 * @throws TypeError if they are not valid UTF-8
 */
export function contentLines(ics: Buffer): string[] {
  const unfolded = Buffer.from(ics.toString('latin1').replace(/\r\n[ \t]/g, ''), 'latin1');
  return new TextDecoder('utf-8', { fatal: true }).decode(unfolded).split('\r\n');
}

/** Returns the lines before unfolding, without their CRLF. */
export function physicalLines(ics: Buffer): Buffer[] {
  return ics
    .toString('latin1')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'latin1'));
}
