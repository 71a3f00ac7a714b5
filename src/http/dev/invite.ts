/** The properties of a calendar entry that are shown. */
const ROWS = [
  ['method', 'METHOD'],
  ['status', 'STATUS'],
  ['summary', 'SUMMARY'],
  ['start', 'DTSTART'],
  ['end', 'DTEND'],
  ['location', 'LOCATION'],
  ['sequence', 'SEQUENCE'],
  ['description', 'DESCRIPTION'],
] as const;

/**
 * Returns the event's properties from a calendar part, unfolded and unescaped (RFC 5545 §3.1, §3.3.11), to show it in
 * short.
 */
export function readable(ics: string): { name: (typeof ROWS)[number][0]; value: string }[] {
  const lines = ics
    .replace(/\r?\n[ \t]/g, '')
    .replace(/BEGIN:VTIMEZONE[\s\S]*?END:VTIMEZONE/g, '')
    .split(/\r?\n/);
  return ROWS.flatMap(([name, property]) => {
    const line = lines.find((each) => each.startsWith(`${property}:`) || each.startsWith(`${property};`));
    if (!line) return [];
    const value = line.slice(line.indexOf(':') + 1).replace(/\\([\\;,nN])/g, (_, c) => (/n/i.test(c) ? '\n' : c));
    return [{ name, value: property.startsWith('DT') ? localTime(value, line) : value }];
  });
}

/** Converts `20261201T090000` with TZID to `2026-12-01 09:00 Europe/Berlin`. */
function localTime(value: string, line: string): string {
  const zone = value.endsWith('Z') ? 'UTC' : (/TZID=([^;:]+)/.exec(line)?.[1] ?? '');
  return `${value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*$/, '$1-$2-$3 $4:$5')} ${zone}`.trim();
}
