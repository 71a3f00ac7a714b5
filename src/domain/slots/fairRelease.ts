import type { Booking } from '../booking/booking';
import { HOUR, type Instant, MINUTE, type Minutes, overlaps } from '../calendar/interval';
import type { Desk } from '../desk';
import { perObject } from '../memo';
import type { Engagement } from './engagement';
import type { Snapshot } from './freeSlots';

/**
 * How a desk shows the public what somebody gave back: at a random moment so many minutes later, the same for all, so
 * that whoever looks all the time does not get it before whoever looks once. Not so near to its start that nobody would
 * see it in time.
 */
export interface FairRelease {
  /** The least and the most. */
  readonly minutes: readonly [Minutes, Minutes];
  readonly notWithinHours: number;
}

/** A place in an advisor's diary that was given back, and that the public is not shown yet. */
export interface FreedPlace
  extends Pick<Engagement, 'advisorId' | 'time' | 'consultation'>,
    Pick<Booking, 'topicId' | 'language' | 'mode'> {
  readonly id: string;
  readonly freedAt: Instant;
  /** The moment that was drawn; null: none yet, so that the latest one counts. */
  readonly shownAt: Instant | null;
}

/**
 * Returns what a change of a booking gives back and the public is shown later only; null: nothing. Staff, and those to
 * whom a start is offered, can take it at once.
 */
export function freedBy(
  { fairRelease }: Pick<Desk, 'fairRelease'>,
  { before, booking, now }: { before: Booking | null; booking: Booking; now: Instant },
): Omit<FreedPlace, 'id'> | null {
  if (!fairRelease || !before || before.status === 'cancelled') return null;
  const stays = booking.status !== 'cancelled' && booking.time.start === before.time.start;
  if (stays || before.time.start - now < fairRelease.notWithinHours * HOUR) return null;
  const { advisorId, time: consultation, blockedUntil, topicId, language, mode } = before;
  const time = { start: consultation.start, end: blockedUntil };
  return { advisorId, time, consultation, topicId, language, mode, freedAt: now, shownAt: null };
}

/**
 * Returns when a place is shown, for a number from 0 to 1 that was drawn. It is a whole minute, because that is when
 * answers to searches end.
 */
export function drawnMoment({ freedAt }: FreedPlace, { minutes: [least, most] }: FairRelease, chance: number): Instant {
  return nextMinute(freedAt + (least + chance * (most - least)) * MINUTE);
}

/** Tells whether the public is not shown the place yet. What was freed "later" was freed before the clock was set back. */
export function isHeldBack(
  { freedAt, shownAt }: FreedPlace,
  { fairRelease }: Pick<Desk, 'fairRelease'>,
  now: Instant,
): boolean {
  if (!fairRelease) return false;
  const latest = nextMinute(freedAt + fairRelease.minutes[1] * MINUTE);
  return now < Math.min(shownAt ?? latest, latest) && freedAt <= now + fairRelease.minutes[1] * MINUTE;
}

/**
 * Returns the snapshot as the public sees it: the places that are held back count as taken by somebody who does not give
 * way. A place that somebody has taken by now is no longer there.
 */
export const asPublicSees = perObject((snapshot: Snapshot): Snapshot => {
  const { desk, now, diary, during } = snapshot;
  const heldBack = (desk.freedPlaces ?? []).filter((place) => isHeldBack(place, desk, now));
  if (heldBack.length === 0) return snapshot;
  const publicDiary = (advisorId: string): readonly Engagement[] => {
    const own = diary(advisorId);
    const more = heldBack
      .filter((place) => place.advisorId === advisorId && !own.some(({ time }) => overlaps(time, place.time)))
      .map(toEngagement);
    return more.length === 0 ? own : disjoint([...own, ...more].sort((a, b) => a.time.start - b.time.start));
  };
  const alone = { of: publicDiary, isShared: false };
  return {
    ...snapshot,
    diary: publicDiary,
    during: during && ((range) => (heldBack.some(({ time }) => overlaps(time, range)) ? alone : during(range))),
  };
});

function toEngagement({ freedAt: _freed, shownAt: _shown, ...place }: FreedPlace): Engagement {
  return { ...place, movable: false, heldUntil: null };
}

/** Leaves out what overlaps the one before: a time can be given back twice. */
function disjoint(sorted: readonly Engagement[]): Engagement[] {
  const kept: Engagement[] = [];
  for (const each of sorted) if (each.time.start >= (kept.at(-1)?.time.end ?? 0)) kept.push(each);
  return kept;
}

function nextMinute(at: Instant): Instant {
  return Math.ceil(at / MINUTE) * MINUTE;
}
