import type { Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import type { Caller } from '../../domain/staff/caller';
import { mayServeWaiting } from '../../domain/staff/rights';
import type { WaitingEntry } from '../../domain/waiting/entry';
import { type WaitingTask, waitingTask } from '../../domain/waiting/task';
import type { Stores } from '../ports/storage';

/** A task about somebody who waits. */
export interface OpenWaitingTask extends WaitingTask {
  readonly entry: WaitingEntry;
}

/** Returns the tasks about those who wait at the desk, in no order; none for whoever does not serve the waiting list. */
export async function waitingTasks(
  { waiting }: Pick<Stores, 'waiting'>,
  desk: Desk,
  { who, now }: { readonly who: Caller; readonly now: Instant },
): Promise<OpenWaitingTask[]> {
  if (!mayServeWaiting(who, desk.id)) return [];
  const entries = await waiting.open(desk.id);
  return entries.flatMap((entry) => {
    const task = waitingTask(entry, { zone: desk.hours.timeZone, now });
    return task ? [{ ...task, entry }] : [];
  });
}
