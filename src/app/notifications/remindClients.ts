import { dayInterval, localDate } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import { daysToRemindOf, isRemindedOf, reminderDueFor } from '../../domain/notifications/reminders';
import type { AppDeps } from '../deps';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'mailFacts'>;
type Due = NonNullable<ReturnType<typeof reminderDueFor>>;

/** @param signal when it is aborted, the present booking is the last */
type RemindClients = (signal: AbortSignal) => Promise<void>;

/**
 * Queues the reminders that are due, each once for a booking at its present start. What is due follows from the desk's
 * reminders, the booking and the clock alone, and what was queued is noted in the same transaction; so a run that is
 * killed, two processes, or a clock that is set back lose no reminder and send none twice. Mails that are of no use any
 * more, because no server was there until the consultation began, are withdrawn.
 */
export function remindClients(deps: Deps): RemindClients {
  const { storage, now } = deps;
  return async (signal) => {
    await storage.atomically(({ outbox }) => outbox.withdrawUseless(now()));
    for (const desk of await storage.desks.list()) {
      const { timeZone } = desk.hours;
      for (const date of daysToRemindOf(desk.reminders, localDate(now(), timeZone))) {
        const due = reminderDueFor(date, { reminders: desk.reminders, timeZone, now: now() });
        if (!due) continue;
        const asked = { range: dayInterval(date, timeZone), madeBefore: due.time, daysBefore: due.daysBefore };
        for (const bookingId of await storage.reminders.missing(desk.id, asked)) {
          if (signal.aborted) return;
          await remind(deps, { desk, bookingId, due });
        }
      }
    }
  };
}

async function remind(
  { storage, now, mailFacts }: Deps,
  { desk, bookingId, due }: { readonly desk: Desk; readonly bookingId: string; readonly due: Due },
): Promise<void> {
  const at = now();
  const asked = { time: due.time, now: at };
  // Whoever moved the booking since is looked at again each minute, so nothing is locked for them.
  const [read, told] = [await storage.bookings.find(bookingId), await storage.bookings.history(bookingId)];
  if (!read || !isRemindedOf(read, told, asked)) return;
  await storage.write(
    async ({ bookings, reminders, outbox }) => {
      const booking = await bookings.find(bookingId);
      if (!booking || !isRemindedOf(booking, await bookings.history(bookingId), asked)) return;
      const { start } = booking.time;
      if (!(await reminders.note({ bookingId, start, daysBefore: due.daysBefore, at }))) return;
      const event = { type: 'reminder', daysBefore: due.daysBefore } as const;
      for (const facts of mailFacts({ desk, booking, before: null, event, calendar: false, now: at }))
        await outbox.queue({
          ...{ deskId: desk.id, bookingId, sequence: booking.sequence, facts, now: at },
          usefulUntil: start,
        });
    },
    { desk: desk.id },
  );
}
