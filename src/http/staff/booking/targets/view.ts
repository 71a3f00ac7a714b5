import type { FoundTargets } from '../../../../app/booking/moveTargets';
import type { Booking, BookingEvent } from '../../../../domain/booking/booking';
import type { LocalDate } from '../../../../domain/calendar/hours';
import { type Instant, MINUTE } from '../../../../domain/calendar/interval';
import { localDate, toIso } from '../../../../domain/calendar/zone';
import type { Desk } from '../../../../domain/desk';
import { apiPaths, apiUrl } from '../../../../paths';
import { dayName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { whyNotText } from '../../../../presentation/whyNot';
import type { BookingAtDesk } from '../../desk';
import { clockOn } from '../../videoStart';
import { type Words, wordsOf } from '../../words';
import { eventView } from '../overview/view';

interface Facts extends BookingAtDesk {
  readonly date: LocalDate;
  readonly found: FoundTargets;
  /** What happened to the booking last. */
  readonly last: BookingEvent | undefined;
  /** The bookings that move as well, by their ids. */
  readonly others: ReadonlyMap<string, Booking>;
}

type Target = FoundTargets['targets'][number];

/**
 * Returns the targets of a day with their texts, and the bodies of the requests that move the booking there (POST
 * …/moves), and the stretches in which it cannot go to an advisor.
 */
export function targetsView({ desk, booking, date, found, last, others }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const words = wordsOf(desk, reader);
  const zone = desk.hours.timeZone;
  const placed = (start: Instant, end: Instant) => {
    const day = localDate(start, zone);
    return { date: day, from: clockOn(day, start, zone), to: clockOn(day, end, zone) };
  };
  const { targets } = found;
  return {
    booking: booking.id,
    date,
    movesHref: apiUrl(apiPaths.staffMoves, { desk: desk.id }),
    undoHref: apiUrl(apiPaths.staffUndoMoves, { id: 'ID' }),
    said: t('staff.targets.held', {
      name: booking.client.name,
      day: dayName(locale, date),
      count: targets.length,
    }),
    hint: t('staff.targets.hint'),
    failed: t('staff.targets.failed'),
    undone: t('staff.targets.undone', { name: booking.client.name }),
    changed: last && changedText(booking, last, words, reader),
    targets: targets.map((target, i) => ({
      ...movedBy(target, { desk, booking, others }, words, reader),
      kind: target.kind,
      advisor: target.advisorId,
      ...placed(target.start, target.start + Math.min(desk.gridMinutes, lengthOf(desk, booking)) * MINUTE),
      text: shortText(target, others, reader),
      label: t('staff.targets.label', {
        time: words.time.time(target.start),
        advisor: words.advisor(target.advisorId),
        kind: longText(target, others, words, reader),
        number: i + 1,
        count: targets.length,
      }),
      done: t('staff.targets.done', {
        name: booking.client.name,
        when: `${words.time.briefDay(target.start)}, ${words.time.time(target.start)}`,
        advisor: words.advisor(target.advisorId),
      }),
      /** What an override leaves, to be asked before it is done. */
      against: target.against ? whyNotText(desk, target.start, target.against, reader) : undefined,
    })),
    refused: found.refused.map(({ start, end, advisorId, against }) => ({
      advisor: advisorId,
      ...placed(start, end),
      text: whyNotText(desk, start, against, reader),
    })),
  };
}

/** Says who has changed the booking last, and where it is since, to whoever had it in the hand meanwhile. */
function changedText({ client, time, advisorId }: Booking, last: BookingEvent, words: Words, reader: Reader): string {
  const { what, who } = eventView(last, words, reader);
  return reader.t('staff.targets.changed', {
    name: client.name,
    what,
    who,
    time: words.time.time(last.at),
    when: `${words.time.briefDay(time.start)}, ${words.time.time(time.start)}`,
    advisor: words.advisor(advisorId),
  });
}

/**
 * Returns the body to send: the booking's own line, and those of others that have to be sent with it. Where moves are
 * collected, also what the tray says of each, and where the board shows it until it is saved.
 */
function movedBy(
  target: Target,
  { desk, booking, others }: Pick<Facts, 'desk' | 'booking' | 'others'>,
  words: Words,
  { t }: Reader,
): { body: string; shown: string | undefined } {
  const zone = desk.hours.timeZone;
  const isOverride = target.kind === 'override';
  const own = { booking, start: target.start, advisorId: target.advisorId };
  const sent = target.others.flatMap(({ bookingId, to: { start, advisorId } }) => {
    const other = others.get(bookingId);
    return start !== undefined && other ? [{ booking: other, start, advisorId }] : [];
  });
  const all = [own, ...sent];
  const moves = all.map(({ booking: { id, version }, start, advisorId }, i) => ({
    booking: id,
    version,
    start: toIso(start, zone),
    advisor: advisorId,
    ...(isOverride && i === 0 && { override: true }),
  }));
  const when = (start: Instant) => `${words.time.briefDay(start)}, ${words.time.time(start)}`;
  const shown = all.map(({ booking: { client, time }, start, advisorId }) => {
    const day = localDate(start, zone);
    const end = start + (time.end - time.start);
    return {
      text: t('staff.tray.line', {
        name: client.name,
        from: when(time.start),
        to: when(start),
        advisor: words.advisor(advisorId),
      }),
      date: day,
      from: clockOn(day, start, zone),
      to: clockOn(day, end, zone),
    };
  });
  return { body: JSON.stringify({ moves }), shown: desk.collectsMoves ? JSON.stringify(shown) : undefined };
}

function lengthOf({ topics }: Desk, { topicId, time }: Booking): number {
  return topics.find(({ id }) => id === topicId)?.durationMinutes ?? (time.end - time.start) / MINUTE;
}

/** What stands on the target itself. */
function shortText({ kind, others: [first] }: Target, others: Facts['others'], { t }: Reader): string {
  const name = first && others.get(first.bookingId)?.client.name;
  return kind === 'swap' && name ? t('staff.targets.swap', { name }) : t(`staff.targets.short.${kind}`);
}

/** What is said of the target: who else moves, and where to. */
function longText(target: Target, others: Facts['others'], words: Words, { t }: Reader): string {
  const said = target.others.flatMap(({ bookingId, to }) => {
    const name = others.get(bookingId)?.client.name;
    if (!name) return [];
    const advisor = to.advisorId === undefined ? '' : words.advisor(to.advisorId);
    return to.start === undefined
      ? [t('staff.targets.goesTo', { name, advisor })]
      : [t('staff.targets.swapsTo', { name, time: words.time.time(to.start), advisor })];
  });
  return [t(`staff.targets.kind.${target.kind}`), ...said].join(', ');
}
