import { toIso } from '../../../domain/calendar/zone';
import { assertMayChangeAbsences } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import * as schema from '../schemas';
import { deskOfAdvisor, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on the calendar of an advisor's own, by which they are busy. */
export function busyCalendarOperations({ app, storage }: Deps): Operation[] {
  const deskIdOf = async (who: SignedIn, advisor: string, named: string | undefined) => {
    const deskId = await deskOfAdvisor(storage, who, advisor, named);
    assertMayChangeAbsences(who, deskId, advisor);
    return deskId;
  };
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffBusyCalendar,
        id: 'readBusyCalendar',
        summary: 'By which calendar of their own an advisor is busy, and whether it can be read',
        query: schema.BusyCalendarQuery,
        answer: { status: 200, description: 'As it was read last', schema: schema.BusyCalendar },
        problems: [403],
      },
      async ({ params: { advisor }, query, who }) => {
        const desk = await seenDesk(storage, who, await deskIdOf(who, advisor, query.desk));
        const calendar = await storage.busyCalendars.find(desk.id, advisor);
        const { host = null, events = 0, unread = 0, problem = null } = calendar ?? {};
        const readAt = calendar ? toIso(calendar.readAt, desk.hours.timeZone) : null;
        return { body: { host, events, unread, readAt, problem } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffBusyCalendar,
        id: 'setBusyCalendar',
        summary: 'An advisor is busy by a calendar of their own',
        description:
          'It is read at once, and every 15 minutes. Its times block starts as absences do; nothing else of it is kept. `null` instead of an object removes it.',
        query: schema.BusyCalendarQuery,
        body: schema.BusyCalendarRequest,
        answer: { status: 200, description: 'It holds from now on', schema: schema.BusyCalendarRead },
        problems: [403],
      },
      async ({ params: { advisor }, query, body: { url }, who }) => {
        const deskId = await deskIdOf(who, advisor, query.desk);
        const calendar = await app.setBusyCalendar({ who, deskId, advisorId: advisor, url });
        return { body: { events: calendar?.events ?? 0, unread: calendar?.unread ?? 0 } };
      },
    ),
  ];
}
