import type { TimeQuestion } from '../../../../app/ports/plans';
import { ALARM_MINUTES } from '../../../../domain/booking/alarm';
import type { Booking } from '../../../../domain/booking/booking';
import { LATE_MINUTES, maySayLate, saysLateFrom } from '../../../../domain/booking/lateness';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Invitation } from '../../../../domain/notifications/invitation';
import { paths, url } from '../../../../paths';
import { answerRows } from '../../../../presentation/answers';
import { bringTitle, itemsToBring } from '../../../../presentation/deskText';
import { deskTime } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { webCalendars } from '../../../../presentation/webCalendars';
import { agreedView } from '../../../pages/agreedView';
import { bookingRows, detailRows, topicOf } from '../../../pages/bookingRows';
import { contactView } from '../../../pages/contact';
import { partnersView } from '../../../pages/partnersView';
import { journeyUrl } from '../../journey/journey';
import { type ManagedBooking, type News, whenView } from '../managedBooking';
import { restoreOffer } from '../restoreOffer';

interface Given {
  readonly managed: ManagedBooking;
  /** The outcome of the change that led to the page. */
  readonly news: News | undefined;
  /** What the client was asked about the booking last, if it is open. */
  readonly question: TimeQuestion | undefined;
  /** Whether their calendar has declined, and they have not said what that means. */
  readonly isDeclined?: boolean;
  readonly now: Instant;
  /** The entry for the client's calendar. */
  readonly entry: Invitation;
}

/** Returns the booking in words, and the ways to change it that are still open. */
export function overviewView({ managed, news, question, isDeclined = false, now, entry }: Given, reader: Reader) {
  const { locale, t } = reader;
  const { booking, desk, token, may } = managed;
  const topic = topicOf(booking, desk);
  const { time: timeText } = deskTime(locale, desk.hours.timeZone);
  const state = stateOf(booking, now);
  const over = state === 'cancelled' || state === 'over' || booking.time.end <= now;
  return {
    title: t('booking.overview.title'),
    said: news && t(`booking.overview.${news}`, { time: timeText(saysLateFrom(booking)) }),
    state: { kind: state, text: t(`booking.overview.state.${state}`) },
    reference: booking.reference,
    ...whenView(managed, reader),
    rows: [
      ...bookingRows(booking, desk, reader).slice(1),
      ...detailRows(booking, reader),
      ...answerRows('client', topic, booking.answers, reader),
    ],
    bringTitle: bringTitle(booking.mode, reader.t),
    bring: over ? [] : itemsToBring(topic, booking.mode, locale),
    question:
      may.has('move') && question?.version === booking.version ? questionView(managed, question, reader) : undefined,
    declined: isDeclined && may.has('cancel') ? declinedView(managed) : undefined,
    moveHref: may.has('move') && url(paths.moveBooking, { token }),
    earlierAction: may.has('move') && booking.client.email !== null && url(paths.waitForEarlier, { token }),
    changeHref: may.has('move') && url(paths.correctBooking, { token }),
    dataHref: url(paths.bookingData, { token }),
    late: maySayLate(booking, now) ? lateOffer(managed) : undefined,
    alarm: may.has('move') && state !== 'requested' ? alarmOffer(managed, reader) : undefined,
    certificateHref: booking.status === 'completed' ? url(paths.certificate, { token }) : undefined,
    cancelHref: may.has('cancel') && url(paths.cancelBooking, { token }),
    restore: restoreOffer(managed, news === 'cancelled', reader),
    calendarHref: over || state === 'requested' ? undefined : url(paths.manageCalendar, { token }),
    webCalendars: over || state === 'requested' ? undefined : webCalendars(entry),
    bookAgainHref: over && journeyUrl('language', { locale, desk: desk.id }, {}),
    agreed: agreedView({ booking, desk }, reader),
    partners: partnersView(desk, topic, reader),
    contact: contactView(desk),
  };
}

/** Returns the question whether the new time fits, and where the answer goes. */
function questionView({ desk, token }: ManagedBooking, { until }: TimeQuestion, { locale, t }: Reader) {
  return {
    text: t('booking.overview.question', { until: deskTime(locale, desk.hours.timeZone).dateAndTime(until) }),
    action: url(paths.acceptTime, { token }),
  };
}

/** Returns where the answer goes to the question what a declined invitation means; cancel and move are linked anyway. */
function declinedView({ token }: ManagedBooking) {
  return { action: url(paths.keepBooking, { token }), cancelHref: url(paths.cancelBooking, { token }) };
}

/** Returns the part of the status that the client needs to know. */
function stateOf({ status, time }: Booking, now: Instant): 'confirmed' | 'requested' | 'cancelled' | 'here' | 'over' {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'checked_in') return 'here';
  if (time.end <= now || status === 'completed' || status === 'no_show') return 'over';
  return status === 'requested' ? 'requested' : 'confirmed';
}

/** The choice of when the calendar reminds. */
function alarmOffer({ booking, token }: ManagedBooking, { t }: Reader) {
  return {
    action: url(paths.alarm, { token }),
    choices: ALARM_MINUTES.map((value) => ({
      value,
      text: t(`booking.overview.alarmBefore.${value}`),
      isChosen: value === booking.alarmMinutes,
    })),
    isSet: booking.alarmMinutes !== null,
  };
}

/** The choice of how much later the client comes. */
function lateOffer({ booking, token }: ManagedBooking) {
  return {
    action: url(paths.sayLate, { token }),
    minutes: LATE_MINUTES.map((value) => ({ value, isSaid: value === booking.lateMinutes })),
    saysLate: booking.lateMinutes !== null,
  };
}
