import { hull } from '../../domain/calendar/interval';
import type { Absence, Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { broughtBack, type HoursVersion } from '../../domain/hoursVersion';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { type ChangedAbsence, flagBookings } from './flagBookings';
import { keepingVersion } from './keepVersion';

type RestoreHours = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly versionId: string;
  /** The number of the version that the caller has seen as the newest; undefined allows any. */
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<HoursVersion>>;

/**
 * Brings an earlier version of a desk's hours back, see `broughtBack`, and returns the version that holds then. The
 * inverse is to bring back the version that held before. `previewHours` tells before what it would change.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `no-effect` if the hours are so already
 */
export function restoreHours(deps: Pick<AppDeps, 'storage' | 'now' | 'ids'>): RestoreHours {
  const { storage, now } = deps;
  return async ({ who, deskId, versionId, ifVersion, idempotency }) => {
    assertMayChangeHours(who, deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const [version, latest] = [await stores.hoursVersions.find(versionId), await stores.hoursVersions.latest(deskId)];
      if (version?.deskId !== deskId) throw new DomainError('not-found');
      if (ifVersion !== undefined && ifVersion !== latest?.number) throw new DomainError('version-moved-on');
      const why = String(version.number);
      await keepingVersion(stores, deps, { deskId, who, now: at, what: 'restored', why }, () =>
        bringBack(stores, deps, version, at),
      );
      const holding = await stores.hoursVersions.latest(deskId);
      if (!holding || holding.number === latest?.number)
        throw new DomainError('no-effect', { reason: 'the hours are so already', beatenBy: null });
      return holding;
    });
  };
}

async function bringBack(
  stores: Stores,
  deps: Pick<AppDeps, 'ids'>,
  { deskId, state }: HoursVersion,
  now: number,
): Promise<void> {
  const ahead = { start: now, end: Number.MAX_SAFE_INTEGER };
  const [before, present] = [await deskOf(stores, deskId), await stores.desks.enteredAbsences(deskId, ahead)];
  const { desk, absences } = broughtBack(before, { present, version: state, now });
  await stores.desks.replaceOpeningRules(deskId, desk.hours.rules);
  await stores.desks.replaceExceptions(deskId, desk.hours.exceptions);
  const changed = changesBetween(present, absences);
  for (const { old, absence } of changed) await change(stores, desk, { old, absence });
  const after = await deskOf(stores, deskId);
  const range = hull([ahead, ...present.map(({ time }) => time)]);
  await flagBookings(stores, deps, { before, after, absences: changed, range, now });
}

function changesBetween(present: readonly Absence[], then: readonly Absence[]): ChangedAbsence[] {
  const ids = [...new Set([...present, ...then].map(({ id }) => id))];
  const find = (all: readonly Absence[], id: string) => all.find((each) => each.id === id) ?? null;
  return ids
    .map((id) => ({ old: find(present, id), absence: find(then, id) }))
    .filter(({ old, absence }) => JSON.stringify(old?.time) !== JSON.stringify(absence?.time));
}

async function change({ desks }: Stores, desk: Desk, { old, absence }: ChangedAbsence): Promise<void> {
  if (old && absence) await desks.replaceAbsence(absence);
  else if (absence) await desks.addAbsence(desk.id, absence);
  else if (old) await desks.removeAbsence(old.id);
}
