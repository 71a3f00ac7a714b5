import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ICAL from 'ical.js';
import { type Interval, union } from '../../src/domain/calendar/interval';

/** Readers of opening hours that share no code with the program: ical.js, and the package of OpenStreetMap's notation. */

/**
 * The windows of a calendar's VEVENTs, or of the AVAILABLE parts of its VAVAILABILITY, ascending and joined; with
 * `summary` only those that are called so.
 */
export function windowsOfCalendar(ics: string, kind: 'vevent' | 'available', summary?: string): Interval[] {
  const root = new ICAL.Component(ICAL.parse(ics));
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const holder = kind === 'vevent' ? root : root.getFirstSubcomponent('vavailability');
  const parts = holder?.getAllSubcomponents(kind) ?? [];
  const named = parts.filter((part) => summary === undefined || part.getFirstPropertyValue('summary') === summary);
  return union(named.flatMap(occurrencesOf));
}

function occurrencesOf(part: ICAL.Component): Interval[] {
  // An AVAILABLE recurs as a VEVENT does (RFC 7953 §3.1), which ical.js knows.
  const event = new ICAL.Component(['vevent', part.jCal[1] as never, part.jCal[2] as never]);
  const parent = new ICAL.Component('vcalendar');
  parent.addSubcomponent(event);
  const { startDate, endDate } = new ICAL.Event(event);
  const length = endDate.toJSDate().getTime() - startDate.toJSDate().getTime();
  if (!event.hasProperty('rrule'))
    return [{ start: startDate.toJSDate().getTime(), end: startDate.toJSDate().getTime() + length }];
  const expansion = new ICAL.RecurExpansion({ component: event, dtstart: startDate });
  const found: Interval[] = [];
  for (let next = expansion.next(); next; next = expansion.next()) {
    const end = next.clone();
    end.addDuration(endDate.subtractDate(startDate));
    found.push({ start: next.toJSDate().getTime(), end: end.toJSDate().getTime() });
  }
  return found;
}

/**
 * The windows that OpenStreetMap's notation opens in 2026 to 2028, as the package reads it in Berlin. It runs in a
 * process of its own, whose zone is Berlin whatever ours is. With `comment` they are those that have this comment.
 */
export function windowsOfOsm(text: string, comment?: string): Interval[] {
  const output = execFileSync(process.execPath, [join(__dirname, 'openingHoursOracle.cjs'), text], {
    env: { ...process.env, TZ: 'Europe/Berlin' },
    encoding: 'utf8',
  });
  const open = JSON.parse(output) as [number, number, string | null][];
  return open.filter((each) => comment === undefined || each[2] === comment).map(([start, end]) => ({ start, end }));
}

/** On a machine without libical its tests are skipped, and say so. */
export const hasLibical = existsSync('/usr/include/libical/ical.h');
if (!hasLibical) process.stderr.write('libical skipped: no /usr/include/libical/ical.h (Debian: libical-dev)\n');

/** The windows of a calendar's VEVENTs as libical expands them, the library of many desktops and servers. */
export function windowsOfLibical(ics: string): Interval[] {
  const lines = execFileSync(libical(), { input: ics, encoding: 'utf8' }).trim().split('\n').filter(Boolean);
  return union(
    lines.map((line) => {
      const [start = 0, end = 0] = line.split(' ').map((seconds) => Number(seconds) * 1000);
      return { start, end };
    }),
  );
}

/** Compiles the reader, once a process. */
let compiled: string | undefined;
function libical(): string {
  if (compiled) return compiled;
  const program = join(mkdtempSync(join(tmpdir(), 'libical-')), 'read');
  execFileSync('cc', ['-o', program, join(__dirname, 'libical.c'), '-lical']);
  process.once('exit', () => rmSync(dirname(program), { recursive: true, force: true }));
  compiled = program;
  return program;
}
