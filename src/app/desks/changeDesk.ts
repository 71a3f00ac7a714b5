import type { Booking } from '../../domain/booking/booking';
import { hull, type Instant } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { type Difference, deskDifferences } from '../../domain/deskDifference';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeDeskData } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { losingTheirPlace } from '../hours/affected';
import { type ChangedAbsence, flagBookings } from '../hours/flagBookings';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { proposed } from '../plans/proposePlan';
import type { PartEntry } from '../ports/deskStore';
import type { Stores } from '../ports/storage';
import { deskOf } from './deskOf';

export type ChangeDeps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

/** Who changes a part of which desk. A dry run tells what it would do, and changes nothing. */
export interface ChangeRequest {
  readonly who: Caller;
  readonly deskId: string;
  readonly dryRun?: boolean | undefined;
}

/** The version that the caller has seen; null: there was none; undefined: any. */
export type Seen = number | null | undefined;

/**
 * What a change of the desk's own data does, or would do. It cancels no booking: those that lose their place stay, and
 * reception gets a task for each.
 */
export interface DeskChange {
  readonly id: string;
  readonly outcome: 'entered' | 'changed' | 'retired' | 'deleted';
  /** The version after the change, of a dry run the one that there is; null: there is none. */
  readonly version: number | null;
  readonly desk: Desk;
  readonly differences: readonly Difference[];
  /** The bookings ahead that lose their place. */
  readonly affected: readonly Booking[];
  /** How many of these have no mail address, and have to be called. */
  readonly unreachable: number;
  /** The plan by which an advisor who leaves hands over, proposed and not carried out; null: there is nothing to hand over. */
  readonly planId: string | null;
  /** The same for each who leaves, where several do at once. */
  readonly handOvers: readonly HandOver[];
}

/** Who leaves, and the plan that is proposed for their bookings. */
interface HandOver {
  readonly advisorId: string;
  readonly planId: string;
}

/** A change that is decided and not made yet. */
interface Decided extends Pick<DeskChange, 'id' | 'outcome' | 'version'> {
  readonly after: Desk;
  /** Writes it, and returns the new version. */
  readonly save: () => Promise<number | null>;
  /** The advisors whose bookings are handed over if they lose their place. */
  readonly leaverIds?: readonly string[] | undefined;
  /** The absences that it changes, and how it is told of them: they are no part of the desk. */
  readonly absences?: readonly ChangedAbsence[] | undefined;
  readonly differences?: readonly Difference[] | undefined;
}

type Decide = (stores: Stores, before: Desk) => Promise<Decided>;

/** Loads the desk, decides, and saves, in one transaction. @throws DomainError `not-found`, `forbidden` */
export async function changeDesk(deps: ChangeDeps, request: ChangeRequest, decide: Decide): Promise<DeskChange> {
  const work = changing(deps, request, decide);
  return request.dryRun ? work(deps.storage) : deps.storage.write(work, { desk: request.deskId });
}

/**
 * Does the same once for each key.
 *
 * @throws DomainError `not-found`, `forbidden`, `idempotency-key-reused`
 */
export async function changeDeskOnce(
  deps: ChangeDeps,
  request: ChangeRequest & { readonly idempotency: IdempotencyKey | undefined },
  decide: Decide,
): Promise<IdempotentAnswer<DeskChange>> {
  const work = changing(deps, request, decide);
  if (request.dryRun) return { value: await work(deps.storage), replayed: false };
  const { storage, now } = deps;
  return idempotently({ write: storage.write, now: now(), desk: request.deskId }, request.idempotency, work);
}

function changing(
  { now, ids }: ChangeDeps,
  { who, deskId, dryRun = false }: ChangeRequest,
  decide: Decide,
): (stores: Stores) => Promise<DeskChange> {
  assertMayChangeDeskData(who, deskId);
  return async (stores) => {
    const at = now();
    const before = await deskOf(stores, deskId);
    const { after, save, leaverIds = [], absences = [], differences = [], ...decided } = await decide(stores, before);
    const told = { ...decided, differences: [...deskDifferences(before, after), ...differences] };
    if (dryRun) {
      const affected = await losingTheirPlace(stores, { before, after, absences, now: at });
      return { ...told, desk: after, affected, unreachable: unreachableOf(affected), planId: null, handOvers: [] };
    }
    const version = await save();
    const desk = await deskOf(stores, deskId);
    const range = { start: at, end: Number.MAX_SAFE_INTEGER };
    const outside = await flagBookings(stores, { ids }, { before, after: desk, absences, range, now: at });
    const affected = outside.filter(({ isNew }) => isNew).map(({ booking }) => booking);
    const handOvers: HandOver[] = [];
    for (const advisorId of leaverIds) {
      const own = affected.filter((booking) => booking.advisorId === advisorId);
      if (own.length === 0) continue;
      const planId = await handOver(stores, desk, advisorId, own, { id: ids.uuid(), now: at });
      handOvers.push({ advisorId, planId });
    }
    const planId = handOvers[0]?.planId ?? null;
    return { ...told, version, desk, affected, unreachable: unreachableOf(affected), planId, handOvers };
  };
}

function unreachableOf(affected: readonly Booking[]): number {
  return affected.filter(({ client }) => client.email === null).length;
}

/** Proposes who takes the bookings of an advisor who leaves, as if they were away from the first of them on. */
async function handOver(
  stores: Stores,
  desk: Desk,
  advisorId: string,
  bookings: readonly Booking[],
  made: { id: string; now: Instant },
): Promise<string> {
  const time = hull(bookings.map((booking) => booking.time));
  const absence = { advisorIds: [advisorId], time, kind: 'other' as const, reason: null, notice: {}, hours: null };
  return (await proposed(stores, desk, absence, made)).id;
}

/** @throws DomainError `version-moved-on` if the entry is not the one that the caller has seen */
export function assertAsSeen(entry: PartEntry<unknown> | undefined, seen: Seen): void {
  const isSeen = seen === null ? entry === undefined : entry !== undefined && (seen ?? entry.version) === entry.version;
  if (!isSeen) throw new DomainError('version-moved-on');
}

/** @throws DomainError `not-found` if there is no such entry, `version-moved-on` if the caller has seen another one */
export function entryAsSeen<T extends { readonly id: string }>(
  entries: readonly PartEntry<T>[],
  id: string,
  seen: Seen,
): PartEntry<T> {
  const entry = entries.find(({ part }) => part.id === id);
  if (!entry) throw new DomainError('not-found');
  assertAsSeen(entry, seen);
  return entry;
}
