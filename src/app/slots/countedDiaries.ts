import { HOLD_MS, isLive } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { memo, perObject } from '../../domain/memo';
import type { Engagement } from '../../domain/slots/engagement';
import type { Diary } from '../ports/snapshot';

/** The bookings and live holds that some diaries contain at one moment. */
interface CountedDiaries {
  /** Returns the entries of one advisor; none if the advisor is not among those read. */
  readonly diary: (advisorId: string) => readonly Engagement[];
  readonly liveHolds: readonly Engagement[];
  /** Holds that have run out but were not lapsed yet: diaries have them, and `diary` has not. */
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
  const withHolds = [...diaries].filter(([, { firstHoldEnds }]) => firstHoldEnds !== Number.POSITIVE_INFINITY);
  const holds = withHolds.flatMap(([, { entries }]) => entries.filter(({ heldUntil }) => heldUntil !== null));
  const changes = holds.flatMap(({ heldUntil }) => (heldUntil === null ? [] : [heldUntil - 2 * HOLD_MS, heldUntil]));
  // Between two such instants the same holds are live.
  const counted = memo(MAX_REMEMBERED_PHASES, (at: number): CountedDiaries => {
    const isCounted = ({ heldUntil }: Engagement) => heldUntil === null || isLive({ heldUntil }, at);
    const left = new Map(withHolds.map(([id, { entries }]) => [id, entries.filter(isCounted)]));
    return {
      diary: (advisorId) => left.get(advisorId) ?? diaries.get(advisorId)?.entries ?? NO_ENGAGEMENTS,
      liveHolds: holds.filter(isCounted),
      deadHolds: holds.filter((each) => !isCounted(each)),
    };
  });
  return (now: Instant) =>
    counted(changes.reduce((last, at) => (at <= now ? Math.max(last, at) : last), Number.NEGATIVE_INFINITY));
});

export const NO_ENGAGEMENTS: readonly Engagement[] = [];
