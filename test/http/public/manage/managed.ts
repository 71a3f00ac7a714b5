import type { Booking } from '../../../../src/domain/booking/booking';
import type { ManagedBooking } from '../../../../src/http/public/manage/managedBooking';
import { aBooking, aDesk } from '../../../support/builders';

/** What the link of a booking opens; while it can be changed, unless the test says otherwise. */
export function aManagedBooking(booking: Partial<Booking> = {}, part: Partial<ManagedBooking> = {}): ManagedBooking {
  return {
    booking: aBooking(booking),
    desk: aDesk(),
    token: 'a-token',
    may: new Set(['move', 'cancel']),
    ...part,
  };
}
