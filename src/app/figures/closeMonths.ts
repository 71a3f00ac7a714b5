import type { Booking } from '../../domain/booking/booking';
import { type ConsultationFact, consultationFact, personsOf } from '../../domain/booking/consultationFact';
import { type Interval, intersect, MINUTE } from '../../domain/calendar/interval';
import { openingWindows } from '../../domain/calendar/openingHours';
import { localDate } from '../../domain/calendar/zone';
import type { Absence, Desk } from '../../domain/desk';
import { addMonths, eachMonth, lastMonthOver, type Month, monthInterval, monthOf } from '../../domain/figures/months';
import { monthTables, outcomeOf } from '../../domain/figures/monthTables';
import { usedTime } from '../../domain/figures/usedTime';
import { shiftsOf } from '../../domain/slots/shifts';
import type { AppDeps } from '../deps';
import type { Stores } from '../ports/storage';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'turn'>;

/**
 * Closes each month of each desk that is over and not closed yet: its bookings are counted, what may be told of them is
 * decided, and both are stored for ever. Whatever is purged, erased or recorded later changes nothing of it, so that two
 * readings of the same month never differ by a person. A month whose bookings were purged before is counted by the
 * facts that they left.
 */
export function closeMonths({ storage, now, turn }: Deps): (signal: AbortSignal) => Promise<void> {
  return async (signal) => {
    for (const desk of await storage.desks.list()) {
      const last = lastMonthOver(now(), desk.hours.timeZone);
      for (const month of eachMonth(await firstOpen(storage, desk, last), last)) {
        if (signal.aborted) return;
        await storage.write((stores) => closeMonth(stores, desk.id, { month, closedAt: now() }), { desk: desk.id });
        await turn();
      }
    }
  };
}

/** Returns the first month that is not closed; one after the last, if there is nothing to close. */
async function firstOpen({ figures }: Pick<Stores, 'figures'>, { id, hours }: Desk, last: Month): Promise<Month> {
  const closed = await figures.lastClosed(id);
  if (closed !== null) return addMonths(closed, 1);
  const start = await figures.firstStart(id);
  const first = start === null ? null : monthOf(localDate(start, hours.timeZone));
  return [first, await figures.firstFact(id)].flatMap((month) => month ?? []).sort()[0] ?? addMonths(last, 1);
}

async function closeMonth(
  stores: Pick<Stores, 'figures' | 'bookings' | 'desks'>,
  deskId: string,
  { month, closedAt }: { readonly month: Month; readonly closedAt: number },
): Promise<void> {
  const { figures, bookings, desks } = stores;
  const desk = await desks.find(deskId);
  // Another process may have closed it meanwhile.
  if (!desk || month <= ((await figures.lastClosed(deskId)) ?? '')) return;
  const range = monthInterval(month, desk.hours.timeZone);
  const there = (await bookings.within(deskId, range)).filter(({ time }) => time.start >= range.start);
  await figures.addFacts(await factsOf(stores, there, { desk, range }));
  const facts = await figures.facts({ deskId, from: month, to: month });
  const offered = offeredMinutes(desk, await desks.absences(deskId, range), range);
  await figures.close({ deskId, month, closedAt, tables: monthTables(facts), use: usedTime(offered, facts) });
}

async function factsOf(
  { figures }: Pick<Stores, 'figures'>,
  bookings: readonly Booking[],
  { desk, range }: { readonly desk: Desk; readonly range: Interval },
): Promise<ConsultationFact[]> {
  const cancellations = await figures.cancellations(desk.id, range);
  const facts = bookings.map((booking) => ({
    booking,
    fact: consultationFact(booking, {
      timeZone: desk.hours.timeZone,
      cancellation: cancellations.get(booking.id),
    }),
  }));
  const persons = personsOf(facts.filter(({ fact }) => outcomeOf(fact) === 'held').map(({ booking }) => booking));
  return facts.map(({ booking, fact }) => ({ ...fact, persons: persons.get(booking.id) ?? fact.persons }));
}

/** Returns how long all advisors together were there to give advice. */
function offeredMinutes(desk: Desk, absences: readonly Absence[], range: Interval): number {
  const open = intersect(openingWindows(desk.hours, range), [range]);
  const shifts = shiftsOf(desk, absences, { open, reach: range });
  const offered = desk.advisors.flatMap(({ id }) => [...shifts(id)]);
  return offered.reduce((sum, { start, end }) => sum + (end - start) / MINUTE, 0);
}
