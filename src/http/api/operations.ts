import type { HttpDeps } from '../deps';
import type { Operation } from './operation';
import { bookingOperations } from './public/bookings';
import { deskOperations } from './public/desks';
import { holdOperations } from './public/holds';
import { absenceOperations } from './staff/absences';
import { staffBookingOperations } from './staff/bookings';
import { eventOperations } from './staff/events';
import { exceptionOperations } from './staff/exceptions';
import { falseBookingOperations } from './staff/falseBookings';
import { moveOperations } from './staff/moves';
import { openingRulesOperations } from './staff/openingRules';
import { readingOperations } from './staff/reading';

/** Lists all operations of the API. */
export function operations(deps: HttpDeps): Operation[] {
  return [
    ...deskOperations(deps),
    ...holdOperations(deps),
    ...bookingOperations(deps),
    ...readingOperations(deps),
    ...eventOperations(deps),
    ...staffBookingOperations(deps),
    ...falseBookingOperations(deps),
    ...moveOperations(deps),
    ...exceptionOperations(deps),
    ...openingRulesOperations(deps),
    ...absenceOperations(deps),
  ];
}
