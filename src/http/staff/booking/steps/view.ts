import { assetUrl, paths, url } from '../../../../paths';
import {
  type ClientLocale,
  clientLocaleFor,
  HOUSE_LOCALE,
  type Reader,
  type Texts,
} from '../../../../presentation/texts';
import { agreedSheet } from '../../../pages/agreedView';
import type { BookingAtDesk } from '../../desk';

interface Facts extends BookingAtDesk {
  readonly done: string | undefined;
  /** Those of all languages. */
  readonly texts: Texts;
  readonly baseUrl: string;
}

/** Returns the sheet in both languages, with the way to the follow-up if one is needed. */
export function stepsView({ booking, desk, done, texts, baseUrl }: Facts, { t }: Reader) {
  const locales = [...new Set<ClientLocale>([clientLocaleFor(booking.client.language), HOUSE_LOCALE])];
  const { id, outcome } = booking;
  return {
    title: t('outcome.sheet'),
    done: done === 'outcome' ? t('staff.done.outcome') : undefined,
    none: outcome === null ? t('outcome.none') : undefined,
    bookingHref: url(paths.staffBooking, { id }),
    followUpHref: outcome?.kind === 'follow_up_needed' ? url(paths.staffFollowUp, { id }) : undefined,
    sheets: outcome
      ? locales.map((locale) => agreedSheet({ booking, desk, baseUrl }, { locale, t: texts.in('client', locale) }))
      : [],
    scripts: [{ src: assetUrl('staffPrint.js'), module: true }],
  };
}
