import type { Booking } from '../../domain/booking/booking';
import { lacksNumber } from '../../domain/booking/reachable';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { dayInterval, localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { bookableStarts, eachFreeSlot, type ResolvedQuery } from '../../domain/slots/freeSlots';
import type { WaitingEntry, WaitingOffer } from '../../domain/waiting/entry';
import { fits, rangeOf } from '../../domain/waiting/fits';
import { offerTime } from '../../domain/waiting/offerTime';
import type { Stores } from '../ports/storage';
import { questionOf } from '../slots/nextStarts';
import { resolveQuery, suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';

/** Somebody who waits, with the booking that is to become earlier. */
export interface Waiter {
  readonly entry: WaitingEntry;
  /** Null: there is none yet. */
  readonly booking: Booking | null;
}

/** A free start that fits somebody, and how long it could be offered. */
export interface Fitting extends Pick<WaitingOffer, 'tellAt' | 'until'> {
  readonly query: ResolvedQuery;
  readonly start: Instant;
}

/** `everything`, or the times at which something has become free. */
export type Freed = 'everything' | readonly Interval[];

/**
 * Finds free starts for those who wait, at one desk in one transaction. What is free is what clients see, and
 * what the desk holds back from all but them; it is remembered until `changed` is called.
 */
export function fittingStarts(stores: Pick<Stores, 'snapshot'>, desk: Desk, now: Instant) {
  let known = new Map<string, readonly Interval[]>();
  const zone = desk.hours.timeZone;

  async function freeTimes(query: ResolvedQuery, range: Interval): Promise<readonly Interval[]> {
    const { topic, language, mode, advisorId } = query;
    const key = JSON.stringify([topic.id, language, mode, advisorId, range]);
    const there = known.get(key);
    if (there) return there;
    const scope = { desk, range, now, advisors: suitableFor(desk, query) };
    const { answer } = await readAsNeeded(await stores.snapshot(desk.id), scope, (snapshot) =>
      [...eachFreeSlot(snapshot, query, range)].map(({ time }) => time),
    );
    known.set(key, answer);
    return answer;
  }

  return {
    /** Returns the earliest start that fits, in the first of the languages that it is free in. */
    async first({ entry, booking }: Waiter, freed: Freed): Promise<Fitting | undefined> {
      const where = { zone, earlierThan: booking ? booking.time.start : null };
      let best: Fitting | undefined;
      for (const query of queriesOf(desk, { entry, booking }))
        for (const range of rangesIn(freed, rangeOf(entry, bookableRange(desk, query, now), where), zone))
          for (const time of await freeTimes(query, range)) {
            if (best && best.start <= time.start) break;
            if (!fits(entry, time, where)) continue;
            const when = offerTime(time.start, { desk, topic: query.topic, now });
            if (!when) continue;
            best = { query, start: time.start, ...when };
            break;
          }
      return best;
    },
    changed: () => {
      known = new Map();
    },
  };
}

/** Returns what is looked for, the best first; nothing if the desk no longer has it. */
export function queriesOf(
  desk: Desk,
  { entry, booking }: Waiter,
  audience: ResolvedQuery['audience'] = 'client',
): ResolvedQuery[] {
  if (booking)
    return [questionOf(desk, booking) ?? []].flat().map((query) => ({ ...query, audience, seesHeldBack: true }));
  const { topicId, languages, mode, client } = entry;
  const topic = desk.topics.find(({ id, retired }) => id === topicId && !retired);
  const reached = topic?.modes.filter((each) => !lacksNumber(client.phone, each)) ?? [];
  // Where every mode will do, the engine takes the first that has a place.
  const modes = mode ? [mode] : reached.length === topic?.modes.length ? [undefined] : reached;
  if (!topic) return [];
  return languages.flatMap((language) =>
    modes.flatMap((each) => {
      try {
        return [{ ...resolveQuery(desk, { topicId, language, mode: each }, audience), seesHeldBack: true }];
      } catch (error) {
        // The topic no longer has this mode.
        if (isRefusal(error, 'invalid')) return [];
        throw error;
      }
    }),
  );
}

function bookableRange(desk: Desk, query: ResolvedQuery, now: Instant): Interval {
  return bookableStarts({ desk, now }, query, { start: now, end: Number.POSITIVE_INFINITY });
}

/**
 * Returns the days on which something has become free, within the range. What leaves can make room at another time of
 * the same day, because others may give way to it, and because reserves are counted by the day.
 */
function rangesIn(freed: Freed, range: Interval, zone: string): Interval[] {
  if (freed === 'everything') return range.start < range.end ? [range] : [];
  const days = new Set(freed.flatMap(({ start, end }) => [localDate(start, zone), localDate(end - 1, zone)]));
  return [...days]
    .sort()
    .map((date) => dayInterval(date, zone))
    .map((day) => ({ start: Math.max(day.start, range.start), end: Math.min(day.end, range.end) }))
    .filter(({ start, end }) => start < end);
}
