import type { Desk } from '../../../src/domain/desk';
import { limitsOf } from '../../../src/domain/limits';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { openUrl } from '../../support/databases';

export const DESK = 'fault-desk';

/** Open every day from six to ten in the evening, no holidays, with as many advisors: the program's clock is the real one. */
export function faultDesk(advisors: number): Desk {
  return aDesk({
    id: DESK,
    leadTimeMinutes: 0,
    // Thousands book, and all from this machine.
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
