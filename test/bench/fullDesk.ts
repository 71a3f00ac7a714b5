import { join } from 'node:path';
import { mulberry32, type Random } from '../../src/demo/random';
import { loadDeskFile } from '../../src/desks/deskFile';
import type { Booking } from '../../src/domain/booking/booking';
import { DAY } from '../../src/domain/calendar/dates';
import { type Instant, type Interval, MINUTE } from '../../src/domain/calendar/interval';
import { openingWindows } from '../../src/domain/calendar/openingHours';
import { addDays, localDate, startOfDay } from '../../src/domain/calendar/zone';
import type { Advisor, Desk, Topic } from '../../src/domain/desk';
import { worksIn } from '../../src/domain/slots/shifts';
import { randomIds } from '../../src/identity/ids';
import { aBooking } from '../support/builders';

const SEED = 20261128;
/** The shipped topics take half an hour or an hour, buffer included; of half hours there are more. */
const HALF_HOURS_PERCENT = 60;

/** A small desk on which nothing is free any more. */
export interface FullDesk {
  readonly desk: Desk;
  /** By advisor, then by start. */
  readonly bookings: readonly Booking[];
}

/**
 * The shipped desk of seven advisors, booked out with mixed durations from today to the last day that clients may book. Nobody is tied to a
 * person, so that everybody could give way if there were a place to go to. Only the topic with a longer horizon has something free, later.
 *
 * @param gaps of a hundred half hours so many stay free, in which at some places only the short topics fit
 */
export function fullDesk(now: Instant, { gaps = 0, seed = SEED }: { gaps?: number; seed?: number } = {}): FullDesk {
  const random = mulberry32(seed);
  const desk = loadDeskFile(join(__dirname, '../../data/desks/expat-desk.json'), randomIds);
  const { timeZone } = desk.hours;
  const today = localDate(now, timeZone);
  const range = { start: startOfDay(today, timeZone), end: startOfDay(addDays(today, desk.horizonDays + 1), timeZone) };
  const open = openingWindows(desk.hours, range);
  const bookings: Booking[] = [];
  for (const advisor of desk.advisors)
    for (const window of worksIn(desk, advisor, { open, reach: range }))
      for (let start = window.start; start < window.end; ) {
        const booking = someBooking(bookings.length, { desk, advisor, time: { start, end: window.end }, random });
        const isGap = random.chance(gaps);
        if (!isGap) bookings.push(booking);
        start = isGap ? start + desk.gridMinutes * MINUTE : booking.blockedUntil;
      }
  return { desk, bookings };
}

interface Place {
  readonly desk: Desk;
  readonly advisor: Advisor;
  /** As much as there is left. */
  readonly time: Interval;
  readonly random: Random;
}

function someBooking(index: number, { desk, advisor, time: { start, end }, random }: Place): Booking {
  const topics = desk.topics.filter((each) => advisor.topics.includes(each.id) && start + blocked(each) <= end);
  const short = topics.filter((each) => blocked(each) === desk.gridMinutes * MINUTE);
  const topic = random.pick(short.length > 0 && random.chance(HALF_HOURS_PERCENT) ? short : topics);
  const language = random.pick(advisor.languages);
  const number = (kind: string) => `00000007-0000-4000-${kind}-${String(index).padStart(12, '0')}`;
  return aBooking({
    id: number('8000'),
    uid: number('9000'),
    deskId: desk.id,
    reference: `FULL-${String(index).padStart(4, '0')}`,
    advisorId: advisor.id,
    topicId: topic.id,
    language,
    mode: random.pick(topic.modes),
    time: { start, end: start + topic.durationMinutes * MINUTE },
    blockedUntil: start + blocked(topic),
    source: 'import',
    client: { name: `Client ${index}`, email: `client${index}@client.example`, phone: '+493023125001', language },
    createdAt: start - 60 * DAY,
    changedAt: start - 60 * DAY,
  });
}

/** With the buffer, in ms. */
function blocked({ durationMinutes, bufferMinutes }: Topic): number {
  return (durationMinutes + bufferMinutes) * MINUTE;
}
