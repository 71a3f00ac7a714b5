import type { Alternatives } from '../../../../app/slots/alternatives';
import type { FreeTimes } from '../../../../app/slots/freeTimes';
import type { Booking } from '../../../../domain/booking/booking';
import { TELL_WAYS } from '../../../../domain/booking/operation';
import type { LocalDate } from '../../../../domain/calendar/hours';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import type { SlotWithAdvisors } from '../../../../domain/slots/freeSlots';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { instantOrNull } from '../../../typedTime';
import type { BookingAtDesk } from '../../desk';
import { carried, type Fields, type FormError } from '../../forms';
import { timesView } from '../../timesView';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';
import type { Receivers } from './form';

interface Facts extends BookingAtDesk {
  readonly date: LocalDate;
  readonly receivers: Receivers;
  /** The advisor whose free times these are; undefined: any suitable one. */
  readonly advisorId: string | undefined;
  readonly found: FreeTimes;
  readonly now: Instant;
  /** Makes two presses of the button count once. */
  readonly key: string;
  /** The fields as they were sent. */
  readonly fields: Fields;
  readonly errors?: readonly FormError[] | undefined;
  /** Why the booking was not moved. */
  readonly refusal?: string | undefined;
  /** The chosen time is taken; these are the nearest free ones. */
  readonly alternatives?: Alternatives | undefined;
}

/** Returns the page on which a booking is moved: the free times of one day, and who will be told. */
export function moveView(facts: Facts, reader: Reader) {
  const { booking, desk, date, receivers, advisorId, found, now, key, fields, errors, refusal, alternatives } = facts;
  const elsewhere = found.slots.filter((slot) => !isHere(booking, slot));
  const hasMail = booking.client.email !== null;
  const wrong = (field: string) => errors?.find(({ href }) => href === field)?.text;
  return {
    ...bookingHead({ desk, booking }, reader),
    ...timesView(
      {
        desk,
        date,
        found: { ...found, slots: elsewhere },
        chosen: instantOrNull(fields.start),
        named: advisorId !== undefined,
        now,
        hrefOf: (day) => url(paths.staffMove, { id: booking.id }, { date: day, advisor: advisorId }),
        alternatives,
      },
      reader,
    ),
    title: reader.t('staff.move.title'),
    action: url(paths.staffMove, { id: booking.id }),
    date,
    people: [
      ...(receivers.any
        ? [{ value: '', text: reader.t('staff.times.anyone'), selected: advisorId === undefined }]
        : []),
      ...receivers.advisors.map(({ id, name }) => ({ value: id, text: name, selected: id === advisorId })),
    ],
    hidden: carried({ version: String(booking.version), key, date, advisor: advisorId ?? '' }, [
      'version',
      'key',
      'date',
      'advisor',
    ]),
    notice: noticeOf(booking, wordsOf(desk, reader), reader),
    reason: fields.reason,
    reasonError: wrong('#reason'),
    tells: TELL_WAYS.map((way) => ({
      value: way,
      text: reader.t(`staff.move.tell.${way}`),
      selected: (fields.tell ?? 'mail') === way,
    })),
    against: {
      time: fields.against,
      error: wrong('#against'),
      advisors: receivers.everybody.map(({ id, name }) => ({
        value: id,
        text: name,
        selected: id === (fields.againstAdvisor ?? booking.advisorId),
      })),
      isOpen: Boolean(fields.against),
    },
    tie:
      advisorId === undefined
        ? undefined
        : tieView({ booking, desk, advisorId, ticked: fields.tie === 'true' }, reader),
    typedForm: 'move',
    exchangeHref: url(paths.staffExchange, { id: booking.id }),
    hasMail,
    submit: reader.t(hasMail ? 'staff.move.submitMail' : 'staff.move.submit'),
    errors,
    refusal,
  };
}

/** Returns whether the booking will be tied to the named advisor. One that was tied stays so, perhaps to another. */
function tieView(
  { booking, desk, advisorId, ticked }: { booking: Booking; desk: Desk; advisorId: string; ticked: boolean },
  reader: Reader,
) {
  const names = { name: wordsOf(desk, reader).advisor(advisorId), client: booking.client.name };
  if (!booking.tied) return { label: reader.t('staff.move.tie', names), ticked, stays: undefined };
  const stays = reader.t(advisorId === booking.advisorId ? 'staff.move.tied' : 'staff.move.tiedAnew', names);
  return { label: undefined, ticked: undefined, stays };
}

/** Tells whether the slot is where the booking already is, with its advisor, so that it would not move. */
function isHere(booking: Booking, { time, advisors }: SlotWithAdvisors): boolean {
  return time.start === booking.time.start && advisors.some(({ id }) => id === booking.advisorId);
}
