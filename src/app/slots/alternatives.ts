import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError, isRefusal } from '../../domain/errors';
import type { ResolvedQuery, Slot } from '../../domain/slots/freeSlots';
import type { AppDeps } from '../deps';
import { deskIn } from '../desks/deskOf';
import type { DeskSnapshot } from '../ports/snapshot';
import type { Turn } from '../ports/turn';
import { answersAt, type TimedAnswer } from './answers';
import { resolveQuery, type SlotQuery, suitableFor } from './slotQuery';
import { readAsNeeded } from './snapshot';
import { freeSlotsByWeek } from './weeks';

const LOOK_BACK_MS = 7 * 24 * HOUR;
const LOOK_AHEAD_MS = 14 * 24 * HOUR;
const MAX_ALTERNATIVES = 5;

/** The details of a `slot-unavailable` refusal. */
export interface Alternatives {
  readonly timeZone: string;
  /** The nearest free slots, ascending; possibly empty. */
  readonly slots: readonly Slot[];
}

/** A start that somebody asks for. `except`: the id of a hold or booking that is ignored, because it is their own. */
export interface WantedSlot {
  readonly desk: Desk;
  readonly query: ResolvedQuery;
  readonly start: Instant;
  readonly now: Instant;
  readonly except?: string | undefined;
}

/** Runs `work`, and adds alternatives if the wanted slot is refused. */
type OfferAlternatives = <T>(wanted: () => Promise<WantedSlot>, work: () => Promise<T>) => Promise<T>;

/**
 * Returns a function that runs `work` and, if it is refused with `slot-unavailable`, adds the nearest alternatives to
 * the refusal. They are looked up after the transaction, so that nobody has to wait for them.
 */
export function offeringAlternatives({ storage, now, turn }: Deps): OfferAlternatives {
  const answers = answersAt(now, (of: DeskSnapshot, missed: MissedSlot, at) => nearest(turn, of, missed, at));
  return async (wanted, work) => {
    try {
      return await work();
    } catch (error) {
      if (!isRefusal(error, 'slot-unavailable')) throw error;
      const { desk, query, start, except } = await wanted();
      const { topic, audience, ...asked } = query;
      const missed = { query: { topicId: topic.id, ...asked }, audience, start, except };
      const slots = await answers(await storage.snapshot(desk.id), missed);
      const alternatives: Alternatives = { timeZone: desk.hours.timeZone, slots };
      throw new DomainError('slot-unavailable', { alternatives });
    }
  };
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/** `WantedSlot` with ids in place of objects, by which answers are remembered. */
interface MissedSlot extends Pick<WantedSlot, 'start' | 'except'>, Pick<ResolvedQuery, 'audience'> {
  readonly query: SlotQuery;
}

async function nearest(
  turn: Turn,
  of: DeskSnapshot,
  { query: asked, audience, start, except }: MissedSlot,
  now: Instant,
): Promise<TimedAnswer<readonly Slot[]>> {
  const desk = await deskIn(of);
  const query = resolveQuery(desk, asked, audience);
  const range = { start: Math.max(now, start - LOOK_BACK_MS), end: Math.max(now, start) + LOOK_AHEAD_MS };
  const scope = { desk, range, now, except, advisors: suitableFor(desk, query) };
  const { answer, until } = await readAsNeeded(of, scope, (snapshot) => freeSlotsByWeek(turn, snapshot, query, range));
  const slots = answer
    .sort((a, b) => Math.abs(a.time.start - start) - Math.abs(b.time.start - start))
    .slice(0, MAX_ALTERNATIVES)
    .sort((a, b) => a.time.start - b.time.start);
  return { answer: slots, until };
}
