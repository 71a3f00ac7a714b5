import type { Booking } from '../../../domain/booking/booking';
import { localDate, toIso } from '../../../domain/calendar/zone';
import { paths, url } from '../../../paths';
import { direction } from '../../../presentation/direction';
import { withOrganisation } from '../../../presentation/format';
import { personText, reachOf } from '../../../presentation/reach';
import { interpretingView } from '../booking/interpreter/view';
import type { Around } from '../day/board/around';
import { stateOf } from '../day/board/card';
import type { PlannedBooking } from '../day/plan';
import { videoStart } from '../videoStart';
import { actionsOf } from './actions';

/** How many earlier visits are named. */
const MAX_NAMED_VISITS = 3;
const YEAR_DIGITS = 4;

/**
 * Returns a consultation with all that was told beforehand. @param visits what the same person came for before, the
 * latest first
 */
export function itemView(planned: PlannedBooking, visits: readonly Booking[], around: Around) {
  const { booking } = planned;
  const { desk, now, words, reader } = around;
  const { client, onBehalfOf, people, attendees, note, urgent, tied } = booking;
  const { state, stateText } = stateOf(planned, around);
  const video = videoStart(booking, desk, now);
  const item = {
    start: booking.time.start,
    isBooking: true,
    id: booking.id,
    version: booking.version,
    href: url(paths.staffBooking, { id: booking.id }),
    iso: toIso(booking.time.start, desk.hours.timeZone),
    time: words.time.time(booking.time.start),
    span: words.time.span(booking.time),
    client: client.name,
    state,
    stateText,
    isUsual: state === 'confirmed',
    language: words.spoken(booking),
    topic: words.topic(booking.topicId),
    mode: words.mode(booking.mode),
    attendees: attendees > 1 ? reader.t('staff.board.people', { count: attendees }) : undefined,
    urgent,
    tied,
    onBehalfOf: onBehalfOf && withOrganisation(onBehalfOf),
    people: people.map(personText),
    support: words.support(booking),
    interpreter: interpretingView({ ...around, booking }, reader)?.text,
    note,
    noteDir: direction(client.language),
    noteLang: client.language,
    answers: words.answers('staff', booking),
    ...reachOf(client),
    videoFrom: video && !video.isOpen && now < booking.time.start ? video.opens : undefined,
    visits: visitsView(visits, around),
    actions: actionsOf(planned, around),
  };
  const lists = [item.people, item.support, item.answers];
  const facts = [item.visits, item.interpreter, item.onBehalfOf, item.videoFrom, ...lists.flat()];
  return { ...item, hasMore: facts.some(Boolean) };
}

/** Says that somebody was here before, and when and why: "2nd visit: Mon 12 Oct, recognition". */
function visitsView(visits: readonly Booking[], { desk, words, now, reader: { t } }: Around) {
  if (visits.length === 0) return undefined;
  const yearOf = (at: number) => localDate(at, desk.hours.timeZone).slice(0, YEAR_DIGITS);
  return {
    text: t('myDay.visits', { number: visits.length + 1 }),
    named: visits.slice(0, MAX_NAMED_VISITS).map(({ id, topicId, time: { start } }) => ({
      href: url(paths.staffBooking, { id }),
      text: t('myDay.visit', {
        day: yearOf(start) === yearOf(now) ? words.time.shortDay(start) : words.time.date(start),
        topic: words.topic(topicId),
      }),
    })),
  };
}
