import { hull, type Instant, type Interval, overlaps } from '../../domain/calendar/interval';
import { weekInterval } from '../../domain/calendar/zone';
import type { Advisor, Desk } from '../../domain/desk';
import { perObject } from '../../domain/memo';
import type { Engagement } from '../../domain/slots/engagement';
import type { Snapshot } from '../../domain/slots/freeSlots';
import { looksOf, MAX_LOOKS_A_WEEK } from '../../domain/slots/looks';
import { reachOf } from '../../domain/slots/weekHours';
import type { DeskSnapshot } from '../ports/snapshot';
import type { TimedAnswer } from './answers';
import { countedDiaries, NO_ENGAGEMENTS } from './countedDiaries';

/** What one or several questions about a desk depend on in every case. */
interface SearchScope {
  readonly desk: Desk;
  /** Contains all starts that will be asked about. */
  readonly range: Interval;
  readonly now: Instant;
  /** The id of a hold or booking that is about to move or to be confirmed, and is therefore ignored. */
  readonly except?: string | undefined;
  /** The advisors whose diaries are read first, because the answer depends on them in every case. */
  readonly advisors: readonly Pick<Advisor, 'id'>[];
  /** How many looks at each week all questions may take together; infinite for a slot that is about to be taken. */
  readonly looksAWeek?: number;
}

/**
 * Answers questions with the diaries that they turn out to depend on. The diaries of the suitable advisors are usually
 * enough, a few of hundreds; others matter where suitable advisors have to hand over bookings. An advisor whose diary
 * was not read counts as free at first; their diary is read then, and the questions are answered once more.
 *
 * @param of the desk's snapshot, from the database or from the transaction
 * @param answer a pure function, which may be called several times
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
  const known = new Map<string, readonly Engagement[]>();
  let own: Engagement | undefined;
  let until = Number.POSITIVE_INFINITY;
  let wanted = wantedOf(of, { all, weeks, ids: advisors.map(({ id }) => id) });
  for (;;) {
    const diaries = await of.diaries(weeks, wanted);
    const counted = countedDiaries(diaries, now);
    // It was perhaps among the diaries that were read before these.
    own ??= except === undefined ? undefined : entryIn([...diaries.keys()].map(counted.diary), except);
    if (wanted !== all) for (const id of diaries.keys()) known.set(id, counted.diary(id));
    const ends = counted.liveHolds.flatMap(({ id, heldUntil }) => (id === except ? [] : (heldUntil ?? [])));
    until = Math.min(until, ...ends);
    const missing = new Set<string>();
    const noting = (advisorId: string) => {
      const diary = known.get(advisorId);
      if (!diary) missing.add(advisorId);
      return diary ?? NO_ENGAGEMENTS;
    };
    const diary = without(own, wanted === all ? counted.diary : noting);
    const alone = { of: diary, isShared: false };
    const ignored = own ? [own, ...counted.deadHolds] : counted.deadHolds;
    const isAsOthersSee = (within: Interval) => !ignored.some(({ time }) => overlaps(time, within));
    const shared = () => ({ of: diary, isShared: true });
    const during = (within: Interval) => (isAsOthersSee(within) && diaries.during?.(within, shared)) || alone;
    const found = await answer({ desk, absences, diary, during, now, looks: looksOf(looksAWeek) });
    if (missing.size === 0) return { answer: found, until };
    const isAll = missing.size > MAX_DIARIES_READ_ONE_BY_ONE || known.size + missing.size === all.length;
    wanted = isAll ? all : [...missing];
  }
}

/** Returns the diaries without this engagement. */
function without(own: Engagement | undefined, diary: Snapshot['diary']): Snapshot['diary'] {
  if (!own) return diary;
  const left = diary(own.advisorId).filter(({ id }) => id !== own.id);
  return (advisorId) => (advisorId === own.advisorId ? left : diary(advisorId));
}

/** Returns the engagement with this id, if the diaries have it. */
function entryIn(diaries: readonly (readonly Engagement[])[], id: string): Engagement | undefined {
  for (const entries of diaries) {
    const found = entries.find((each) => each.id === id);
    if (found) return found;
  }
  return undefined;
}

/** If more diaries than this are missing, those of the whole desk are read at once. */
const MAX_DIARIES_READ_ONE_BY_ONE = 32;
/** So many diaries more are read with each question until all are there, and what is derived from them is shared. */
const DIARIES_READ_AHEAD = 64;

/** Returns whose diaries are read before it is known whether more matter. */
function wantedOf(
  of: DeskSnapshot,
  { all, weeks, ids }: { all: readonly string[]; weeks: Interval; ids: readonly string[] },
): readonly string[] {
  const unread = of.unread(weeks, all);
  if (unread.length <= MAX_DIARIES_READ_ONE_BY_ONE) return all;
  // The first question about a desk waits for no more than it needs.
  return unread.length === all.length ? ids : [...new Set([...ids, ...unread.slice(0, DIARIES_READ_AHEAD)])];
}

/** Returns the same array for the same desk, so that a snapshot can recognise that all advisors are meant. */
const idsOf = perObject((advisors: Desk['advisors']): readonly string[] => advisors.map(({ id }) => id));
