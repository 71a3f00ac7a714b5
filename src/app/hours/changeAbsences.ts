import { coveringAbsence } from '../../domain/away';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { hull, overlaps } from '../../domain/calendar/interval';
import type { Absence } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeAbsences } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { AbsenceEntry } from '../ports/deskStore';
import type { Stores } from '../ports/storage';
import { type Affected, assertSeen } from './affected';
import { flagBookings } from './flagBookings';
import { keepingVersion } from './keepVersion';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

type AddAbsence = (request: {
  who: Caller;
  deskId: string;
  advisorId: string;
  time: Interval;
  reason: string | null;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<Affected>>;

/**
 * Adds an absence.
 *
 * @throws DomainError `not-found`, `forbidden`; `no-effect` with `beatenBy` if the advisor is absent at that time already
 */
export function addAbsence(deps: Deps): AddAbsence {
  const { storage, now } = deps;
  return async ({ idempotency, ...absence }) => {
    assertMayChangeAbsences(absence.who, absence.deskId, absence.advisorId);
    const scope = { write: storage.write, now: now(), desk: absence.deskId };
    return idempotently(scope, idempotency, (stores) => addAbsenceWithin(stores, deps, { ...absence, now: scope.now }));
  };
}

/** An absence that is about to be entered. */
interface NewAbsence extends Omit<Absence, 'id'> {
  readonly who: Caller;
  readonly deskId: string;
  readonly now: Instant;
}

/** Adds an absence in the transaction of its caller, who has checked the right to. @throws DomainError `no-effect` */
export function addAbsenceWithin(
  stores: Stores,
  deps: Deps,
  { who, deskId, advisorId, time, reason, now }: NewAbsence,
): Promise<Affected> {
  return keepingVersion(stores, deps, { deskId, who, now, what: 'absence_added' }, async () => {
    const absence: Absence = { id: deps.ids.uuid(), advisorId, time, reason };
    await assertEffect(stores, deskId, absence);
    await stores.desks.addAbsence(deskId, absence);
    return { ...(await changed(stores, deps, { deskId, old: null, absence })), id: absence.id, version: 1 };
  });
}

type ReplaceAbsence = (request: {
  who: Caller;
  entry: AbsenceEntry;
  time: Interval;
  reason: string | null;
  ifVersion: number | undefined;
}) => Promise<Affected>;

/** Changes the time or reason of an absence. @throws DomainError `not-found`, `forbidden`, `no-effect`, `version-moved-on` */
export function replaceAbsence(deps: Deps): ReplaceAbsence {
  return ({
    who,
    entry: {
      deskId,
      absence: { id },
    },
    time,
    reason,
    ifVersion,
  }) =>
    deps.storage.write(
      (stores) =>
        keepingVersion(stores, deps, { deskId, who, now: deps.now(), what: 'absence_changed' }, async () => {
          const entry = await stores.desks.findAbsence(id);
          assertMayChange(who, entry);
          assertSeen(entry, ifVersion);
          const absence = { ...entry.absence, time, reason };
          await assertEffect(stores, deskId, absence);
          await stores.desks.replaceAbsence(absence);
          const about = { deskId, old: entry.absence, absence };
          return { ...(await changed(stores, deps, about)), id, version: entry.version + 1 };
        }),
      { desk: deskId },
    );
}

type RemoveAbsence = (request: {
  who: Caller;
  entry: AbsenceEntry;
  ifVersion: number | undefined;
}) => Promise<Affected>;

/** Removes an absence. @throws DomainError `not-found`, `forbidden`, `version-moved-on` */
export function removeAbsence(deps: Deps): RemoveAbsence {
  return ({
    who,
    entry: {
      deskId,
      absence: { id },
    },
    ifVersion,
  }) =>
    deps.storage.write(
      (stores) =>
        keepingVersion(stores, deps, { deskId, who, now: deps.now(), what: 'absence_removed' }, async () => {
          const entry = await stores.desks.findAbsence(id);
          assertMayChange(who, entry);
          assertSeen(entry, ifVersion);
          await stores.desks.removeAbsence(id);
          const about = { deskId, old: entry.absence, absence: null };
          return { ...(await changed(stores, deps, about)), id, version: entry.version };
        }),
      { desk: deskId },
    );
}

function assertMayChange(who: Caller, entry: AbsenceEntry | undefined): void {
  if (entry) assertMayChangeAbsences(who, entry.deskId, entry.absence.advisorId);
}

/** Refuses an absence that lies inside an existing one, because it would change nothing but look as if it did. */
async function assertEffect(stores: Stores, deskId: string, absence: Absence): Promise<void> {
  const beating = coveringAbsence(await stores.desks.enteredAbsences(deskId, absence.time), absence);
  if (!beating) return;
  const reason = 'the advisor is away then already';
  throw new DomainError('no-effect', { reason, beatenBy: beating.id });
}

async function changed(
  stores: Stores,
  { ids, now }: Deps,
  { deskId, old, absence }: { deskId: string; old: Absence | null; absence: Absence | null },
): Promise<Pick<Affected, 'desk' | 'affected'>> {
  const desk = await deskOf(stores, deskId);
  const range = hull([old, absence].flatMap((each) => (each ? [each.time] : [])));
  const outside = await flagBookings(
    stores,
    { ids },
    { before: desk, after: desk, absences: [{ old, absence }], range, now: now() },
  );
  const affected = outside
    .map(({ booking }) => booking)
    .filter(({ advisorId, time }) => absence && advisorId === absence.advisorId && overlaps(time, absence.time));
  return { desk, affected };
}
