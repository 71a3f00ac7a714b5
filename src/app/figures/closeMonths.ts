import type { Booking } from '../../domain/booking/booking';
import { type ConsultationFact, consultationFact, personsOf } from '../../domain/booking/consultationFact';
import { type Interval, intersect, MINUTE, union } from '../../domain/calendar/interval';
import { bookableWindows, kindsOf } from '../../domain/calendar/windowKinds';
import { dayInterval, eachDay, localDate } from '../../domain/calendar/zone';
import { type Absence, type Advisor, type Desk, isCall, MODES } from '../../domain/desk';
import { addMonths, eachMonth, lastMonthOver, type Month, monthInterval, monthOf } from '../../domain/figures/months';
import { type FactCount, monthTables, outcomeOf } from '../../domain/figures/monthTables';
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
        await closeMonth({ storage, now, turn }, desk, month);
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

/**
 * Reads the month day by day, and lets requests be answered between two days. If a booking came or went meanwhile, which
 * a purge at that moment could do, nothing is stored, and the next run begins anew.
 */
async function closeMonth({ storage, now, turn }: Deps, desk: Desk, month: Month): Promise<void> {
  const range = monthInterval(month, desk.hours.timeZone);
  const own = await factsOf({ storage, turn }, desk, month);
  const facts = [...(await storage.figures.facts({ deskId: desk.id, from: month, to: month })), ...own.map(asCount)];
  await turn();
  const tables = monthTables(facts);
  const use = usedTime(offeredMinutes(desk, await storage.desks.absences(desk.id, range), range), usingOf(desk, facts));
  await turn();
  await storage.write(
    async ({ figures }) => {
      // Another process may have closed it meanwhile.
      if (month <= ((await figures.lastClosed(desk.id)) ?? '')) return;
      if ((await figures.countStarts(desk.id, range)) !== own.length) return;
      await figures.addFacts(own);
      await figures.close({ deskId: desk.id, month, closedAt: now(), tables, use });
    },
    { desk: desk.id },
  );
}

async function factsOf(
  { storage, turn }: Pick<Deps, 'storage' | 'turn'>,
  desk: Desk,
  month: Month,
): Promise<ConsultationFact[]> {
  const zone = desk.hours.timeZone;
  const cancellations = await storage.figures.cancellations(desk.id, monthInterval(month, zone));
  const reminders = await storage.figures.reminders(desk.id, monthInterval(month, zone));
  const facts = new Map<string, ConsultationFact>();
  const held: Pick<Booking, 'id' | 'client' | 'attendees' | 'time'>[] = [];
  for (const date of eachDay(`${month}-01`, `${addMonths(month, 1)}-01`)) {
    const day = dayInterval(date, zone);
    for (const booking of await storage.bookings.within(desk.id, day)) {
      if (booking.time.start < day.start) continue;
      const fact = consultationFact(booking, {
        timeZone: zone,
        cancellation: cancellations.get(booking.id),
        reminders: reminders.get(booking.id),
      });
      facts.set(booking.id, fact);
      const { id, client, attendees, time } = booking;
      if (outcomeOf(fact) === 'held') held.push({ id, client, attendees, time });
    }
    await turn();
  }
  const persons = personsOf(held);
  return [...facts].map(([id, fact]) => ({ ...fact, persons: persons.get(id) ?? fact.persons }));
}

const asCount = (fact: ConsultationFact): FactCount => ({ ...fact, count: 1 });

/**
 * Returns how long all advisors together were there to give consultations by appointment: in the hours for those, and who
 * gives some by phone also in the hours by phone.
 */
function offeredMinutes(desk: Desk, absences: readonly Absence[], range: Interval): number {
  const shiftsIn = (isByPhone: boolean) => {
    const open = intersect(union(bookableWindows(desk.hours, isByPhone, range)), [range]);
    return shiftsOf(desk, absences, { open, reach: range });
  };
  const [byPhone, others] = [shiftsIn(true), shiftsIn(false)];
  const phones = desk.topics.filter(({ modes }) => modes.some(isCall)).map(({ id }) => id);
  const isPhoning = ({ modes = MODES, topics }: Advisor) =>
    modes.some(isCall) && topics.some((id) => phones.includes(id));
  const offered = desk.advisors.flatMap((advisor) => [...(isPhoning(advisor) ? byPhone : others)(advisor.id)]);
  return offered.reduce((sum, { start, end }) => sum + (end - start) / MINUTE, 0);
}

/**
 * Returns what used the hours by appointment: at a desk with hours for those who come without one, these have their own.
 */
function usingOf({ hours }: Desk, facts: readonly FactCount[]): FactCount[] {
  const isApart = kindsOf(hours).includes('walk_in');
  return facts.filter(({ source }) => !isApart || source !== 'walk_in');
}
