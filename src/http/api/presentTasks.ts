import type { StartsTask } from '../../app/ports/openStarts';
import type { OpenTask } from '../../app/staff/openTasks';
import type { OpenWaitingTask } from '../../app/waiting/waitingTasks';
import type { Outside } from '../../domain/booking/outsideHours';
import type { Instant } from '../../domain/calendar/interval';
import { addDays, startOfDay, toIso } from '../../domain/calendar/zone';
import type { Desk } from '../../domain/desk';
import type { Json } from './present';
import type * as schema from './schemas';

const TASK_REASONS: Readonly<Record<Exclude<OpenTask['kind'], 'outside_hours'>, string>> = {
  mail_failed: 'a mail to the client could not be delivered',
  declined: "the client's calendar has declined or asked for another time, and the client was asked by mail",
  call: 'staff moved it, and the client is to be told by phone',
  video_link: 'it is by video, and has no link',
  outcome: 'the desk has closed, and nobody has said what became of the consultation',
  interpreter: 'a client asks for an interpreter, who is to be found and confirmed',
};

/** Why nobody attends to a booking. */
const OUTSIDE_REASONS: Readonly<Record<Outside, string>> = {
  closed: 'the desk is closed at its time, or takes no appointments of its mode then',
  not_working: 'its advisor does not work at its time any more',
  away: 'its advisor is away at its time',
  not_offered: 'its topic is not offered any more',
  not_able: 'its advisor does not cover its topic, speak its language or give consultations in its mode any more',
};
const FITS_AGAIN = 'nobody attended to it when this was noted; by now it fits again';

/** @param why why nobody attends to it; undefined: somebody does, or that is not what the task is about */
export function taskJson(
  { kind, booking, noted, due }: OpenTask,
  desk: Desk,
  why: Outside | undefined,
): Json<typeof schema.Task> {
  const outside = why === undefined ? FITS_AGAIN : OUTSIDE_REASONS[why];
  return {
    id: noted?.id ?? `${kind} ${booking.id}`,
    kind,
    booking: booking.id,
    due: toIso(due, desk.hours.timeZone),
    reason: kind === 'outside_hours' ? outside : TASK_REASONS[kind],
  };
}

/** Sorts tasks by when it is too late for them; those for which it is come last, the latest first. */
export function byDue<T extends { readonly due: string }>(tasks: readonly T[], now: Instant): T[] {
  const ascending = [...tasks].sort((a, b) => Date.parse(a.due) - Date.parse(b.due));
  const isOver = ({ due }: T) => Date.parse(due) <= now;
  return [...ascending.filter((each) => !isOver(each)), ...ascending.filter(isOver).reverse()];
}

const WAITING_REASONS: Readonly<Record<OpenWaitingTask['kind'], string>> = {
  call: 'a start is kept for somebody who waits and has no mail address',
  unanswered_offer: 'half of the time is over in which somebody who waits can take what was offered',
  waiting_deadline: 'the time that helps somebody who waits ends soon, and nothing is offered to them',
};

export function waitingTaskJson({ kind, entry, due }: OpenWaitingTask, { hours }: Desk): Json<typeof schema.Task> {
  const at = toIso(due, hours.timeZone);
  return { id: `${kind} ${entry.id}`, kind, waiting: entry.id, due: at, reason: WAITING_REASONS[kind] };
}

/** Presents the task to open more starts; it is due when the day is over up to which they are missing. */
export function startsTaskJson(task: StartsTask, { hours }: Desk): Json<typeof schema.Task> {
  const { id, topicId: topic, language, missing, until, opening } = task;
  return {
    ...{ id, kind: 'open_starts', due: toIso(startOfDay(addDays(until, 1), hours.timeZone), hours.timeZone) },
    reason: `${missing} starts are missing for ${topic} in ${language} until ${until}`,
    ...{ topic, language, missing, until },
    opening: opening && {
      ...{ advisor: opening.advisorId, date: opening.date, start: opening.start, end: opening.end },
      starts: opening.starts,
    },
  };
}
