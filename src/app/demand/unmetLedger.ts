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
  /** A keyed hash of the network that searched. It stays in memory for that day at most, and is not stored. */
  readonly from: string;
  readonly at: Instant;
}

/** Counts searches without a result in memory, and writes the counts from time to time. */
export interface UnmetLedger {
  /**
   * Counts a search, once for each network, desk, topic, language and day. A search for an unknown language is not
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

/**
 * The most networks that are distinguished in a day, and the most rows that wait to be written. Beyond them nothing is
 * counted, so that memory is bounded.
 */
const MAX_KNOWN_ASKERS = 50_000;
const MAX_UNWRITTEN_SEARCHES = 1_000;

export function unmetLedger({ atomically }: Pick<Storage, 'atomically'>): UnmetLedger {
  let waiting = new Map<string, number>();
  /** The networks by desk, because the date differs between the zones of desks. */
  const askers = new Map<string, { readonly date: LocalDate; readonly seen: Set<string> }>();

  function isNew(deskId: string, date: LocalDate, asker: string): boolean {
    let today = askers.get(deskId);
    if (today?.date !== date) {
      today = { date, seen: new Set() };
      askers.set(deskId, today);
    }
    if (today.seen.has(asker) || today.seen.size >= MAX_KNOWN_ASKERS) return false;
    today.seen.add(asker);
    return true;
  }

  return {
    note({ desk, topic, language, from, at }) {
      const known = knownLanguage(language);
      if (known === undefined) return;
      const date = localDate(at, desk.hours.timeZone);
      const week = weekName(at, desk.hours.timeZone);
      const unmet: Unmet = { deskId: desk.id, topicId: topic.id, language: known, week };
      const key = JSON.stringify(unmet);
      if (!waiting.has(key) && waiting.size >= MAX_UNWRITTEN_SEARCHES) return;
      if (isNew(desk.id, date, `${from} ${topic.id} ${known}`)) waiting.set(key, (waiting.get(key) ?? 0) + 1);
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
