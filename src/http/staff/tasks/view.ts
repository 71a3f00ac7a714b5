import type { StartsTask } from '../../../app/ports/openStarts';
import type { OpenTask } from '../../../app/staff/openTasks';
import type { Booking } from '../../../domain/booking/booking';
import type { Outside } from '../../../domain/booking/outsideHours';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import type { BounceReason } from '../../../domain/notifications/bounceReasons';
import { mayChangeHours, mayServeBooking } from '../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { bookingLine } from '../line';
import { startsView } from '../startsView';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  /** The most urgent first. */
  readonly open: readonly OpenTask[];
  /** Where starts are missing, most first. */
  readonly starts: readonly StartsTask[];
  /** Why nobody attends, for the bookings that lie outside the hours; absent if somebody is there again. */
  readonly why: ReadonlyMap<Booking, Outside>;
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
  { desk, open, starts, why, bounces, mailsHeldSince, isFinished, staff, now }: Facts,
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
    tasks: open.map((task) => ({
      ...bookingLine(task.booking, desk, { words }),
      id: task.noted?.id,
      text: textOf(task),
      isTooLate: task.booking.time.start <= now,
      since: task.noted ? words.time.dateAndTime(task.noted.since) : undefined,
      ...reachOf(task.booking.client),
      mayChange: mayServeBooking(staff, task.booking),
      moveHref: task.kind === 'outside_hours' ? url(paths.staffMove, { id: task.booking.id }) : undefined,
      interpreterHref:
        task.kind === 'interpreter' ? `${url(paths.staffBooking, { id: task.booking.id })}#interpreter` : undefined,
      linkHref:
        task.kind === 'video_link' ? `${url(paths.staffBooking, { id: task.booking.id })}#videoLink` : undefined,
    })),
  };
}
