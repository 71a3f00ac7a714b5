import type { HttpDeps } from '../deps';
import type { Operation } from './operation';
import { bookingOperations } from './public/bookings';
import { deskOperations } from './public/desks';
import { holdOperations } from './public/holds';
import { staffBookingOperations } from './staff/bookings';
import { hoursOperations } from './staff/hours';
import { moveOperations } from './staff/moves';
import { readingOperations } from './staff/reading';

/** The API's table of contents. */
export function operations(deps: HttpDeps): Operation[] {
  return [
    ...deskOperations(deps),
    ...holdOperations(deps),
    ...bookingOperations(deps),
    ...readingOperations(deps),
    ...staffBookingOperations(deps),
    ...moveOperations(deps),
    ...hoursOperations(deps),
  ];
}
