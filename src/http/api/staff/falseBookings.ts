import { HOUR } from '../../../domain/calendar/interval';
import { assertMayCancelFalseBookings } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { staffBookingJson } from '../present';
import * as schema from '../schemas';
import { seenBooking, seenDesk } from './sight';

const USUAL_HOURS = 24;
const MAX_SHOWN_BOOKINGS = 500;

/**
 * The operations with which reception looks at what came from one network, and cancels a run of false bookings at once.
 */
export function falseBookingOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffSameNetwork,
        id: 'readSameNetwork',
        summary: 'What else came from the network from which this booking came',
        description:
          'Within so many hours before and after it. Known for seven days, by a keyed hash; of bookings by staff never.',
        query: schema.SameNetworkQuery,
        answer: { status: 200, description: 'The bookings', schema: schema.SameNetwork },
        problems: [403],
      },
      async ({ params, query: { width = 'host', hours = USUAL_HOURS }, who }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        assertMayCancelFalseBookings(who, desk.id);
        const bookings = await storage.bookings.fromNetworkOf(booking.id, width, hours * HOUR, MAX_SHOWN_BOOKINGS);
        return { body: { bookings: bookings.map((each) => staffBookingJson(each, desk)) } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffFalseBookings,
        id: 'cancelFalseBookings',
        summary: 'Cancel a run of false bookings',
        description: 'All in one deed, each with a line in its history. Nobody is mailed unless asked otherwise.',
        body: schema.FalseBookingsRequest,
        answer: { status: 200, description: 'What became of each', schema: schema.FalseBookingsCancelled },
      },
      async ({ params, body: { bookings, tell, reason }, idempotency, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const { value, replayed } = await app.cancelFalseBookings({
          deskId: desk.id,
          bookingIds: bookings,
          tell,
          reason: reason || null,
          who,
          idempotency,
        });
        const results = value.map(({ bookingId: booking, outcome }) => ({ booking, outcome }));
        return {
          body: { cancelled: results.filter(({ outcome }) => outcome === 'cancelled').length, results },
          replayed,
        };
      },
    ),
  ];
}
