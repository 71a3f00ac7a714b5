import { HOLD_MS, isLive } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { memo, perObject } from '../../domain/memo';
import type { Engagement } from '../../domain/slots/engagement';
import type { Diary } from '../ports/snapshot';

/** The bookings and live holds that some diaries contain at one moment. */
interface CountedDiaries {
  readonly entries: ReadonlyMap<string, readonly Engagement[]>;
  /** Returns the entries of one advisor; none if the advisor is not among those read. */
  readonly diary: (advisorId: string) => readonly Engagement[];
  readonly liveHolds: readonly Engagement[];
  /** Holds that have run out but were not lapsed yet: diaries have them, and `entries` has not. */
  readonly deadHolds: readonly Engagement[];
}

/**
 * Returns the entries of the diaries that count now. As long as the diaries are the same and the same holds are live,
 * it returns the same object, so that what was derived from it (`weekOf`) is reused by other requests.
 */
export function countedDiaries(diaries: ReadonlyMap<string, Diary>, now: Instant): CountedDiaries {
  return countedOf(diaries)(now);
}

/** The number of periods between two expiries of holds that are remembered. */
const MAX_REMEMBERED_PHASES = 4;

const countedOf = perObject((diaries: ReadonlyMap<string, Diary>) => {
  const holds = [...diaries.values()].flatMap(holdsIn);
  const changes = holds.flatMap(({ heldUntil }) => (heldUntil === null ? [] : [heldUntil - 2 * HOLD_MS, heldUntil]));
  // Between two such instants the same holds are live.
  const counted = memo(MAX_REMEMBERED_PHASES, (since: number) => countedSince(diaries, since));
  return (now: Instant) =>
    counted(changes.reduce((last, at) => (at <= now ? Math.max(last, at) : last), Number.NEGATIVE_INFINITY));
});

function countedSince(diaries: ReadonlyMap<string, Diary>, at: Instant): CountedDiaries {
  const isCounted = ({ heldUntil }: Engagement) => heldUntil === null || isLive({ heldUntil }, at);
  const holds = [...diaries.values()].flatMap(holdsIn);
  const entries = new Map(
    [...diaries].map(([id, diary]) => [id, hasHolds(diary) ? diary.entries.filter(isCounted) : diary.entries]),
  );
  return {
    entries,
    diary: (advisorId) => entries.get(advisorId) ?? NO_ENGAGEMENTS,
    liveHolds: holds.filter(isCounted),
    deadHolds: holds.filter((each) => !isCounted(each)),
  };
}

function hasHolds({ firstHoldEnds }: Diary): boolean {
  return firstHoldEnds !== Number.POSITIVE_INFINITY;
}

function holdsIn(diary: Diary): readonly Engagement[] {
  return hasHolds(diary) ? diary.entries.filter(({ heldUntil }) => heldUntil !== null) : NO_ENGAGEMENTS;
}

export const NO_ENGAGEMENTS: readonly Engagement[] = [];
