import type { Booking } from '../../../../domain/booking/booking';
import { INTERPRETER_KINDS, lapsesAt } from '../../../../domain/booking/interpreting';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { mayServeBooking } from '../../../../domain/staff/rights';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { wordsOf } from '../../words';

interface Facts {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** Returns who interprets, and while nobody does, the form to say who; undefined: nobody has to. */
export function interpretingView({ booking, desk, staff, now }: Facts, reader: Reader) {
  const { interpreting } = booking;
  const { t } = reader;
  const words = wordsOf(desk, reader);
  if (!interpreting) return undefined;
  const isOpen = booking.status === 'requested' && mayServeBooking(staff, booking);
  const { kind, name, language } = interpreting;
  return {
    text:
      kind === null
        ? t('staff.interpreter.wanted', { language: words.language(language) })
        : t(`staff.interpreter.${kind}`, { language: words.language(language), name: name ?? '' }),
    ...(isOpen && {
      until: words.time.dateAndTime(lapsesAt(booking.time.start, desk)),
      isLate: lapsesAt(booking.time.start, desk) <= now,
      action: url(paths.staffInterpreter, { id: booking.id }),
      kinds: INTERPRETER_KINDS.map((each, i) => ({
        id: `interpreter-${i + 1}`,
        value: each,
        text: t(`staff.interpreter.kind.${each}`),
        checked: i === 0,
      })),
      declineHref: url(paths.staffCancel, { id: booking.id }),
    }),
  };
}
