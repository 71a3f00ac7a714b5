import type { Desk } from '../../../src/domain/desk';
import { limitsOf } from '../../../src/domain/limits';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { openUrl } from '../../support/databases';

export const DESK = 'fault-desk';

/**
 * Returns the desk of the fault suite, with so many advisors. It is open every day from 06:00 to 22:00, without
 * holidays, because the program runs by the real clock.
 */
export function faultDesk(advisors: number): Desk {
  return aDesk({
    id: DESK,
    leadTimeMinutes: 0,
    // Thousands of bookings come from this machine's one address, so the limits are high.
    limits: limitsOf({
      bookingsPerHour: { '/48': 100_000 },
      mailsPerAddress: { hour: 1_000, day: 1_000 },
      movesPerBookingPerDay: 1_000,
    }),
    hours: {
      timeZone: 'Europe/Berlin',
      holidays: null,
      rules: [{ rrule: 'FREQ=DAILY', start: '06:00', end: '22:00' }],
      exceptions: [],
    },
    topics: [aTopic(), aTopic({ id: 'career', durationMinutes: 60 })],
    advisors: Array.from({ length: advisors }, (_, i) =>
      anAdvisor({ id: `a${i + 1}`, name: `Advisor ${i + 1}`, email: `a${i + 1}@expat-desk.example` }),
    ),
  });
}

/** Puts the desk into a database that may be new. */
export async function seedFaultDesk(databaseUrl: string, advisors = 20): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  await storage.write(({ desks }) => desks.add(faultDesk(advisors)));
  await storage.close();
}
