import { sha256 } from '../../src/identity/manageTokens';
import { anEvent } from '../support/builders';
import { openUrl } from '../support/databases';
import type { StandardDesk } from './standardDesk';

/** Writes the desk and its bookings into a database, which may be new, as an import would. */
export async function fill(
  databaseUrl: string,
  { desk, bookings }: Pick<StandardDesk, 'desk' | 'bookings'>,
): Promise<void> {
  const { storage } = await openUrl(databaseUrl, { now: Date.now() });
  const imported = bookings.map((booking) => ({
    booking,
    tokenHash: sha256(`${desk.id} ${booking.id}`),
    importKey: booking.reference,
    event: anEvent({ bookingId: booking.id, at: booking.createdAt, by: { kind: 'system' } }),
  }));
  await storage.write(
    async (stores) => {
      await stores.desks.add(desk);
      await stores.bookings.addImported(desk.id, imported);
    },
    { desk: desk.id },
  );
  await storage.close();
}
