import { toBring } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { assetUrl, paths, url } from '../../../../paths';
import { reachOf } from '../../../../presentation/reach';
import { clientLocaleFor, type Reader, type Texts } from '../../../../presentation/texts';
import { direction } from '../../../middleware/locale';
import type { BookingAtDesk } from '../../desk';
import { carried } from '../../forms';
import { wordsOf } from '../../words';

interface Slip extends BookingAtDesk {
  /** Whether it was booked just now. */
  readonly isNew: boolean;
  /** The client's manage link, if it was asked for. */
  readonly manageUrl?: string;
  /** The key of the form that asks for the link; null: the person may not, or has it already. */
  readonly linkKey: string | null;
}

/**
 * Returns the sheet for the client in their language: what, when, where, what to bring, and the reference in large
 * letters.
 *
 * @param texts those of all languages, because the sheet is in the client's
 */
export function slipView({ booking, desk, isNew, manageUrl, linkKey }: Slip, reader: Reader, texts: Texts) {
  const locale = clientLocaleFor(booking.client.language);
  const t = texts.in('client', locale);
  const words = wordsOf(desk, { locale, t });
  const { email } = reachOf(booking.client);
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  const row = (key: string, value: string | null) =>
    value === null ? [] : [{ label: t(`booking.slip.${key}`), value }];
  return {
    title: reader.t(isNew ? 'staff.slip.booked' : 'staff.slip.title'),
    isNew,
    reference: booking.reference,
    notice:
      email &&
      reader.t('staff.slip.mailed', {
        email,
        language: wordsOf(desk, reader).mailLanguage(booking),
      }),
    bookingHref: url(paths.staffBooking, { id: booking.id }),
    againHref: url(paths.staffNewBooking, { desk: desk.id }),
    slip: {
      lang: locale,
      dir: direction(locale),
      desk: inLanguage(desk.name, locale),
      heading: t('booking.slip.heading'),
      rows: [
        ...row(
          'when',
          `${words.time.date(booking.time.start)}, ${words.time.span(booking.time)} (${words.time.zoneShort(booking.time.start)})`,
        ),
        ...row('name', booking.client.name),
        ...row('topic', words.topic(booking.topicId)),
        ...row('language', words.language(booking.language)),
        ...row('mode', t(`booking.slip.modeName.${booking.mode}`)),
        ...row('where', booking.mode === 'in_person' ? desk.address : null),
        ...row('advisor', booking.tied ? words.advisor(booking.advisorId) : null),
        ...words.answers('client', booking).map(({ key: label, value }) => ({ label, value })),
      ],
      referenceLabel: t('booking.slip.reference'),
      bringLabel: t('booking.slip.bring'),
      bring: topic ? toBring(topic, booking.mode, locale) : [],
      linkLabel: t('booking.slip.link'),
      link: manageUrl,
      change: t('booking.slip.change', { phone: desk.phone, email: desk.email }),
    },
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
