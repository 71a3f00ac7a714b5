import { DAY, dayOf } from '../calendar/dates';
import { HOUR, type Instant, MINUTE, SECOND } from '../calendar/interval';
import { isTimeZone, toInstant } from '../calendar/zone';
import { memo } from '../memo';
import type { Component, Property } from './contentLines';
import { occurrencesOf, readForeignRule, type Wall } from './foreignRule';
import type { Steps } from './steps';
import { WINDOWS_ZONES } from './windowsZones';

/** Returns the instant at which clocks of a zone show this time. */
type Clock = (wall: Wall) => Instant;

/** A time as a foreign calendar gives it. */
export interface ForeignTime {
  readonly wall: Wall;
  /** A day, not a time of it. */
  readonly isDate: boolean;
  readonly at: Instant;
  readonly clock: Clock;
}

const UTC: Clock = (wall) => wall;
const TIME = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/;
/** Whoever means a time before or after them does not mean it, and years of other than four digits confuse. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 2200];

/** Reads the times of one calendar. */
export interface TimeReader {
  /** @returns undefined for what is no time */
  read(value: string, tzid: string | undefined): ForeignTime | undefined;
  /** Reads all times of a property, leaving out what is none; of a period (RDATE) its start. */
  readAll(properties: readonly Property[]): ForeignTime[];
}

/**
 * Makes the reader of a calendar's times. A TZID is meant as the IANA zone that it names or ends with; else as the
 * calendar's own VTIMEZONE of that name describes it; else as Windows means it. Times without a zone, and days, are those
 * of the desk.
 */
export function timeReader(
  calendar: readonly Component[],
  { deskZone, steps }: { readonly deskZone: string; readonly steps: Steps },
): TimeReader {
  const zones = calendar.filter(({ name }) => name === 'VTIMEZONE');
  const clockOf = memo(MAX_ZONES, (tzid: string): Clock => {
    const iana = ianaIn(tzid);
    if (iana) return ianaClock(iana);
    const own = zones.find(({ properties }) => properties.some(({ name, value }) => name === 'TZID' && value === tzid));
    const described = own && describedClock(own, steps);
    return described ?? ianaClock(WINDOWS_ZONES.get(tzid) ?? deskZone);
  });
  const local = ianaClock(deskZone);
  const read: TimeReader['read'] = (value, tzid) => {
    const wall = wallOf(value);
    if (wall === undefined) return undefined;
    const isDate = !value.includes('T');
    const clock = value.endsWith('Z') ? UTC : isDate || !tzid ? local : clockOf(tzid);
    return { wall, isDate, at: clock(wall), clock };
  };
  return {
    read,
    readAll: (properties) =>
      properties.flatMap(({ value, params }) =>
        value.split(',').flatMap((each) => {
          steps.take();
          return read(each.split('/')[0]?.trim() ?? '', params.get('TZID')) ?? [];
        }),
      ),
  };
}

const MAX_ZONES = 50;
/** Such as `/freeassociation.sourceforge.net/Europe/Berlin`. */
const IANA_AT_END = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z_+-]+(?:\/[A-Za-z_+-]+)?)$/;

function ianaIn(tzid: string): string | undefined {
  if (isTimeZone(tzid)) return tzid;
  const end = IANA_AT_END.exec(tzid.slice(-100))?.[1];
  return end !== undefined && isTimeZone(end) ? end : undefined;
}

/** Looks up the zone once for each day; only on a day on which clocks change for each time. */
function ianaClock(zone: string): Clock {
  const MAX_DAYS = 2_000;
  const startOf = memo(MAX_DAYS, (day: number): Instant => toInstant(dayOf(day), '00:00', zone, 'rfc5545'));
  return (wall) => {
    const day = Math.floor(wall / DAY);
    const start = startOf(day);
    if (startOf(day + 1) - start === DAY) return start + (wall - day * DAY);
    const minute = Math.floor(wall / MINUTE) * MINUTE;
    const time = new Date(minute).toISOString().slice(11, 16);
    return toInstant(dayOf(day), time, zone, 'rfc5545') + (wall - minute);
  };
}

/** Returns the time that is written, as if it were UTC; undefined for 30 February and the like. */
export function wallOf(value: string): Wall | undefined {
  const [, ...parts] = TIME.exec(value) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const date = Date.UTC(year, month - 1, day);
  const isDay = new Date(date).getUTCMonth() === month - 1 && new Date(date).getUTCDate() === day;
  const isTime = hour < 24 && minute < 60 && second <= 60;
  return isDay && isTime ? date + hour * HOUR + minute * MINUTE + Math.min(second, 59) * SECOND : undefined;
}

const OFFSET = /^([+-])(\d\d)(\d\d)(\d\d)?$/;
/** The onsets of a zone are looked for so far back: two of each are found, of one that recurs yearly. */
const LOOKED_BACK_MS = 2 * 366 * DAY;

interface Observance {
  readonly from: number;
  readonly to: number;
  readonly start: Wall;
  readonly onsets: (before: Wall) => readonly Wall[];
}

/** Returns the clock that a VTIMEZONE describes; undefined: it cannot be read. */
function describedClock({ parts }: Component, steps: Steps): Clock | undefined {
  const observances = parts.flatMap((part) => observanceOf(part, steps) ?? []);
  const [earliest] = [...observances].sort((a, b) => a.start - b.start);
  if (!earliest) return undefined;
  const MAX_YEARS = 50;
  const onsetsUntil = memo(MAX_YEARS, (year: number) =>
    observances
      .flatMap(({ onsets, to }) => onsets(Date.UTC(year + 1, 0, 1)).map((at) => ({ at, to })))
      .sort((a, b) => a.at - b.at),
  );
  return (wall) => {
    const last = onsetsUntil(new Date(wall).getUTCFullYear()).findLast(({ at }) => at <= wall);
    return wall - (last?.to ?? earliest.from);
  };
}

function observanceOf({ properties }: Component, steps: Steps): Observance | undefined {
  const value = (name: string) => properties.find((each) => each.name === name)?.value;
  const [from, to] = [offsetOf(value('TZOFFSETFROM')), offsetOf(value('TZOFFSETTO'))];
  const start = wallOf(value('DTSTART') ?? '');
  if (from === undefined || to === undefined || start === undefined) return undefined;
  const rules = properties.flatMap((each) => (each.name === 'RRULE' ? (readForeignRule(each.value) ?? []) : []));
  const dates = properties
    .filter(({ name }) => name === 'RDATE')
    .flatMap(({ value: all }) => all.split(',').flatMap((each) => wallOf(each.trim()) ?? []));
  return {
    ...{ from, to, start },
    onsets: (before) => [
      ...[start, ...dates].filter((at) => at < before),
      ...rules.flatMap((rule) => {
        // The times of UNTIL are UTC here, and those of the onsets local, by the offset before each.
        const until = rule.until === null ? Number.POSITIVE_INFINITY : (wallOf(rule.until) ?? start) + from;
        const range = { from: before - LOOKED_BACK_MS, to: before, steps };
        return occurrencesOf(rule, start, range).filter((at) => at <= until);
      }),
    ],
  };
}

function offsetOf(value: string | undefined): number | undefined {
  const [, sign, hours, minutes, seconds = '0'] = OFFSET.exec(value ?? '') ?? [];
  if (sign === undefined) return undefined;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND;
  return sign === '-' ? -size : size;
}
