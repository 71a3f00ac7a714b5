import type { LocalDate } from '../../domain/calendar/hours';
import { localDate } from '../../domain/calendar/zone';
import type { BookingChange, ChangePosition, DeskChanges, Place } from '../ports/deskChanges';

/** A column of the board: one advisor on one day at the desk. */
interface Column {
  readonly day: LocalDate;
  readonly advisor: string;
}

/** What staff's pages are told. It names no person but advisors, and those by their id. */
export type DeskEvent =
  /** A booking was changed; `from` is the column that it has left. */
  | ({ readonly kind: 'booking'; readonly id: string; readonly version: number; readonly from?: Column } & Column)
  /** The diary of an advisor was changed, and no booking in it: somebody holds a slot, or no longer does. */
  | { readonly kind: 'held'; readonly advisor: string }
  /** Hours, absences, topics or advisors of the desk were changed. */
  | { readonly kind: 'hours' }
  /** Other tasks are open than before. */
  | { readonly kind: 'task' }
  /** Somebody waits, in the room or on the waiting list, was called or offered something, or has gone. */
  | { readonly kind: 'queue' }
  /** What was missed cannot be told any more. */
  | { readonly kind: 'reset' };

/** From where on somebody wants to be told: after a position, from now on, or after one that nobody knows. */
export type Since = ChangePosition | 'now' | 'unknown';

/** What somebody is told, in order, each with the position from which it goes on after it. */
export interface DeskNews {
  readonly events: readonly { readonly event: DeskEvent; readonly position: ChangePosition }[];
  /** The position after all of them, also if there is none. */
  readonly position: ChangePosition;
}

/**
 * Returns what has to be told of the changes to somebody who was told up to a position.
 *
 * A change of a diary is told as `held` if no event of a booking concerns that advisor. So a booking and a hold of one
 * advisor that change in the same moment are one event, that of the booking.
 */
export function eventsSince({ now, settled, completeAfter, bookings, diaries }: DeskChanges, since: Since): DeskNews {
  if (since === 'now') return { events: [], position: now };
  // A position ahead of the database is from before a backup was restored.
  if (since === 'unknown' || since.event < completeAfter || since.event > now.event || since.revision > now.revision)
    return { events: [{ event: { kind: 'reset' }, position: now }], position: now };

  const changed = bookings.filter(({ event }) => event > since.event);
  const last = changed.at(-1)?.event ?? since.event;
  const advisors = new Set(changed.flatMap(({ place, from }) => [place.advisorId, from?.advisorId]));
  const revised = diaries.filter(({ revision }) => revision > since.revision).map(({ advisorId }) => advisorId);
  const others: DeskEvent[] = [
    ...revised.flatMap((advisor) =>
      advisor === null || advisors.has(advisor) ? [] : [{ kind: 'held' as const, advisor }],
    ),
    ...(revised.includes(null) ? [{ kind: 'hours' as const }] : []),
    ...(now.tasks === since.tasks ? [] : [{ kind: 'task' as const }]),
    ...(now.queue === since.queue ? [] : [{ kind: 'queue' as const }]),
  ];
  const position = { ...now, event: Math.max(last, settled) };
  const told = [
    ...changed.map((change) => ({ event: bookingEvent(change), position: { ...since, event: change.event } })),
    ...others.map((event) => ({ event, position: { ...since, event: last } })),
  ];
  // Only the last one says that everything was told. Whoever loses the connection before it hears the rest again.
  return { events: told.map((each, i) => (i === told.length - 1 ? { ...each, position } : each)), position };
}

function bookingEvent({ bookingId, version, place, from, timeZone }: BookingChange): DeskEvent {
  const column = ({ start, advisorId }: Place): Column => ({ day: localDate(start, timeZone), advisor: advisorId });
  const [now, before] = [column(place), from && column(from)];
  const hasLeft = before && (before.day !== now.day || before.advisor !== now.advisor);
  return { kind: 'booking', id: bookingId, version, ...now, ...(hasLeft && { from: before }) };
}

/** Writes a position as one word, for the `id` of an event and for addresses. */
export function positionText({ event, revision, tasks, queue }: ChangePosition): string {
  return `${event}.${revision}.${tasks}.${queue}`;
}

/** Reads what `positionText` has written; everything else is unknown. */
export function readPosition(text: string): Since {
  const [, event, revision, tasks, queue] = /^(\d{1,15})\.(\d{1,15})\.([\w-]{1,32})\.([\w-]{1,32})$/.exec(text) ?? [];
  if (tasks === undefined || queue === undefined) return 'unknown';
  return { event: Number(event), revision: Number(revision), tasks, queue };
}
