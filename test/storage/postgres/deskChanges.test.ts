import { type DeskNews, eventsSince, type Since } from '../../../src/app/live/deskEvents';
import type { Storage } from '../../../src/app/ports/storage';
import { another } from '../../contracts/bookingStore';
import { databases, withDesks } from '../../contracts/databases';
import { anEvent } from '../../support/builders';

const onPostgres = databases().filter(([kind]) => kind === 'PostgreSQL');
const [SLOW, QUICK] = ['expat-desk', 'wuppertal'];

// On SQLite there is one writer at a time, so that ids are committed in their order.
(onPostgres.length > 0 ? describe : describe.skip)('The changes of a desk whose write lasts', () => {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(onPostgres[0]?.[1] as (typeof onPostgres)[number][1]);
  });
  let commit: () => void = () => {};
  afterEach(() => {
    commit();
    return storage.close();
  });

  const told = async (desk: string, since: Since): Promise<DeskNews> => {
    const found = await storage.changes.since(new Map([[desk, typeof since === 'string' ? null : since]]));
    return eventsSince(found.get(desk) as NonNullable<ReturnType<typeof found.get>>, since);
  };
  const kinds = ({ events }: DeskNews) => events.map(({ event }) => event.kind);
  const book = (deskId: string, until?: Promise<void>) => {
    let written: () => void = () => {};
    const isWritten = new Promise<void>((done) => {
      written = done;
    });
    const committed = storage.write(
      async ({ bookings }) => {
        const booking = another({ deskId });
        await bookings.add(booking, `hash of ${booking.id}`);
        await bookings.record(anEvent({ bookingId: booking.id }), 0);
        written();
        await until;
      },
      { desk: deskId },
    );
    return { isWritten, committed };
  };

  it('are told when they are committed, although another desk has committed later events before', async () => {
    const [start, startOfQuick] = [(await told(SLOW, 'now')).position, (await told(QUICK, 'now')).position];
    const slow = book(
      SLOW,
      new Promise<void>((done) => {
        commit = done;
      }),
    );
    await slow.isWritten;
    await book(QUICK).committed;
    expect(kinds(await told(QUICK, startOfQuick))).toEqual(['booking']);
    const waiting = await told(SLOW, start);
    expect(waiting.events).toEqual([]);
    const newcomer = await told(SLOW, 'now');

    commit();
    await slow.committed;
    expect(kinds(await told(SLOW, waiting.position))).toEqual(['booking']);
    // Whoever came meanwhile may think that the event was before; the diary says that something has changed.
    expect(kinds(await told(SLOW, newcomer.position))).toEqual(['held']);
  });
});
