import type { StartsTask } from '../../../app/ports/openStarts';
import type { OpenTask } from '../../../app/staff/openTasks';
import type { OpenWaitingTask } from '../../../app/waiting/waitingTasks';
import type { AbsencePlan } from '../../../domain/booking/absencePlan';
import type { Booking } from '../../../domain/booking/booking';
import type { Outside } from '../../../domain/booking/outsideHours';
import { byUrgency } from '../../../domain/booking/urgency';
import { type Instant, overlaps } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import type { BounceReason } from '../../../domain/notifications/bounceReasons';
import { mayChangeHours, mayPlanAbsences, mayServeBooking } from '../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { bookingLine } from '../line';
import { startsView } from '../startsView';
import { type Words, wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  /** The most urgent first. */
  readonly open: readonly OpenTask[];
  /** About those who wait, in no order. */
  readonly waiting: readonly OpenWaitingTask[];
  /** Where starts are missing, most first. */
  readonly starts: readonly StartsTask[];
  /** Why nobody attends, for the bookings that lie outside the hours; absent if somebody is there again. */
  readonly why: ReadonlyMap<Booking, Outside>;
  /** The plans that were carried out, the latest first. */
  readonly plans: readonly AbsencePlan[];
  /** Why a mail did not arrive, as a server reported it later. */
  readonly bounces: ReadonlyMap<Booking, BounceReason>;
  /** Null: mails go out. */
  readonly mailsHeldSince: Instant | null;
  /** Whether a task has just been marked as done. */
  readonly isFinished: boolean;
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** Returns the open tasks, each with its booking and the way to do it, if the person may. */
export function tasksView(
  { desk, open, waiting, starts, why, plans, bounces, mailsHeldSince, isFinished, staff, now }: Facts,
  reader: Reader,
) {
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const textOf = ({ kind, booking }: OpenTask) => {
    if (kind === 'outside_hours')
      return t(`staff.tasks.outside.${why.get(booking) ?? 'fits'}`, { advisor: words.advisor(booking.advisorId) });
    const bounce = kind === 'mail_failed' ? bounces.get(booking) : undefined;
    return bounce === undefined
      ? t(`staff.tasks.${kind}`)
      : t('staff.tasks.mail_failed_because', { reason: t(`staff.bounce.${bounce}`) });
  };
  const mayPlan = mayPlanAbsences(staff, desk.id);
  const bookingTask = (task: OpenTask) => ({
    ...bookingLine(task.booking, desk, { words }),
    id: task.noted?.id,
    text: textOf(task),
    isTooLate: task.kind !== 'outcome' && task.booking.time.start <= now,
    since: task.noted ? words.time.dateAndTime(task.noted.since) : undefined,
    ...reachOf(task.booking.client),
    mayChange: mayServeBooking(staff, task.booking),
    moveHref: task.kind === 'outside_hours' ? url(paths.staffMove, { id: task.booking.id }) : undefined,
    planHref: mayPlan && why.get(task.booking) === 'away' ? planHref(task.booking, plans, now) : undefined,
    interpreterHref:
      task.kind === 'interpreter' ? `${url(paths.staffBooking, { id: task.booking.id })}#interpreter` : undefined,
    outcomeHref: task.kind === 'outcome' ? url(paths.staffOutcome, { id: task.booking.id }) : undefined,
    linkHref: task.kind === 'video_link' ? `${url(paths.staffBooking, { id: task.booking.id })}#videoLink` : undefined,
  });
  return {
    title: t('staff.tasks.title'),
    scripts: [{ src: assetUrl('staffTasks.js'), module: true }],
    action: url(paths.staffTasks, { desk: desk.id }),
    done: isFinished ? t('staff.tasks.finished') : undefined,
    mailsHeldSince: mailsHeldSince === null ? undefined : words.time.dateAndTime(mailsHeldSince),
    starts: starts.map((task) => ({
      ...startsView(task, words, reader),
      hoursHref: mayChangeHours(staff, desk.id) ? url(paths.staffHours, { desk: desk.id }) : undefined,
    })),
    tasks: byUrgency([...open, ...waiting], now).map((task) =>
      'entry' in task ? waitingLine(task, { desk, words, reader }) : bookingTask(task),
    ),
  };
}

/** Returns the plan of the absence in which a booking lies, where the others of that absence are seen to as well. */
function planHref(
  { advisorId, time, deskId }: Booking,
  plans: readonly AbsencePlan[],
  now: Instant,
): string | undefined {
  const plan = plans.find(
    (each) => each.advisorIds?.includes(advisorId) && overlaps(each.time, time) && (each.backAt ?? each.time.end) > now,
  );
  return plan && url(paths.staffPlan, { desk: deskId, id: plan.id });
}

/** Returns the task about somebody who waits; it is done on the waiting list. */
function waitingLine(
  { kind, entry, due }: OpenWaitingTask,
  { desk, words, reader: { t } }: { readonly desk: Desk; readonly words: Words; readonly reader: Reader },
) {
  const { id, client, offer } = entry;
  const when = offer ? words.time.dateAndTime(offer.time.start) : '';
  // A deadline is the last day that helps, not the midnight after it.
  const until = offer ? words.time.dateAndTime(due) : words.time.date(due - 1);
  const address = url(paths.staffWaitingList, { desk: desk.id }, { entry: id });
  return {
    href: `${address}#entry-${id}`,
    client: client.name,
    about: words.topic(entry.topicId),
    language: entry.languages.map(words.language).join(', '),
    text: t(`staff.tasks.waiting.${kind}`, { when, until }),
    ...reachOf(client),
    mayChange: true,
    waitingHref: `${address}#entry-${id}`,
  };
}
