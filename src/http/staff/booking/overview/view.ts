import type { CaseHint } from '../../../../app/cases/readCases';
import type { MailOfBooking } from '../../../../app/ports/outbox';
import type { BookingReply } from '../../../../app/ports/replies';
import { ORIGINS_KEPT_MS } from '../../../../app/retention/outdated';
import { possibleActions } from '../../../../domain/booking/actions';
import { type Booking, type BookingEvent, lastStep } from '../../../../domain/booking/booking';
import { isUndoable, type StaffOperation, undoUntil } from '../../../../domain/booking/operation';
import { videoLinkOf } from '../../../../domain/booking/videoLink';
import type { Instant } from '../../../../domain/calendar/interval';
import { type Desk, isVideo } from '../../../../domain/desk';
import { actorOf } from '../../../../domain/staff/caller';
import { mayCancelFalseBookings, mayChangeBooking, mayServeBooking } from '../../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../../paths';
import { direction } from '../../../../presentation/direction';
import { withOrganisation } from '../../../../presentation/format';
import { personText, reachOf } from '../../../../presentation/reach';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { type Words, wordsOf } from '../../words';
import { bookingHead } from '../head';
import { interpretingView } from '../interpreter/view';
import { type OtherFrom, otherLine } from '../others';
import { caseLink } from './caseLink';
import { mailsView, sendAgainView } from './mailsView';
import { type Chain, outcomeSection } from './outcomeSection';

