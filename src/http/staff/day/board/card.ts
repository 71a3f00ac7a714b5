import { possibleActions } from '../../../../domain/booking/actions';
import { isOffer } from '../../../../domain/booking/hold';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import { LATE_AFTER_MINUTES } from '../../../../domain/booking/lateness';
import { MINUTE } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import { isPossible } from '../../../../domain/queue/entry';
import { actorOf } from '../../../../domain/staff/caller';
import { mayServeBooking, mayServeQueue } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import { clockOn, videoStart } from '../../videoStart';
import type { State } from '../../words';
import type { PlannedBooking, PlannedHold } from '../plan';
import { type Around, type LaneFacts, placeOf } from './around';

/** How a card is marked: as a booking in any list, that its client is late, or that they are being advised. */
type CardState = State | 'late' | 'consulting';

/** A sign for each state, as colours alone are lost on some. */
const SIGNS: Readonly<Record<CardState, string>> = {
  confirmed: '○',
  late: '⚠',
  here: '●',
  consulting: '▶',
  done: '✓',
  missed: '✗',
  needs: '!',
  cancelled: '–',
};

/** The actions that a card offers with one press, the status for which, and from how long after the start. */
const DEEDS = [
  { what: 'check-in', path: paths.staffCheckIn, status: 'confirmed', from: -60 },
  { what: 'no-show', path: paths.staffNoShow, status: 'confirmed', from: LATE_AFTER_MINUTES },
  { what: 'begin', path: paths.staffBegin, status: 'checked_in', from: -60 },
  { what: 'complete', path: paths.staffComplete, status: 'checked_in', from: 0 },
] as const;

/** Whoever was not called yet has no entry in the queue. */
export const NOT_CALLED = { state: 'waiting', misses: 0 } as const;

/** Returns the card of a booking on the board. */
export function cardView(planned: PlannedBooking, { shown }: LaneFacts, around: Around) {
  const { booking, needsSomebody } = planned;
  const { desk, words } = around;
  const { state, stateText } = stateOf(planned, around);
  const marks = marksOf(planned, around);
  const place = placeOf(booking.time, shown, desk.hours.timeZone);
  const label = [
    words.time.span(booking.time),
    booking.client.name,
    stateText,
    words.spoken(booking),
    words.topic(booking.topicId),
    ...marks.map(({ text }) => text),
  ];
  return {
    start: booking.time.start,
    ...place,
    isBooking: true,
    id: booking.id,
    version: booking.version,
    href: url(paths.staffBooking, { id: booking.id }),
    time: words.time.time(booking.time.start),
    client: booking.client.name,
    code: codeOf(clientsLanguage(booking)),
    topic: words.shortTopic(booking.topicId),
    state,
    sign: SIGNS[state],
    stateText,
    isUsual: state === 'confirmed' && !needsSomebody,
    marks,
    label: label.join(', '),
    deeds: deedsOf(planned, around),
    video: videoStart(booking, desk, around.now),
  };
}

/** Returns the card of a slot that a client is booking on the web just now. */
export function holdView({ time, until }: PlannedHold, { shown }: LaneFacts, { desk, words, reader }: Around) {
  return {
    start: time.start,
    ...placeOf(time, shown, desk.hours.timeZone),
    isHold: true,
    time: words.time.time(time.start),
    text: isOffer({ heldUntil: until })
      ? reader.t('staff.board.offered')
      : reader.t('staff.board.held', { until: words.time.time(until) }),
  };
}

/** Returns how the card is marked: since when the client is here and by how much they are late are told as well. */
export function stateOf(
  { booking, needsSomebody, hereSince, entry, minutesLate }: PlannedBooking,
  { now, words, reader: { t } }: Around,
): { state: CardState; stateText: string } {
  const usual = words.state(booking, needsSomebody);
  if (entry?.state === 'started') {
    const over = Math.floor((now - booking.time.end) / MINUTE);
    const since = t('staff.board.consultingSince', { time: words.time.time(entry.startedAt ?? now) });
    return { state: 'consulting', stateText: over > 0 ? t('staff.board.over', { minutes: over }) : since };
  }
  if (entry?.state === 'called')
    return { state: 'here', stateText: t('staff.board.calledAt', { time: words.time.time(entry.calledAt ?? now) }) };
  if (usual.state === 'here' && hereSince !== null)
    return { state: 'here', stateText: t('staff.board.hereSince', { time: words.time.time(hereSince) }) };
  if (usual.state === 'confirmed' && booking.lateMinutes !== null && (minutesLate ?? 0) <= booking.lateMinutes)
    return { state: 'late', stateText: t('staff.board.comesLater', { minutes: booking.lateMinutes }) };
  if (usual.state === 'confirmed' && minutesLate !== null)
    return { state: 'late', stateText: t('staff.board.lateSince', { minutes: minutesLate }) };
  return usual;
}

/** Returns what is to be known of a booking beside who comes when: as icons, each with its text. */
function marksOf({ booking }: PlannedBooking, { words, reader: { t } }: Around) {
  const { mode, attendees, note, urgent, tied } = booking;
  const support = words.support(booking);
  return [
    ...(urgent ? [{ kind: 'urgent', text: t('staff.field.urgent') }] : []),
    ...(mode === 'in_person' ? [] : [{ kind: mode, text: words.mode(mode) }]),
    ...(attendees > 1
      ? [{ kind: 'people', text: t('staff.board.people', { count: attendees }), count: attendees }]
      : []),
    ...(booking.interpreting ? [{ kind: 'interpreter', text: t('staff.interpreter.mark') }] : []),
    ...(support.length > 0 ? [{ kind: 'support', text: support.join(', ') }] : []),
    ...(note ? [{ kind: 'note', text: t('staff.field.note') }] : []),
    ...(tied ? [{ kind: 'tied', text: t('staff.overview.tied') }] : []),
  ];
}

/** Returns the language's code as desks write it: `FR` for `fr-CA`. */
function codeOf(tag: string): string {
  return (tag.split('-')[0] ?? tag).toUpperCase();
}

/**
 * Returns the buttons of a card. On a page that stays open each appears at its time (`opens`, on the desk's clock), so
 * those are asked for that moment if it is still to come.
 */
function deedsOf({ booking, entry }: PlannedBooking, { desk, now, today, staff, reader: { t } }: Around) {
  const zone = desk.hours.timeZone;
  const { start } = booking.time;
  if (localDate(start, zone) !== today || !mayServeBooking(staff, booking)) return [];
  return DEEDS.flatMap(({ what, path, status, from }) => {
    const opens = start + from * MINUTE;
    const asking = { by: actorOf(staff), now: Math.max(now, opens), timeZone: zone, last: undefined };
    const mayBeDone =
      what === 'begin'
        ? isPossible(entry ?? NOT_CALLED, 'start') && mayServeQueue(staff, desk.id)
        : possibleActions(booking, asking).has(what);
    if (booking.status !== status || !mayBeDone) return [];
    return [
      {
        what,
        href: url(path, { id: booking.id }),
        text: t(`staff.board.deed.${what}`),
        label: t('staff.board.deedFor', { deed: t(`staff.board.deed.${what}`), name: booking.client.name }),
        opens: clockOn(today, opens, zone),
        isOpen: opens <= now,
      },
    ];
  });
}
