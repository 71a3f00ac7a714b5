import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import { weekInterval } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import type { Snapshot } from '../../domain/slots/freeSlots';
import { looksOf, MAX_LOOKS_A_WEEK } from '../../domain/slots/looks';
import { reachOf } from '../../domain/slots/week';
import type { DiaryEngagement } from '../ports/bookingStore';
import type { Stores } from '../ports/storage';
import { inTheWayNow, sharedDiaries } from './sharedDiaries';

/** A moment at a desk, about which one or several questions are asked. */
export interface Moment {
  readonly desk: Desk;
  /** All starts that will be asked about. */
  readonly range: Interval;
  readonly now: Instant;
  /** A hold or booking that is about to move or to be confirmed, and so must not be in its own way. */
  readonly except?: string | undefined;
  /** Whose diaries the answer depends on in any case. */
  readonly advisors: readonly Pick<Advisor, 'id'>[];
  /** How often each week may be looked at by all questions together; infinite for what is about to be taken. */
  readonly looksAWeek?: number;
}

/** `until`: when the first hold runs out on which the answer may depend. */
export interface Thought<T> {
  readonly answer: T;
  readonly until: Instant;
}

/**
 * Answers questions with what they turn out to depend on. Mostly the diaries of those who are suitable are enough, a few of hundreds;
 * others matter where these have to hand on what they have. Whoever is asked about and was not read yet counts as free for the moment,
 * is read, and the questions are answered once more.
 *
 * @param think pure; it may run again
 */
export async function readAsNeeded<T>(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { desk, range, now, except, advisors, looksAWeek = MAX_LOOKS_A_WEEK }: Moment,
  think: (snapshot: Snapshot) => T | Promise<T>,
): Promise<Thought<T>> {
  const zone = desk.hours.timeZone;
  const weeks = hull([range.start, range.end].map((at) => reachOf(weekInterval(at, zone))));
  const absences = await stores.desks.absences(desk.id, weeks);
  const all = desk.advisors.map(({ id }) => id);
  const known = new Map<string, readonly DiaryEngagement[]>();
  let until = Number.POSITIVE_INFINITY;
  let wanted = all.length <= DIARIES_READ_AT_ONCE ? all : advisors.map(({ id }) => id);
  for (;;) {
    for (const [id, { entries, firstHoldEnds }] of await stores.bookings.diaries(desk.id, wanted, weeks)) {
      const mayBeOver = firstHoldEnds !== Number.POSITIVE_INFINITY;
      const live = mayBeOver ? inTheWayNow(entries, now) : entries;
      const counted = except === undefined ? live : live.filter((each) => each.id !== except);
      known.set(id, counted);
      if (mayBeOver) until = Math.min(until, ...counted.flatMap(({ heldUntil }) => heldUntil ?? []));
    }
    const missing = new Set<string>();
    const noting = (advisorId: string) => {
      const diary = known.get(advisorId);
      if (!diary) missing.add(advisorId);
      return diary ?? NO_ENGAGEMENTS;
    };
    const diary = known.size === all.length && except === undefined ? sharedDiaries(desk, known) : noting;
    const answer = await think({ desk, absences, diary, now, looks: looksOf(looksAWeek) });
    if (missing.size === 0) return { answer, until };
    wanted = missing.size > DIARIES_READ_AT_ONCE ? all.filter((id) => !known.has(id)) : [...missing];
  }
}

/** So many are read at once rather than one after the other. */
const DIARIES_READ_AT_ONCE = 32;

const NO_ENGAGEMENTS: readonly DiaryEngagement[] = [];
