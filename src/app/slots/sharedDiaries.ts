import { HOLD_LENGTH, isLive } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { DiaryEngagement } from '../ports/bookingStore';

/** All diaries of a desk, as a situation asks for them. */
type Diaries = (advisorId: string) => readonly DiaryEngagement[];

/** Of each desk the last; as long as it is the same object, nothing has changed at the desk itself. */
const last = new WeakMap<
  Desk,
  { readonly known: ReadonlyMap<string, readonly DiaryEngagement[]>; readonly diaries: Diaries }
>();

/**
 * The same function as the last time, if all diaries are the same: what was found out about them then (`weekOf`) still holds, and another
 * request need not find it out again.
 *
 * @param known of every advisor of the desk
 */
export function sharedDiaries(desk: Desk, known: ReadonlyMap<string, readonly DiaryEngagement[]>): Diaries {
  const before = last.get(desk);
  if (before && [...known].every(([id, entries]) => before.known.get(id) === entries)) return before.diaries;
  const all = new Map(known);
  const diaries: Diaries = (advisorId) => all.get(advisorId) ?? [];
  last.set(desk, { known: all, diaries });
  return diaries;
}

const counted = new WeakMap<
  readonly DiaryEngagement[],
  { from: Instant; until: Instant; entries: readonly DiaryEngagement[] }
>();

/** What of a diary is in the way now: bookings and live holds. The same array as long as it holds the same. */
export function inTheWayNow(entries: readonly DiaryEngagement[], now: Instant): readonly DiaryEngagement[] {
  const known = counted.get(entries);
  if (known && known.from <= now && now < known.until) return known.entries;
  const isCounted = ({ heldUntil }: DiaryEngagement) => heldUntil === null || isLive({ heldUntil }, now);
  const changes = entries.flatMap(({ heldUntil }) =>
    heldUntil === null ? [] : [heldUntil, heldUntil - 2 * HOLD_LENGTH],
  );
  const until = Math.min(...changes.filter((at) => at > now), Number.POSITIVE_INFINITY);
  const fresh = { from: now, until, entries: entries.filter(isCounted) };
  counted.set(entries, fresh);
  return fresh.entries;
}
