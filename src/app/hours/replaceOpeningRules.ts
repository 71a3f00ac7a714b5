import type { HoursRule } from '../../domain/calendar/hours';
import { assertHoursRule } from '../../domain/calendar/openingHours';
import { assertApart } from '../../domain/calendar/overlappingRules';
import { localDate } from '../../domain/calendar/zone';
import { DomainError } from '../../domain/errors';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { flagBookings } from './flagBookings';
import { keepingVersion } from './keepVersion';

/** The rules as they are now, and the number of the version of the hours that holds. */
interface Replaced {
  readonly rules: readonly HoursRule[];
  readonly number: number;
}

type ReplaceOpeningRules = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly rules: readonly HoursRule[];
  /** What is noted about it; null: nothing. */
  readonly why?: string | null | undefined;
  /** The number of the version of the hours that the caller has seen; undefined allows any. */
  readonly ifVersion?: number | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<Replaced>>;

/**
 * Replaces all opening rules of a desk.
 *
 * @throws DomainError `not-found`, `forbidden`, `invalid-rule` (also for rules that overlap), `invalid-time`,
 *   `version-moved-on`
 */
export function replaceOpeningRules(deps: Pick<AppDeps, 'storage' | 'now' | 'ids'>): ReplaceOpeningRules {
  const { storage, now } = deps;
  return async ({ who, deskId, rules, why, ifVersion, idempotency }) => {
    assertMayChangeHours(who, deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      await keepingVersion(stores, deps, { deskId, who, now: at, what: 'rules', why }, async () => {
        const before = await deskOf(stores, deskId);
        const version = (await stores.hoursVersions.latest(deskId))?.number ?? 0;
        if (ifVersion !== undefined && ifVersion !== version) throw new DomainError('version-moved-on');
        for (const rule of rules) assertHoursRule(rule);
        assertApart(rules, localDate(at, before.hours.timeZone));
        await stores.desks.replaceOpeningRules(deskId, rules);
        const desk = await deskOf(stores, deskId);
        const range = { start: at, end: Number.MAX_SAFE_INTEGER };
        await flagBookings(stores, deps, { before, after: desk, range, now: at });
      });
      return { rules, number: (await stores.hoursVersions.latest(deskId))?.number ?? 0 };
    });
  };
}
