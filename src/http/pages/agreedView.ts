import type { Booking } from '../../domain/booking/booking';
import { type NextStep, stepIn } from '../../domain/booking/outcome';
import type { Desk } from '../../domain/desk';
import { inLanguage, withoutVariant } from '../../domain/text';
import { absolute } from '../../paths';
import { printed } from '../../presentation/deskText';
import { direction } from '../../presentation/direction';
import { dayName, deskTime, languageName } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';
import { topicOf } from './bookingRows';
import { partnerView } from './partnersView';

interface Agreed {
  readonly booking: Booking;
  readonly desk: Desk;
}

/**
 * Returns what was agreed on in a consultation as its client reads it, for `partials/agreed`; undefined: nothing. Words
 * in another language than the page's say in which they are.
 */
export function agreedView({ booking, desk }: Agreed, reader: Reader) {
  const { t } = reader;
  const { outcome } = booking;
  const partner = desk.partners.find(({ id }) => id === outcome?.referral?.partnerId);
  const steps = (outcome?.nextSteps ?? []).map((step) => stepView(step, reader));
  if (steps.length === 0 && !partner) return undefined;
  return {
    title: t('booking.agreed.title'),
    stepsTitle: t('mail.label.nextSteps'),
    steps,
    partnerTitle: t('mail.label.goOnTo'),
    partner: partner && partnerView(partner, reader),
  };
}

function stepView(step: NextStep, { locale, t }: Reader) {
  const { text, language } = stepIn(step, locale);
  const isOther = withoutVariant(language) !== withoutVariant(locale);
  return {
    text,
    lang: language,
    dir: direction(language),
    language: isOther ? languageName(locale, language) : undefined,
    due: step.due === null ? undefined : t('booking.agreed.until', { day: dayName(locale, step.due) }),
  };
}

/** Returns the sheet of paper with what was agreed on, for `partials/agreedSheet`, in the reader's language. */
export function agreedSheet({ booking, desk, baseUrl }: Agreed & { readonly baseUrl: string }, reader: Reader) {
  const { locale, t } = reader;
  const at = deskTime(locale, desk.hours.timeZone);
  const agreed = agreedView({ booking, desk }, reader);
  return {
    lang: locale,
    dir: direction(locale),
    id: `agreed-${locale}`,
    desk: inLanguage(desk.name, locale),
    heading: t('booking.agreed.title'),
    rows: [
      { label: t('booking.slip.name'), value: booking.client.name },
      { label: t('booking.slip.when'), value: at.date(booking.time.start) },
      { label: t('booking.slip.topic'), value: printed(topicOf(booking, desk).name, locale) },
    ],
    agreed: agreed && { ...agreed, partner: agreed.partner && onPaper(agreed.partner, baseUrl) },
    told: booking.outcome?.referral ? t('booking.agreed.told') : undefined,
    contact: t('booking.agreed.contact', { phone: desk.phone, email: desk.email }),
  };
}

/** A link on paper is its address. */
function onPaper({ rows, ...partner }: ReturnType<typeof partnerView>, baseUrl: string) {
  const addressOf = (href: string) => (href.startsWith('/') ? absolute(baseUrl, href) : href);
  return {
    ...partner,
    rows: rows.map(({ href, ...row }) =>
      href === undefined || /^(tel|mailto):/.test(href) ? row : { ...row, value: addressOf(href), dir: 'ltr' as const },
    ),
  };
}