interface Facts {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly needsSomebody: boolean;
  readonly hint: CaseHint;
  readonly history: readonly BookingEvent[];
  readonly mails: readonly MailOfBooking[];
  readonly replies: readonly BookingReply[];
  /** What staff moved last, if this booking was among it. */
  readonly operation: StaffOperation | undefined;
  /** The consultation that this one follows up, and that which follows it up. */
  readonly chain: Chain;
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** What was just done to the booking, or why it was not. */
interface Outcome {
  /** Selects the message. */
  readonly done?: string | undefined;
  /** Bookings that changed their advisor to make room. */
  readonly others?: readonly OtherFrom[];
  readonly refusal?: string | undefined;
  /** The text that was typed as a link, and is none. */
  readonly wrongVideoLink?: string | undefined;
  /** The text that was typed as a link but not sent yet. */
  readonly typedVideoLink?: string | undefined;
  /** What was typed as the address to send the invitation to. */
  readonly typedAddress?: { readonly email: string; readonly isWrong: boolean } | undefined;
}

/** The actions that can be undone with one press: steps, and moves. */
const UNDOABLE_STEPS = ['cancelled', 'checked_in', 'completed', 'no_show'];
const UNDOABLE_MOVES = ['moved', 'move_undone', 'exchanged'];

/** Returns everything about one booking, with the buttons that the person may use now, and what was just done. */
export function overviewView(facts: Facts, outcome: Outcome, reader: Reader) {
  const { desk, booking, needsSomebody, history } = facts;
  const { done, others = [], refusal, wrongVideoLink, typedVideoLink } = outcome;
  const { t } = reader;
  const actions = actionsOf(facts, reader);
  const isStep = done !== undefined && UNDOABLE_STEPS.includes(done);
  const isMove = done !== undefined && UNDOABLE_MOVES.includes(done);
  const error = wrongVideoLink === undefined ? undefined : t('staff.videoLink.wrong');
  const video = isVideo(booking.mode) ? videoView(facts, wrongVideoLink ?? typedVideoLink, error) : undefined;
  const words = wordsOf(desk, reader);
  const sendAgain = sendAgainView(facts, outcome.typedAddress, reader);
  const { client, onBehalfOf, people, note, attendees, tied, source } = booking;
  return {
    ...bookingHead({ desk, booking, needsSomebody }, reader),
    title: t('staff.overview.title', { name: client.name }),
    scripts: ['staffBooking.js', 'staffUndo.js'].map((name) => ({ src: assetUrl(name), module: true })),
    needsSomebody,
    ofCase: caseLink(facts, reader),
    ...reachOf(client),
    mailLanguage: words.mailLanguage(booking),
    tied,
    attendees: attendees > 1 ? attendees : null,
    onBehalfOf: onBehalfOf && withOrganisation(onBehalfOf),
    people: people.map(personText),
    support: words.support(booking),
    video,
    interpreting: interpretingView(facts, reader),
    note,
    answers: words.answers('staff', booking),
    noteDir: direction(client.language),
    noteLang: client.language,
    source: t(`staff.source.${source}`),
    booked: words.time.dateAndTime(booking.createdAt),
    actions,
    // The button to undo what was just done stands beside that message; otherwise it is among the other actions.
    undo: isMove ? actions?.moveBack : isStep ? actions?.back : undefined,
    backs: [isStep ? undefined : actions?.back, isMove ? undefined : actions?.moveBack].filter(
      (each) => each !== undefined,
    ),
    done: done === undefined ? undefined : t(`staff.done.${done}`),
    others: others.map((other) => otherLine(desk, other, reader)),
    refusal,
    errors: errorsOf(error, sendAgain?.error),
    typedForm: outcome.typedAddress ? 'send-again' : video?.action ? 'video-link' : undefined,
    slipHref: url(paths.staffSlip, { id: booking.id }),
    outcome: outcomeSection(facts, reader),
    mails: mailsView(facts, words, reader),
    sendAgain,
    history: history.map((event) => eventView(event, words, reader)).reverse(),
  };
}

function errorsOf(videoLink: string | undefined, email: string | undefined) {
  const errors = [
    ...(videoLink === undefined ? [] : [{ href: '#videoLink', text: videoLink }]),
    ...(email === undefined ? [] : [{ href: '#email', text: email }]),
  ];
  return errors.length > 0 ? errors : undefined;
}

/** Returns the link of a video consultation, and the form for the booking's own link if the person may change it. */
function videoView(
  { desk, booking, history, staff, now }: Facts,
  typed: string | undefined,
  error: string | undefined,
) {
  const by = actorOf(staff);
  const asking = { by, now, timeZone: desk.hours.timeZone, last: lastStep(history) };
  const link = videoLinkOf(booking, desk);
  const mayChange = mayServeBooking(staff, booking) && possibleActions(booking, asking).has('video-link');
  return {
    link,
    isAdvisors: link !== null && booking.videoLink === null,
    typed: typed ?? booking.videoLink ?? '',
    error,
    action: mayChange ? url(paths.staffVideoLink, { id: booking.id }) : undefined,
  };
}

/** Returns the actions that the status allows and the role may do. The next step comes first, as the primary button. */
function actionsOf(facts: Facts, reader: Reader) {
  const { desk, booking, history, staff, now } = facts;
  const { t } = reader;
  if (!mayChangeBooking(staff, booking)) return null;
  const by = actorOf(staff);
  const { timeZone } = desk.hours;
  const possible = possibleActions(booking, { by, now, timeZone, last: lastStep(history) });
  const links = [
    { action: 'move' as const, path: paths.staffMove },
    { action: 'cancel' as const, path: paths.staffCancel },
  ].filter(({ action }) => possible.has(action));
  const buttons = [
    { action: 'check-in' as const, path: paths.staffCheckIn },
    { action: 'complete' as const, path: paths.staffComplete },
    { action: 'no-show' as const, path: paths.staffNoShow },
  ].filter(({ action }) => possible.has(action));
  const back = [
    { action: 'undo-check-in' as const, path: paths.staffUndoCheckIn },
    { action: 'reopen' as const, path: paths.staffReopen },
    { action: 'restore' as const, path: paths.staffRestore },
  ].find(({ action }) => possible.has(action));
  const text = (action: string) =>
    t(action === 'check-in' && booking.status === 'no_show' ? 'staff.action.undo-no-show' : `staff.action.${action}`);
  return {
    buttons: buttons.map(({ action, path }, i) => ({
      href: url(path, { id: booking.id }),
      text: text(action),
      primary: i === 0,
    })),
    /** The action that undoes the last step; there is at most one. */
    back: back && { href: url(back.path, { id: booking.id }), text: text(back.action) },
    /** What undoes the last move by staff: as a whole, or when it is too late for that, of this booking alone. */
    moveBack: possible.has('move') ? (undoMove(facts, reader) ?? moveBack(facts, reader)) : undefined,
    links: [
      ...links.map(({ action, path }) => ({ href: url(path, { id: booking.id }), text: text(action) })),
      ...(mayCancelFalseBookings(staff, desk.id) &&
      booking.source === 'web' &&
      now < booking.createdAt + ORIGINS_KEPT_MS
        ? [{ href: url(paths.staffFalseBookings, { id: booking.id }), text: text('same-network') }]
        : []),
    ],
  };
}

/**
 * Returns the fields of a form that moves the booking back to where it was before its last move. A key makes two
 * presses count once.
 */
function moveBack({ desk, booking: { id, version }, history }: Facts, reader: Reader) {
  const { type, by, from } = history.at(-1) ?? {};
  if (type !== 'moved' || by?.kind !== 'staff' || !from) return undefined;
  const { time, advisor } = wordsOf(desk, reader);
  const place = {
    when: `${time.shortDay(from.time.start)}, ${time.span(from.time)}`,
    advisor: advisor(from.advisorId),
  };
  const hidden = [
    { name: 'start', value: new Date(from.time.start).toISOString() },
    { name: 'advisor', value: from.advisorId },
    { name: 'key', value: `back from ${version}` },
  ];
  return { href: url(paths.staffMove, { id }), hidden, text: reader.t('staff.action.move-back', place) };
}

/** Returns the fields of the form that undoes what staff moved last, if this booking is still as it was then. */
function undoMove({ desk, booking, operation, now }: Facts, reader: Reader) {
  const line = operation?.lines.find(({ bookingId }) => bookingId === booking.id);
  if (!operation || !isUndoable(operation, now) || line?.version !== booking.version) return undefined;
  const until = wordsOf(desk, reader).time.time(undoUntil(operation));
  return {
    href: url(paths.staffUndoMove, { id: booking.id }),
    hidden: [{ name: 'operation', value: operation.id }],
    text: reader.t('staff.action.undo-move', { until }),
  };
}

/** Returns what happened to a booking, when and by whom. */
export function eventView({ type, at, by, reason, from }: BookingEvent, words: Words, { t }: Reader) {
  return {
    what: t(`staff.event.${type}`),
    at: words.time.dateAndTime(at),
    who: by.kind === 'staff' ? by.name : t(`staff.by.${by.kind}`),
    reason,
    // A reassignment has changed the advisor only, so the time is not named.
    from:
      from &&
      t(type === 'reassigned' ? 'staff.event.fromAdvisor' : 'staff.event.from', {
        when: `${words.time.shortDay(from.time.start)}, ${words.time.span(from.time)}`,
        advisor: words.advisor(from.advisorId),
      }),
  };
}
