import { possibleActions } from '../../../domain/booking/actions';
import { LATE_AFTER_MINUTES } from '../../../domain/booking/lateness';
import { UPCOMING } from '../../../domain/booking/outsideHours';
import { MINUTE } from '../../../domain/calendar/interval';
import { isCall, isVisit } from '../../../domain/desk';
import { isPossible } from '../../../domain/queue/entry';
import { actorOf } from '../../../domain/staff/caller';
import { mayServeBooking, mayServeQueue } from '../../../domain/staff/rights';
import { paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { Around } from '../day/board/around';
import { NOT_CALLED } from '../day/board/card';
import type { PlannedBooking } from '../day/plan';
import { videoStart } from '../videoStart';

/** What an advisor does with a consultation by one press: a form that is posted, or a link. */
interface Action {
  readonly what: string;
  readonly isForm: boolean;
  readonly href: string;
  readonly text: string;
  /** The text for who hears it, with the client's name. */
  readonly label: string;
  /** For links out of the program. */
  readonly isOutside?: boolean;
}

/**
 * Returns everything that can be done with a consultation now, what comes next first: call by phone, start the video, or
 * for a visit check in, call in and begin; then finish it. The page prints them in this order, and the next consultation
 * has the first as its button. What else an advisor can do with a booking is added here.
 */
export function actionsOf(planned: PlannedBooking, around: Around): Action[] {
  const { booking } = planned;
  if (!mayServeBooking(around.staff, booking)) return [];
  return [...ways(planned, around), ...afterwards(planned, around), ...deeds(planned, around)];
}

/** The ways to the client that lie outside of the program. */
function ways({ booking }: PlannedBooking, { desk, now, reader: { t } }: Around): Action[] {
  if (!UPCOMING.includes(booking.status)) return [];
  const { name } = booking.client;
  const { phone, phoneHref } = reachOf(booking.client);
  const video = videoStart(booking, desk, now);
  const text = t('staff.videoLink.start');
  return [
    ...(isCall(booking.mode) && phone && phoneHref
      ? [{ what: 'phone', isForm: false, href: phoneHref, text: phone, label: t('myDay.phoneLabel', { name, phone }) }]
      : []),
    ...(video?.isOpen
      ? [
          {
            ...{ what: 'video', isForm: false, href: video.href, text, isOutside: true },
            label: t('staff.board.deedFor', { deed: text, name }),
          },
        ]
      : []),
  ];
}

/** What is noted and booked when a consultation is over; an outcome that is there is changed on the booking's page. */
function afterwards({ booking }: PlannedBooking, { reader: { t } }: Around): Action[] {
  if (booking.status !== 'completed') return [];
  const { id, client, outcome } = booking;
  const link = (what: string, path: string, text: string) => ({
    ...{ what, isForm: false, href: url(path, { id }), text },
    label: t('staff.board.deedFor', { deed: text, name: client.name }),
  });
  return [
    ...(outcome === null ? [link('outcome', paths.staffOutcome, t('outcome.note'))] : []),
    link('follow-up', paths.staffFollowUp, t('followUp.title')),
  ];
}

/** The steps of the attendance in their order, each with the text of its button. */
const STEPS = [
  { what: 'check-in', path: paths.staffCheckIn, text: 'staff.action.check-in' },
  { what: 'call', path: paths.staffCall, text: 'staff.queue.step.call' },
  { what: 'begin', path: paths.staffBegin, text: 'staff.queue.step.start' },
  { what: 'complete', path: paths.staffComplete, text: 'staff.board.deed.complete' },
  { what: 'no-show', path: paths.staffNoShow, text: 'staff.board.deed.no-show' },
  { what: 'reopen', path: paths.staffReopen, text: 'staff.action.reopen' },
] as const;

function deeds(planned: PlannedBooking, around: Around): Action[] {
  const { booking } = planned;
  const { t } = around.reader;
  return STEPS.filter(({ what }) => isDue(what, planned, around)).map(({ what, path, text }) => {
    const deed = t(what === 'check-in' && booking.status === 'no_show' ? 'staff.action.undo-no-show' : text);
    return {
      what,
      isForm: true,
      href: url(path, { id: booking.id }),
      text: deed,
      label: t('staff.board.deedFor', { deed, name: booking.client.name }),
    };
  });
}

function isDue(
  what: (typeof STEPS)[number]['what'],
  { booking, entry }: PlannedBooking,
  { desk, now, staff }: Around,
): boolean {
  if (what === 'call' || what === 'begin')
    return (
      booking.status === 'checked_in' &&
      isVisit(booking.mode) &&
      mayServeQueue(staff, desk.id) &&
      isPossible(entry ?? NOT_CALLED, what === 'call' ? 'call' : 'start')
    );
  // Nobody comes to the desk for a call or a video.
  if (what === 'check-in' && !isVisit(booking.mode) && booking.status !== 'no_show') return false;
  if (what === 'no-show' && now < booking.time.start + LATE_AFTER_MINUTES * MINUTE) return false;
  const asking = { by: actorOf(staff), now, timeZone: desk.hours.timeZone, last: undefined };
  return possibleActions(booking, asking).has(what);
}
