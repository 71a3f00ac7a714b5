import { offers, type Question } from '../../domain/assignment/offers';
import { HOUR, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { DomainError, isRefusal } from '../../domain/errors';
import { type Slot, toSlot } from '../calendar/findSlots';
import type { Stores } from '../ports/storage';
import { considering, suitableFor } from './situation';

const BEFORE = 7 * 24 * HOUR;
const AFTER = 14 * 24 * HOUR;
const MOST = 5;

/** What `slot-unavailable` carries in its details. */
export interface Alternatives {
  readonly timeZone: string;
  /** The nearest free slots, ascending; perhaps none. */
  readonly slots: readonly Slot[];
}

/** A start that somebody asks for. `except`: a hold or booking that must not be in its own way. */
export interface Wanted {
  readonly desk: Desk;
  readonly question: Question;
  readonly start: Instant;
  readonly now: Instant;
  readonly except?: string | undefined;
}

/**
 * Runs `work`; if the slot has gone, the refusal carries the nearest alternatives. They are looked up after the transaction, because
 * nobody else should wait for them.
 */
export async function offeringAlternatives<T>(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  wanted: () => Promise<Wanted>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    const found = await wanted();
    const alternatives: Alternatives = { timeZone: found.desk.hours.timeZone, slots: await nearest(stores, found) };
    throw new DomainError('slot-unavailable', { alternatives });
  }
}

async function nearest(
  stores: Pick<Stores, 'desks' | 'bookings'>,
  { desk, question, start, now, except }: Wanted,
): Promise<Slot[]> {
  const range = { start: Math.max(now, start - BEFORE), end: Math.max(now, start) + AFTER };
  const moment = { desk, range, now, except, advisors: suitableFor(desk, question) };
  const { answer } = await considering(stores, moment, (situation) => offers(situation, question, range));
  return answer
    .sort((a, b) => Math.abs(a.time.start - start) - Math.abs(b.time.start - start))
    .slice(0, MOST)
    .sort((a, b) => a.time.start - b.time.start)
    .map(toSlot);
}
