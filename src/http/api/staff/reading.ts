import { caseHint } from '../../../app/cases/readCases';
import { openTasks } from '../../../app/staff/openTasks';
import { whyOutside } from '../../../app/staff/whyOutside';
import { waitingTasks } from '../../../app/waiting/waitingTasks';
import type { LocalDate } from '../../../domain/calendar/hours';
import { hull } from '../../../domain/calendar/interval';
import { kindDays } from '../../../domain/calendar/windowKinds';
import { addDays, dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Absence, Desk } from '../../../domain/desk';
import { worksIn } from '../../../domain/slots/shifts';
import { edge } from '../../../fields/schemas';
import { apiPaths } from '../../../paths';
import type { Texts } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { dayJson, historyJson, staffBookingJson, windowJson } from '../present';
import { deliveryJson, repliesJson } from '../presentMails';
import { byDue, startsTaskJson, taskJson, waitingTaskJson } from '../presentTasks';
import { versionTag } from '../request';
import * as schema from '../schemas';
import { seenBooking, seenDesk } from './sight';

const USUAL_PAGE = 50;

/** The operations that read the desk's day, its bookings, and one booking. */
export function readingOperations(deps: Pick<HttpDeps, 'app' | 'storage' | 'now' | 'texts'>): Operation[] {
  const { app, storage, now, texts } = deps;

  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffDay,
        id: 'readDay',
        summary: 'One day of the desk: who works, and what is booked',
        description: 'Today unless asked otherwise. Cancelled bookings are among the others.',
        query: schema.DayQuery,
        answer: { status: 200, description: 'The day', schema: schema.StaffDay },
      },
      async ({ params, query, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const zone = desk.hours.timeZone;
        const date = query.date ?? localDate(now(), zone);
        const day = dayInterval(date, zone);
        const absences = await storage.desks.absences(desk.id, day);
        const bookings = await storage.bookings.within(desk.id, day);
        const body = {
          timeZone: zone,
          ...dayOf({ desk, date, absences, texts }),
          bookings: bookings.map((booking) => staffBookingJson(booking, desk)),
        };
        return { body };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffTasks,
        id: 'readTasks',
        summary: 'What reception has to do because the program cannot',
        description:
          '`mail_failed`: phone the client. `call`: tell the client by phone of a move. `outside_hours`: nobody attends, for the reason that is given. `video_link`: the link is missing. `outcome`: what became of it is to be noted. `open_starts`: more starts would be needed. With `waiting` instead of `booking`: `call`: tell somebody of a start that is kept for them. `unanswered_offer`: ask by phone. `waiting_deadline`: find something.',
        answer: { status: 200, description: 'The open tasks', schema: schema.Tasks },
      },
      async ({ params, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const tasks = await openTasks(storage, desk, now());
        const why = await whyOutside(storage, desk, tasks);
        const starts = await storage.openStarts.open(desk.id);
        const waiting = await waitingTasks(storage, desk, { who, now: now() });
        const all = [
          ...tasks.map((task) => taskJson(task, desk, why.get(task.booking))),
          ...waiting.map((task) => waitingTaskJson(task, desk)),
          ...starts.map((task) => startsTaskJson(task, desk)),
        ];
        return { body: { tasks: byDue(all, now()) } };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffBookings,
        id: 'searchBookings',
        summary: 'Find bookings by name, phone, mail address, reference, time or status',
        description:
          'By start, the latest first. Starts in [from, to). Names are found in their usual spellings, phone numbers by their last digits.',
        query: schema.SearchQuery,
        answer: { status: 200, description: 'One page of what was found', schema: schema.Found },
      },
      async ({ query, who }) => {
        const desk = await seenDesk(storage, who, query.desk);
        const { q: text, status, cursor, limit = USUAL_PAGE } = query;
        const range = { start: edge(query.from, desk.hours.timeZone), end: edge(query.to, desk.hours.timeZone) };
        const page = await app.searchBookings(who, { deskId: desk.id, text, range, status, cursor, limit });
        const bookings = page.bookings.map((booking) => staffBookingJson(booking, desk));
        return { body: { bookings, next: page.next } };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffBooking,
        id: 'readStaffBooking',
        summary: 'One booking with its history',
        description: 'The ETag is its version.',
        answer: { status: 200, description: 'The booking', schema: schema.StaffBookingWithHistory },
      },
      async ({ params, who }) => {
        const { booking, desk } = await seenBooking(storage, who, params.id);
        const history = historyJson(await storage.bookings.history(booking.id), desk.hours.timeZone);
        const { timeZone } = desk.hours;
        const replies = repliesJson(await storage.replies.ofBooking(booking.id), timeZone);
        const delivery = deliveryJson(await storage.outbox.ofBooking(booking.id), timeZone);
        const hint = await caseHint(storage, who, booking);
        const body = { ...staffBookingJson(booking, desk), case: hint, history, replies, delivery };
        return { body, headers: { ETag: versionTag(booking) } };
      },
    ),
  ];
}

interface DayFacts {
  readonly desk: Desk;
  readonly date: LocalDate;
  readonly absences: readonly Absence[];
  readonly texts: Texts;
}

function dayOf({ desk, date, absences, texts }: DayFacts) {
  const zone = desk.hours.timeZone;
  const [day] = kindDays(desk.hours, date, addDays(date, 1));
  const windows = day?.windows ?? [];
  const reach = hull([dayInterval(date, zone), ...windows]);
  return {
    ...dayJson(day ?? { date, windows, closed: null, reason: null }, zone, texts),
    advisors: desk.advisors.map((advisor) => ({
      id: advisor.id,
      name: advisor.name,
      languages: advisor.languages,
      topics: desk.topics.map(({ id }) => id).filter((id) => advisor.topics.includes(id)),
      ...(advisor.modes && { modes: [...advisor.modes] }),
      windows: worksIn(desk, advisor, { open: windows, reach }).map((window) => windowJson(window, zone)),
      absences: absences
        .filter(({ advisorId }) => advisorId === advisor.id)
        .map(({ id, time, reason }) => ({ id, ...windowJson(time, zone), reason })),
    })),
  };
}
