import { HOLD_LENGTH, isLive } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { memo, perObject } from '../../domain/memo';
import type { DiaryEngagement } from '../ports/bookingStore';
import type { Diary } from '../ports/snapshot';

/** What of some diaries is in the way at a moment: bookings and live holds. */
interface CountedDiaries {
  readonly entries: ReadonlyMap<string, readonly DiaryEngagement[]>;
  /** The same, for an advisor who is among them; nothing for anybody else. */
  readonly diary: (advisorId: string) => readonly DiaryEngagement[];
  readonly liveHolds: readonly DiaryEngagement[];
}

/**
 * Returns what of the diaries counts now. It is the same object as long as the diaries are, and the same holds count: what was found out
 * about them (`weekOf`) still holds then, and another request need not find it out again.
 */
export function countedDiaries(diaries: ReadonlyMap<string, Diary>, now: Instant): CountedDiaries {
  return countedOf(diaries)(now);
}

/** Moments between two ends of holds that are remembered. */
const MAX_REMEMBERED_PHASES = 4;

const countedOf = perObject((diaries: ReadonlyMap<string, Diary>) => {
  const holds = [...diaries.values()].flatMap(holdsIn);
  const changes = holds.flatMap(({ heldUntil }) =>
    heldUntil === null ? [] : [heldUntil - 2 * HOLD_LENGTH, heldUntil],
  );
  // From one change on, and until the next, the same holds are live.
  const counted = memo(MAX_REMEMBERED_PHASES, (since: number) => countedSince(diaries, since));
  return (now: Instant) =>
    counted(changes.reduce((last, at) => (at <= now ? Math.max(last, at) : last), Number.NEGATIVE_INFINITY));
});

function countedSince(diaries: ReadonlyMap<string, Diary>, at: Instant): CountedDiaries {
  const isCounted = ({ heldUntil }: DiaryEngagement) => heldUntil === null || isLive({ heldUntil }, at);
  const entries = new Map(
    [...diaries].map(([id, diary]) => [id, hasHolds(diary) ? diary.entries.filter(isCounted) : diary.entries]),
  );
  return {
    entries,
    diary: (advisorId) => entries.get(advisorId) ?? NO_ENGAGEMENTS,
    liveHolds: [...diaries.values()].flatMap(holdsIn).filter(isCounted),
  };
}

function hasHolds({ firstHoldEnds }: Diary): boolean {
  return firstHoldEnds !== Number.POSITIVE_INFINITY;
}

function holdsIn(diary: Diary): readonly DiaryEngagement[] {
  return hasHolds(diary) ? diary.entries.filter(({ heldUntil }) => heldUntil !== null) : NO_ENGAGEMENTS;
}

export const NO_ENGAGEMENTS: readonly DiaryEngagement[] = [];
