import type { Instant } from '../../domain/calendar/interval';
import { offsetMinutes } from '../../domain/calendar/zone';
import type { Clock } from '../ports/clock';
import type { Storage } from '../ports/storage';
import type { Verdict } from './check';

/** A source of time zone data that is compared with this machine's. */
type ZoneSource = 'calendar entries' | 'PostgreSQL';

/**
 * The number of future bookings that were compared, and for how many of them each source disagrees with this machine.
 */
export interface ZoneFindings {
  readonly looked: number;
  readonly disagreements: readonly { readonly source: ZoneSource; readonly bookings: number }[];
}

type CompareZoneData = () => Promise<ZoneFindings>;

interface Deps {
  readonly storage: Pick<Storage, 'desks' | 'bookings' | 'zoneOffsets'>;
  readonly now: Clock;
  /**
   * Returns `true` if a calendar entry, written with the data that the program ships, means the same instant as on this
   * machine.
   */
  readonly calendarAgrees: (at: Instant, zone: string) => boolean;
}

/**
 * Compares the time zone data of this machine, by which times are computed and printed, with those in calendar entries
 * and in the database, at the start of each future booking. All follow the same laws, but are updated on different
 * days.
 */
export function compareZoneData({ storage, now, calendarAgrees }: Deps): CompareZoneData {
  return async () => {
    const found = { looked: 0, 'calendar entries': 0, PostgreSQL: 0 };
    for (const desk of await storage.desks.list()) {
      const ahead = await storage.bookings.startsAhead(desk.id, now());
      const { timeZone } = desk.hours;
      const starts = ahead.map(({ start }) => start);
      const offsets = starts.length > 0 ? await storage.zoneOffsets(timeZone, starts) : null;
      for (const [i, { start, bookings }] of ahead.entries()) {
        found.looked += bookings;
        if (!calendarAgrees(start, timeZone)) found['calendar entries'] += bookings;
        if (offsets && offsets[i] !== offsetMinutes(start, timeZone)) found.PostgreSQL += bookings;
      }
    }
    const sources = ['calendar entries', 'PostgreSQL'] as const;
    const disagreements = sources.map((source) => ({ source, bookings: found[source] }));
    return { looked: found.looked, disagreements: disagreements.filter(({ bookings }) => bookings > 0) };
  };
}

/** Turns the findings into the result of an invariant. */
export function zoneDataAgree({ looked, disagreements }: ZoneFindings): Verdict {
  return {
    invariant: 'Time zone data agree about what is ahead',
    unit: 'bookings ahead',
    looked,
    violations: disagreements.map(
      ({ source, bookings }) =>
        `${source}: another time than this machine's at ${bookings} bookings, see "Time zone data"`,
    ),
    remarks: {},
  };
}
