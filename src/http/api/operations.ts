import type { HttpDeps } from '../deps';
import type { Operation } from './operation';
import { bookingOperations } from './public/bookings';
import { deskOperations } from './public/desks';
import { holdOperations } from './public/holds';
import { ticketOperations } from './public/tickets';
import { waitingOperations } from './public/waiting';
import { absenceOperations } from './staff/absences';
import { advisorOperations } from './staff/advisors';
import { staffBookingOperations } from './staff/bookings';
import { busyCalendarOperations } from './staff/busyCalendar';
import { caseOperations } from './staff/cases';
import { eventOperations } from './staff/events';
import { exceptionOperations } from './staff/exceptions';
import { falseBookingOperations } from './staff/falseBookings';
import { feedOperations } from './staff/feeds';
import { figureOperations } from './staff/figures';
import { hoursPreviewOperations } from './staff/hoursPreview';
import { hoursVersionOperations } from './staff/hoursVersions';
import { moveOperations } from './staff/moves';
import { openingRulesOperations } from './staff/openingRules';
import { outcomeOperations } from './staff/outcomes';
import { partnerOperations } from './staff/partners';
import { planOperations } from './staff/plans';
import { questionOperations } from './staff/questions';
import { queueOperations } from './staff/queue';
import { readingOperations } from './staff/reading';
import { reserveOperations } from './staff/reserves';
import { targetsOperations } from './staff/targets';
import { textMailOperations } from './staff/textMails';
import { textOperations } from './staff/texts';
import { topicOrderOperations } from './staff/topicOrder';
import { topicOperations } from './staff/topics';
import { staffWaitingOperations } from './staff/waiting';
import { waitingDeedOperations } from './staff/waitingDeeds';
import { webhookOperations } from './staff/webhooks';

/** Lists all operations of the API. */
export function operations(deps: HttpDeps): Operation[] {
  return [
    ...deskOperations(deps),
    ...holdOperations(deps),
    ...bookingOperations(deps),
    ...ticketOperations(deps),
    ...waitingOperations(deps),
    ...readingOperations(deps),
    ...eventOperations(deps),
    ...staffBookingOperations(deps),
    ...outcomeOperations(deps),
    ...falseBookingOperations(deps),
    ...targetsOperations(deps),
    ...moveOperations(deps),
    ...planOperations(deps),
    ...queueOperations(deps),
    ...staffWaitingOperations(deps),
    ...waitingDeedOperations(deps),
    ...caseOperations(deps),
    ...exceptionOperations(deps),
    ...hoursPreviewOperations(deps),
    ...hoursVersionOperations(deps),
    ...openingRulesOperations(deps),
    ...absenceOperations(deps),
    ...textOperations(deps),
    ...topicOperations(deps),
    ...topicOrderOperations(deps),
    ...questionOperations(deps),
    ...partnerOperations(deps),
    ...advisorOperations(deps),
    ...reserveOperations(deps),
    ...textMailOperations(deps),
    ...webhookOperations(deps),
    ...feedOperations(deps),
    ...busyCalendarOperations(deps),
    ...figureOperations(deps),
  ];
}
