import type { HoursRule } from '../../domain/calendar/hours';
import { assertHoursRule } from '../../domain/calendar/openingHours';
import type { Desk } from '../../domain/desk';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeHours } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { flagBookings } from './flagBookings';

type ReplaceOpeningRules = (request: { who: Caller; deskId: string; rules: readonly HoursRule[] }) => Promise<Desk>;

/** Replaces all opening rules of a desk. @throws DomainError `not-found`, `forbidden`, `invalid-rule`, `invalid-time` */
export function replaceOpeningRules({
  storage,
  now,
  ids,
}: Pick<AppDeps, 'storage' | 'now' | 'ids'>): ReplaceOpeningRules {
  return async ({ who, deskId, rules }) => {
    assertMayChangeHours(who, deskId);
    return storage.write(
      async (stores) => {
        const before = await deskOf(stores, deskId);
        for (const rule of rules) assertHoursRule(rule);
        await stores.desks.replaceOpeningRules(deskId, rules);
        const desk = await deskOf(stores, deskId);
        const range = { start: now(), end: Number.MAX_SAFE_INTEGER };
        await flagBookings(stores, { ids }, { before, after: desk, range, now: now() });
        return desk;
      },
      { desk: deskId },
    );
  };
}
