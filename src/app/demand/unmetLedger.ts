import type { LocalDate } from '../../domain/calendar/hours';
import type { Instant } from '../../domain/calendar/interval';
import { localDate, weekName } from '../../domain/calendar/zone';
import type { Desk, Topic } from '../../domain/desk';
import { knownLanguage } from '../../domain/language';
import type { LanguageTag } from '../../domain/text';
import type { Storage } from '../ports/storage';
import type { Unmet } from '../ports/unmetDemand';

/** A search that found nothing. */
export interface InVain {
  readonly desk: Pick<Desk, 'id' | 'hours'>;
  readonly topic: Pick<Topic, 'id'>;
  readonly language: LanguageTag;
  /** A keyed hash of the network that it came from: it is kept for that day at most, and written nowhere. */
  readonly from: string;
  readonly at: Instant;
}

/** What was looked for in vain, counted in memory first. */
export interface UnmetLedger {
  /**
   * Counts one more: of each network once for a desk, topic, language and day. What is no language is not counted.
   */
  note(search: InVain): void;
  /** Writes down what was counted since the last time; what cannot be written waits for the next. @throws DomainError `unavailable` */
  flush(): Promise<void>;
}

/** So many who asked are told apart in a day, and so many rows wait to be written; more are not counted. */
const MAX_KNOWN_ASKERS = 50_000;
const MAX_UNWRITTEN_SEARCHES = 1_000;

export function unmetLedger({ atomically }: Pick<Storage, 'atomically'>): UnmetLedger {
  let waiting = new Map<string, number>();
  /** By desk: they may be at different days. */
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
