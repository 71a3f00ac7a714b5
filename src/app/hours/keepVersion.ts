import type { Instant } from '../../domain/calendar/interval';
import { firstChange, type HoursDeed, type HoursState, hoursState, isSameState } from '../../domain/hoursVersion';
import { actorOf, type Caller, SYSTEM } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';

/** What is done to a desk's hours, by whom, and why. */
interface Deed {
  readonly deskId: string;
  readonly who: Caller;
  readonly now: Instant;
  readonly what: HoursDeed;
  readonly why?: string | null | undefined;
}

/**
 * Does `work`, which changes when a desk is open or who is there, and keeps the hours that result as a version. Every
 * change of rules, exceptions or absences goes through here, in its own transaction. Work that leaves the hours as they
 * were makes no version; before the first one, the hours as they were become a version, too.
 */
export async function keepingVersion<T>(
  stores: Stores,
  { ids }: Pick<AppDeps, 'ids'>,
  { deskId, who, now, what, why = null }: Deed,
  work: () => Promise<T>,
): Promise<T> {
  const before = await stateNow(stores, deskId, now);
  const last = await stores.hoursVersions.latest(deskId);
  const result = await work();
  const after = await stateNow(stores, deskId, now);
  if (isSameState(before, after)) return result;
  const kept = { deskId, at: now };
  const number = last?.number ?? 1;
  if (!last) {
    const first = { what: 'first', why: null, validFrom: null, by: actorOf(SYSTEM) } as const;
    await stores.hoursVersions.add({ ...kept, ...first, id: ids.uuid(), number, state: before });
  }
  const { hours } = await deskOf(stores, deskId);
  const validFrom = firstChange(hours, { before, after, now });
  const version = { what, why, validFrom, by: actorOf(who), number: number + 1, state: after };
  await stores.hoursVersions.add({ ...kept, ...version, id: ids.uuid() });
  return result;
}

async function stateNow(stores: Stores, deskId: string, now: Instant): Promise<HoursState> {
  const absences = await stores.desks.enteredAbsences(deskId, { start: now, end: Number.MAX_SAFE_INTEGER });
  return hoursState(await deskOf(stores, deskId), absences, now);
}
