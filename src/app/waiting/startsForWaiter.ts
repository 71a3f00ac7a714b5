import type { Booking } from '../../domain/booking/booking';
import type { Instant, Interval } from '../../domain/calendar/interval';
import type { Desk, Mode } from '../../domain/desk';
import { bookableStarts, eachFreeSlot, type ResolvedQuery, type Snapshot } from '../../domain/slots/freeSlots';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeWaiting } from '../../domain/staff/rights';
import type { LanguageTag } from '../../domain/text';
import { isOpen, type WaitingEntry } from '../../domain/waiting/entry';
import { fits } from '../../domain/waiting/fits';
import { offerTimeByStaff } from '../../domain/waiting/offerTime';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { suitableFor } from '../slots/slotQuery';
import { readAsNeeded } from '../slots/snapshot';
import { queriesOf } from './fitting';
import { bookingOf, entryAt } from './readWaitingList';

/** A free start for somebody who waits. */
export interface StartForWaiter {
  readonly time: Interval;
  readonly language: LanguageTag;
  readonly mode: Mode;
  /** `other`: not at a time that they wished for; `passed`: they let it pass before. */
  readonly kind: 'fits' | 'other' | 'passed';
  /** Whether there is time to offer it and wait for an answer. */
  readonly mayOffer: boolean;
}

/** As many starts are shown, of those that fit and of the others. */
const SHOWN_STARTS = { fits: 6, other: 3 } as const;

type StartsForWaiter = (who: Caller, deskId: string, entryId: string) => Promise<readonly StartForWaiter[]>;

/**
 * Finds what can be offered to somebody by hand: free starts within the clients' horizon that fit their wish, first; then
 * the first of the others. The lead time does not bind staff.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function startsForWaiter({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): StartsForWaiter {
  return async (who, deskId, entryId) => {
    assertMayServeWaiting(who, deskId);
    const at = now();
    const desk = await deskOf(storage, deskId);
    const entry = await entryAt(storage, deskId, entryId);
    if (!isOpen(entry)) return [];
    const booking = await bookingOf(storage, entry);
    const found = new Map<Instant, StartForWaiter>();
    for (const query of queriesOf(desk, { entry, booking }, 'staff')) {
      const range = { start: at + 1, end: endOf(desk, query, { booking, now: at }) };
      if (range.end <= range.start) continue;
      const scope = { desk, range, now: at, advisors: suitableFor(desk, query) };
      const asked = { desk, entry, booking, query, range, now: at };
      const { answer } = await readAsNeeded(await storage.snapshot(desk.id), scope, (of) => firstOf(of, asked));
      for (const start of answer) if (!found.has(start.time.start)) found.set(start.time.start, start);
    }
    const all = [...found.values()].sort((a, b) => a.time.start - b.time.start);
    const fitting = all.filter(({ kind }) => kind === 'fits').slice(0, SHOWN_STARTS.fits);
    return [...fitting, ...all.filter(({ kind }) => kind !== 'fits').slice(0, SHOWN_STARTS.other)];
  };
}

/** Returns up to when starts are looked for: the clients' horizon, and the booking that is to become earlier. */
function endOf(
  desk: Desk,
  query: ResolvedQuery,
  { booking, now }: { readonly booking: Booking | null; readonly now: Instant },
): Instant {
  const always = { start: now, end: Number.POSITIVE_INFINITY };
  const { end } = bookableStarts({ desk, now }, { ...query, audience: 'client' }, always);
  return booking ? Math.min(end, booking.time.start) : end;
}

interface WaiterToServe {
  readonly desk: Desk;
  readonly entry: WaitingEntry;
  readonly booking: Booking | null;
  readonly query: ResolvedQuery;
  readonly range: Interval;
  readonly now: Instant;
}

function firstOf(snapshot: Snapshot, { desk, entry, booking, query, range, now }: WaiterToServe): StartForWaiter[] {
  const where = { zone: desk.hours.timeZone, earlierThan: booking ? booking.time.start : null };
  const left: Record<keyof typeof SHOWN_STARTS, number> = { ...SHOWN_STARTS };
  const starts: StartForWaiter[] = [];
  for (const { time, mode } of eachFreeSlot(snapshot, query, range)) {
    if (left.fits + left.other === 0) break;
    const isFitting = fits(entry, time, where);
    const group = isFitting ? 'fits' : 'other';
    if (left[group] === 0) continue;
    left[group] -= 1;
    const { tellAt, until } = offerTimeByStaff(time.start, { desk, now });
    const kind = isFitting ? 'fits' : entry.passed.includes(time.start) ? 'passed' : 'other';
    starts.push({ time, language: query.language, mode, kind, mayOffer: tellAt < until });
  }
  return starts;
}
