import type { Booking } from '../../domain/booking/booking';
import { clientKey } from '../../domain/booking/reachable';
import { byNeed, type Case } from '../../domain/cases/case';
import { casesFound } from '../../domain/cases/findCases';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayKeepCases, assertMayReadCase, mayReadCase } from '../../domain/staff/caseRights';
import { assertSeesDesk } from '../../domain/staff/rights';
import type { TrailDeed, TrailEntry } from '../../domain/staff/trail';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

/** A case, and how its desk is. */
export interface CaseAtDesk {
  readonly desk: Desk;
  readonly found: Case;
}

/** One case, and who wants something of it. */
export interface AboutCase {
  readonly who: Caller;
  readonly deskId: string;
  readonly id: string;
}

/** Returns a desk that works by case. @throws DomainError `not-found`, also for one that does not */
export async function deskByCase(stores: Pick<Stores, 'desks'>, who: Caller, deskId: string): Promise<Desk> {
  assertSeesDesk(who, deskId);
  const desk = await deskOf(stores, deskId);
  if (!desk.cases) throw new DomainError('not-found');
  return desk;
}

/** Returns a case that the caller may read. @throws DomainError `not-found`, `forbidden` */
export async function caseOf(
  stores: Pick<Stores, 'desks' | 'cases'>,
  { who, deskId, id }: AboutCase,
): Promise<CaseAtDesk> {
  const desk = await deskByCase(stores, who, deskId);
  assertMayKeepCases(who, desk.id);
  const found = await stores.cases.find(id);
  if (found?.deskId !== desk.id) throw new DomainError('not-found');
  assertMayReadCase(who, found);
  return { desk, found };
}

/** Returns a line of the trail about a case. */
export function trailLine(
  { now, ids }: Pick<AppDeps, 'now' | 'ids'>,
  who: Caller,
  { id, deskId }: Pick<Case, 'id' | 'deskId'>,
  deed: TrailDeed,
): TrailEntry & { readonly id: string } {
  return { id: ids.uuid(), deskId, at: now(), by: who.kind === 'staff' ? who.name : who.kind, deed, about: id };
}

/**
 * Reads a case, and notes that in the trail before anything of it is answered.
 *
 * @param how `deed` says for what it is read, where that is not only to look at it
 * @throws DomainError `not-found`, `forbidden`
 */
export function readCase(
  deps: Deps,
): (about: AboutCase, how?: { readonly deed?: 'case_read' | 'case_printed' | 'case_exported' }) => Promise<CaseAtDesk> {
  return async (about, { deed = 'case_read' } = {}) => {
    const read = await caseOf(deps.storage, about);
    await deps.storage.atomically(({ trail }) => trail.add([trailLine(deps, about.who, read.found, deed)]));
    return read;
  };
}

type ReadCases = (asked: {
  readonly who: Caller;
  readonly deskId: string;
  /** A name, or part of it. */
  readonly text?: string | undefined;
  readonly state?: Case['state'] | undefined;
}) => Promise<{ readonly desk: Desk; readonly cases: readonly Case[] }>;

/**
 * Returns the cases that the caller may read: open ones first, by what is due next. Each of them is noted in the trail.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function readCases(deps: Deps): ReadCases {
  return async ({ who, deskId, text, state }) => {
    const desk = await deskByCase(deps.storage, who, deskId);
    assertMayKeepCases(who, desk.id);
    const own = who.kind === 'staff' && who.advisorId ? await deps.storage.cases.ofAdvisor(desk.id, who.advisorId) : [];
    const asked = own.filter((each) => state === undefined || each.state === state);
    const cases = (text ? casesFound(asked, text) : asked).sort(byNeed);
    await deps.storage.atomically(({ trail }) =>
      trail.add(cases.map((each) => trailLine(deps, who, each, 'case_listed'))),
    );
    return { desk, cases };
  };
}

/** What somebody may know of the case of a booking: its id if they may read it, else only that there is one. */
export type CaseHint = { readonly id: string | null } | null;

/** Tells whether a booking belongs to a case; only that, to whom the case is none of theirs. */
export async function caseHint(
  { cases }: Pick<Stores, 'cases'>,
  who: Caller,
  { id }: Pick<Booking, 'id'>,
): Promise<CaseHint> {
  const found = await cases.ofBooking(id);
  return found ? { id: mayReadCase(who, found) ? found.id : null } : null;
}

/** So many bookings of the same address are looked at. */
const MAX_PROPOSED = 50;

/** Returns the bookings of the case's client that belong to no case yet: each is proposed for the chain. */
export async function proposedBookings(
  { bookings, cases }: Pick<Stores, 'bookings' | 'cases'>,
  { deskId, client }: Pick<Case, 'deskId' | 'client'>,
): Promise<Booking[]> {
  const key = clientKey({ ...client, language: '' });
  const text = client.email ?? client.phone;
  if (key === null || text === null) return [];
  const page = await bookings.search({ deskId, text, limit: MAX_PROPOSED });
  const same = page.bookings.filter((each) => each.status !== 'cancelled' && clientKey(each.client) === key);
  const free: Booking[] = [];
  for (const booking of same) if (!(await cases.ofBooking(booking.id))) free.push(booking);
  return free;
}
