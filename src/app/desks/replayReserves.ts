import { addDays } from '../../domain/calendar/dates';
import { localDate, startOfDay } from '../../domain/calendar/zone';
import type { Desk, Reserve } from '../../domain/desk';
import { withRooms } from '../../domain/deskParts';
import { type ReserveUse, reserveUse } from '../../domain/slots/reserveUse';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeDeskData } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from './deskOf';

/** Four weeks: what is older may be erased, and each weekday is there as often. */
export const REPLAYED_DAYS = 28;

type ReplayReserves = (request: {
  readonly who: Caller;
  readonly deskId: string;
  readonly reserves: readonly Reserve[];
}) => Promise<{ readonly desk: Desk; readonly uses: readonly ReserveUse[] }>;

/**
 * Tells what reserves would have done in the four weeks before today, and changes nothing.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` for a reserve of what no advisor can take
 */
export function replayReserves({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): ReplayReserves {
  return async ({ who, deskId, reserves }) => {
    assertMayChangeDeskData(who, deskId);
    const desk = await deskOf(storage, deskId);
    withRooms(desk, { reserves, capacities: desk.capacities });
    const { hours } = desk;
    const to = localDate(now(), hours.timeZone);
    const from = addDays(to, -REPLAYED_DAYS);
    const range = { start: startOfDay(from, hours.timeZone), end: startOfDay(to, hours.timeZone) };
    const bookings = await storage.bookings.within(deskId, range);
    return { desk, uses: reserveUse(hours, reserves, bookings, { from, to }) };
  };
}
