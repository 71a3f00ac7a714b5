import { localTime } from '../../../../domain/calendar/zone';
import { assetUrl, paths, url } from '../../../../paths';
import { direction } from '../../../../presentation/direction';
import { reachOf } from '../../../../presentation/reach';
import {
  type ClientLocale,
  clientLocaleFor,
  HOUSE_LOCALE,
  type Reader,
  type Texts,
} from '../../../../presentation/texts';
import { sheetView } from '../../../pages/sheet';
import type { BookingAtDesk } from '../../desk';
import { carried } from '../../forms';
import { wordsOf } from '../../words';

interface Slip extends BookingAtDesk {
  /** Whether it was booked just now. */
  readonly isNew: boolean;
  /** The client's manage link, if it was asked for. */
  readonly manageUrl?: string | undefined;
  /** The key of the form that asks for the link; null: the person may not, or has it already. */
  readonly linkKey: string | null;
}

/**
 * Returns what is read out after booking, and the sheet for the client: what, when, where, what to bring, and the
 * reference in large letters. Both are in the client's language and in German, because others here may read it to them.
 *
 * @param texts those of all languages
 */
export function slipView({ booking, desk, isNew, manageUrl, linkKey }: Slip, reader: Reader, texts: Texts) {
  const { email } = reachOf(booking.client);
  const locales = [...new Set<ClientLocale>([clientLocaleFor(booking.client.language), HOUSE_LOCALE])];
  const readers = locales.map((locale) => ({ locale, t: texts.in('client', locale) }));
  return {
    title: reader.t(isNew ? 'staff.slip.booked' : 'staff.slip.title'),
    isNew,
    reference: booking.reference,
    readOut: isNew ? readers.map((client) => readOutView({ booking, desk }, client)) : [],
    notice:
      email &&
      reader.t('staff.slip.mailed', {
        email,
        language: wordsOf(desk, reader).mailLanguage(booking),
      }),
    bookingHref: url(paths.staffBooking, { id: booking.id }),
    againHref: url(paths.staffNewBooking, { desk: desk.id }),
    sheets: readers.map((client) => sheetView({ booking, desk, manageUrl }, client)),
    linkForm:
      linkKey === null
        ? undefined
        : {
            action: url(paths.staffSlip, { id: booking.id }),
            hidden: carried({ key: linkKey }, ['key']),
          },
    scripts: [{ src: assetUrl('staffPrint.js'), module: true }],
  };
}

/** Returns when it is and the reference letter by letter, as it is said on the phone. */
function readOutView({ booking: { time, reference }, desk }: BookingAtDesk, { locale, t }: Reader) {
  const [hour = '', minute = ''] = localTime(time.start, desk.hours.timeZone).split(':');
  const day = wordsOf(desk, { locale, t }).time.day(time.start);
  const key = minute === '00' ? 'booking.slip.spokenHour' : 'booking.slip.spokenTime';
  return {
    lang: locale,
    dir: direction(locale),
    when: t(key, { day, hour: Number(hour), minute }),
    groups: reference.split('-').map((group) => [...group].map((letter) => spelled(letter, t)).join(', ')),
  };
}

/** Returns "K wie Kaufmann" (DIN 5009 in the words that most people know), "K as in Kilo" (ICAO); a digit is itself. */
function spelled(letter: string, t: Reader['t']): string {
  return /\d/.test(letter) ? letter : t('booking.slip.letter', { letter, word: t(`booking.slip.alphabet.${letter}`) });
}
