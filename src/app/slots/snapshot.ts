import { hull, type Instant, type Interval } from '../../domain/calendar/interval';
import { weekInterval } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { perObject } from '../../domain/memo';
import type { Snapshot } from '../../domain/slots/freeSlots';
import { looksOf, MAX_LOOKS_A_WEEK } from '../../domain/slots/looks';
import { reachOf } from '../../domain/slots/week';
import type { DiaryEngagement } from '../ports/bookingStore';
import type { DeskSnapshot } from '../ports/snapshot';
import type { TimedAnswer } from './answers';
import { countedDiaries, NO_ENGAGEMENTS } from './countedDiaries';

/** What one or several questions about a desk depend on in any case. */
interface SearchScope {
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

/**
 * Answers questions with what they turn out to depend on. Mostly the diaries of those who are suitable are enough, a few of hundreds;
 * others matter where these have to hand on what they have. Whoever is asked about and was not read yet counts as free for the moment,
 * is read, and the questions are answered once more.
 *
 * @param of the desk's snapshot, of the database or of the transaction
 * @param answer pure; it may run again
 */
export async function readAsNeeded<T>(
  of: DeskSnapshot,
  { desk, range, now, except, advisors, looksAWeek = MAX_LOOKS_A_WEEK }: SearchScope,
  answer: (snapshot: Snapshot) => T | Promise<T>,
): Promise<TimedAnswer<T>> {
  const zone = desk.hours.timeZone;
  const weeks = hull([range.start, range.end].map((at) => reachOf(weekInterval(at, zone))));
  const absences = await of.absences(weeks);
  const all = idsOf(desk.advisors);
  const isOther = ({ id }: DiaryEngagement) => id !== except;
  const known = new Map<string, readonly DiaryEngagement[]>();
  let until = Number.POSITIVE_INFINITY;
  let wanted = all.length <= MAX_DIARIES_READ_ONE_BY_ONE ? all : advisors.map(({ id }) => id);
  for (;;) {
    const counted = countedDiaries(await of.diaries(weeks, wanted), now);
    for (const [id, entries] of counted.entries)
      known.set(id, except === undefined ? entries : entries.filter(isOther));
    until = Math.min(until, ...counted.liveHolds.filter(isOther).flatMap(({ heldUntil }) => heldUntil ?? []));
    const missing = new Set<string>();
    const noting = (advisorId: string) => {
      const diary = known.get(advisorId);
      if (!diary) missing.add(advisorId);
      return diary ?? NO_ENGAGEMENTS;
    };
    const diary = wanted === all && except === undefined ? counted.diary : noting;
    const found = await answer({ desk, absences, diary, now, looks: looksOf(looksAWeek) });
    if (missing.size === 0) return { answer: found, until };
    const isAll = missing.size > MAX_DIARIES_READ_ONE_BY_ONE || known.size + missing.size === all.length;
    wanted = isAll ? all : [...missing];
  }
}

/** If more diaries than this are missing, those of the whole desk are read at once. */
const MAX_DIARIES_READ_ONE_BY_ONE = 32;

/** The same array for the same desk, so that a snapshot can tell that all are asked about. */
const idsOf = perObject((advisors: Desk['advisors']): readonly string[] => advisors.map(({ id }) => id));
