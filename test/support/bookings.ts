import type { BookingRequest } from '../../src/app/booking/bookConsultation';
import type { Booking } from '../../src/domain/booking/booking';
import type { TestApp } from './app';
import { aClient, aReceptionist, TUESDAY_NINE } from './builders';

/**
 * A client's request for residence law, in English, on Tuesday at nine. A test names only the parts that it is about.
 */
export function aRequest(part: Partial<BookingRequest> = {}): BookingRequest {
  return {
    deskId: 'expat-desk',
    query: { topicId: 'residence', language: 'en', mode: 'in_person' },
    start: TUESDAY_NINE.start,
    details: {
      client: aClient(part.query?.mode === 'phone' ? { phone: '+493023125001' } : {}),
      attendees: 1,
      onBehalfOf: null,
      people: [],
      support: [],
      note: null,
      answers: {},
    },
    source: 'web',
    // Who has no mail address is booked for by reception.
    who: part.details?.client.email === null ? aReceptionist() : { kind: 'client' },
    ...part,
  };
}

/** Books through the real use case. */
export async function booked({ app }: Pick<TestApp, 'app'>, part: Partial<BookingRequest> = {}): Promise<Booking> {
  return (await app.bookConsultation(aRequest(part))).value;
}

/** Every booking of the desk, whatever its status. */
export function allBookings({ storage }: Pick<TestApp, 'storage'>, deskId = 'expat-desk'): Promise<Booking[]> {
  return storage.bookings.within(deskId, { start: 0, end: Number.MAX_SAFE_INTEGER });
}
