import type { Response } from 'express';
import type { Alternatives } from '../../../../app/slots/alternatives';
import { freeTimes } from '../../../../app/slots/freeTimes';
import { queryToMove } from '../../../../app/slots/slotQuery';
import type { Booking } from '../../../../domain/booking/booking';
import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate } from '../../../../domain/calendar/zone';
import { canTake, type Desk } from '../../../../domain/desk';
import type { SlotWithAdvisors } from '../../../../domain/slots/freeSlots';
import { mayBookFor } from '../../../../domain/staff/rights';
import { assetUrl, paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { dateOrNull, instantOrNull } from '../../../typedTime';
import { signedIn } from '../../desk';
import { carried, type Fields, type FormError, reasonError } from '../../forms';
import { timesView } from '../../timesView';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'ids' | 'turn'>;

/** What the page shows: the fields as they were sent, and what is wrong with them. */
interface MovePage {
  readonly booking: Booking;
  readonly desk: Desk;
  readonly fields: Fields;
  readonly status?: number;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
  readonly alternatives?: Alternatives | undefined;
}

/** Shows the page on which a booking is moved. */
export async function showMove(deps: Deps, res: Response, page: MovePage): Promise<void> {
  const { booking, desk, fields, status = 200, errors, refusal, alternatives } = page;
  const reader = res.locals;
  const date = dateOf(fields.date, page, deps.now());
  const people = peopleFor(res, { booking, desk });
  // The requested advisor, if possible; otherwise the first choice: any, or for a booking tied to a person, that
  // person.
  const advisor = people.find(({ value }) => value === fields.advisor)?.value ?? people[0]?.value ?? '';
  const found = await freeTimes(deps, {
    desk,
    query: queryToMove(booking, advisor || undefined),
    date,
    except: booking.id,
  });
  const elsewhere = found.slots.filter((slot) => !isHere(booking, slot));
  const hrefOf = (day: LocalDate) =>
    url(paths.staffMove, { id: booking.id }, { date: day, advisor: advisor || undefined });
  const hasMail = booking.client.email !== null;

  res.status(status).render('pages/staff/booking/move', {
    ...bookingHead({ desk, booking }, reader),
    ...timesView(
      {
        desk,
        date,
        found: { ...found, slots: elsewhere },
        chosen: instantOrNull(fields.start),
        named: advisor !== '',
        now: deps.now(),
        hrefOf,
        alternatives,
      },
      reader,
    ),
    title: reader.t('staff.move.title'),
    action: url(paths.staffMove, { id: booking.id }),
    date,
    people: people.map((each) => ({ ...each, selected: each.value === advisor })),
    hidden: carried({ version: String(booking.version), key: deps.ids.uuid(), date, advisor }, [
      'version',
      'key',
      'date',
      'advisor',
    ]),
    notice: noticeOf(booking, wordsOf(desk, reader), reader),
    reason: fields.reason,
    reasonError: reasonError(fields.reason, reader),
    tie: tieView({ booking, advisor, ticked: fields.tie === 'true' }, { desk, reader }),
    typedForm: 'move',
    exchangeHref: url(paths.staffExchange, { id: booking.id }),
    hasMail,
    submit: reader.t(hasMail ? 'staff.move.submitMail' : 'staff.move.submit'),
    errors,
    refusal,
    styles: [assetUrl('staff.css')],
  });
}

/** Returns whether the booking will be tied to the named advisor; undefined: no advisor is named. */
function tieView(
  { booking, advisor, ticked }: { booking: Booking; advisor: string; ticked: boolean },
  { desk, reader }: { desk: Desk; reader: Reader },
) {
  if (advisor === '') return undefined;
  const names = { name: wordsOf(desk, reader).advisor(advisor), client: booking.client.name };
  if (!booking.tied) return { label: reader.t('staff.move.tie', names), ticked };
  // A booking that was tied stays tied, possibly to another advisor.
  return { stays: reader.t(advisor === booking.advisorId ? 'staff.move.tied' : 'staff.move.tiedAnew', names) };
}

/** Returns the day to search: the requested one, otherwise the booking's own, or today if that is over. */
function dateOf(asked: string | undefined, { booking, desk }: MovePage, now: Instant): LocalDate {
  const zone = desk.hours.timeZone;
  return dateOrNull(asked) ?? localDate(Math.max(now, booking.time.start), zone);
}

/**
 * Returns the advisors that the booking can go to; '' stands for any suitable one. An advisor moves bookings only
 * within their own calendar.
 */
function peopleFor(res: Response, { booking, desk }: { booking: Booking; desk: Desk }) {
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const suitable = desk.advisors.filter(
    (each) =>
      topic && canTake(each, { topicId: topic.id, language: booking.language }) && mayMoveTo(res, booking, each.id),
  );
  const named = suitable.map(({ id, name }) => ({ value: id, text: name }));
  const own = named.filter(({ value }) => value === booking.advisorId);
  const others = named.filter(({ value }) => value !== booking.advisorId);
  const any = !booking.tied && mayMoveTo(res, booking, undefined);
  return [...(any ? [{ value: '', text: res.locals.t('staff.times.anyone') }] : []), ...own, ...others];
}

/** Tells whether the person may give the booking to that advisor; undefined stands for any suitable one. */
function mayMoveTo(res: Response, booking: Booking, advisorId: string | undefined): boolean {
  return mayBookFor(signedIn(res), booking.deskId, advisorId ?? null);
}

/** Tells whether the slot is where the booking already is, with its advisor, so that it would not move. */
function isHere(booking: Booking, { time, advisors }: SlotWithAdvisors): boolean {
  return time.start === booking.time.start && advisors.some(({ id }) => id === booking.advisorId);
}
