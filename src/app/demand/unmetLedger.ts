import { DAY } from '../../domain/calendar/dates';
import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { localDate, weekName } from '../../domain/calendar/zone';
import type { Desk, Topic } from '../../domain/desk';
import { knownLanguage } from '../../domain/language';
import type { LanguageTag } from '../../domain/text';
import type { Storage } from '../ports/storage';
import type { Unmet } from '../ports/unmetDemand';

/** A search without a result. */
interface InVain {
  readonly desk: Pick<Desk, 'id' | 'hours'>;
  readonly topic: Pick<Topic, 'id'>;
  readonly language: LanguageTag;
  /** A keyed hash of the network that searched. It stays in memory for these weeks at most, and is not stored. */
  readonly from: string;
  readonly at: Instant;
}

/** Counts searches without a result in memory, and writes the counts from time to time. */
export interface UnmetLedger {
  /**
   * Counts a search, once for each network, desk, topic and language in the weeks that are taken for what is wanted
   * (`firstWeekWanted`): whoever looks again tomorrow is one who wants it. A search for an unknown language is not
   * counted.
   */
  note(search: InVain): void;
  /**
   * Writes the counts since the last call. Counts that cannot be written stay for the next call.
   *
   * @throws DomainError `unavailable`
   */
  flush(): Promise<void>;
}

/** Searches of so many weeks, the running one included, are taken for what is still wanted. */
const WEEKS_WANTED = 4;

/** Returns the first week whose searches are taken for what is still wanted. */
export function firstWeekWanted(at: Instant, timeZone: string): string {
  return weekName(at - (WEEKS_WANTED - 1) * 7 * DAY, timeZone);
}

/** The networks that were counted on one day. */
interface AskersOfDay {
  readonly week: string;
  readonly seen: Set<string>;
}

interface DayOfSearch {
  readonly date: LocalDate;
  readonly week: string;
  /** The first week whose networks are remembered. */
  readonly first: string;
}

/**
 * The most networks that are distinguished in a day, and the most rows that wait to be written. Beyond them nothing is
 * counted, so that memory is bounded.
 */
const MAX_KNOWN_ASKERS = 50_000;
/** If there are more on several days, the oldest days are forgotten. */
const MAX_REMEMBERED_ASKERS = 200_000;
const MAX_UNWRITTEN_SEARCHES = 1_000;

export function unmetLedger({ atomically }: Pick<Storage, 'atomically'>): UnmetLedger {
  let waiting = new Map<string, number>();
  /** The networks by desk and day, the oldest day first, because the date differs between the zones of desks. */
  const askers = new Map<string, Map<LocalDate, AskersOfDay>>();

  function isNew(deskId: string, { date, week, first }: DayOfSearch, asker: string): boolean {
    const days = askers.get(deskId) ?? new Map<LocalDate, AskersOfDay>();
    askers.set(deskId, days);
    const count = () => [...days.values()].reduce((sum, { seen }) => sum + seen.size, 0);
    for (const [day, of] of days) if (of.week < first || count() >= MAX_REMEMBERED_ASKERS) days.delete(day);
    const { seen } = days.get(date) ?? { seen: new Set<string>() };
    days.set(date, { week, seen });
    if (seen.size >= MAX_KNOWN_ASKERS || [...days.values()].some((day) => day.seen.has(asker))) return false;
    seen.add(asker);
    return true;
  }

  return {
    note({ desk, topic, language, from, at }) {
      const known = knownLanguage(language);
      if (known === undefined) return;
      const { timeZone } = desk.hours;
      const date = localDate(at, timeZone);
      const week = weekName(at, timeZone);
      const unmet: Unmet = { deskId: desk.id, topicId: topic.id, language: known, week };
      const key = JSON.stringify(unmet);
      if (!waiting.has(key) && waiting.size >= MAX_UNWRITTEN_SEARCHES) return;
      const moment = { date, week, first: firstWeekWanted(at, timeZone) };
      if (isNew(desk.id, moment, `${from} ${topic.id} ${known}`)) waiting.set(key, (waiting.get(key) ?? 0) + 1);
    },

    async flush() {
      if (waiting.size === 0) return;
      const counted = waiting;
      waiting = new Map();
      try {
        await atomically(async ({ demand }) => {
          for (const [key, searches] of counted) await demand.count(JSON.parse(key) as Unmet, searches);
        });
      } catch (error) {
        for (const [key, searches] of counted) waiting.set(key, (waiting.get(key) ?? 0) + searches);
        throw error;
      }
    },
  };
}
