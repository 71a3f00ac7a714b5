import type { Desk, Topic } from '../../domain/desk';
import { type Partner, partnersOf } from '../../domain/partner';
import { phoneHref } from '../../fields/phone';
import { paths, url } from '../../paths';
import { linesIn, type Printable, printed } from '../../presentation/deskText';
import type { Reader } from '../../presentation/texts';

/** A row of `partials/summaryList`. */
interface Row {
  readonly key: string;
  readonly value?: Printable;
  readonly lines?: readonly Printable[];
  readonly href?: string;
  readonly dir?: 'auto' | 'ltr';
}

/** Returns who else helps with a topic, for `partials/partners`; undefined: nobody is named. */
export function partnersView(desk: Pick<Desk, 'partners'>, topic: Pick<Topic, 'partners'>, reader: Reader) {
  const partners = partnersOf(desk, topic).map((partner) => partnerView(partner, reader));
  return partners.length > 0 ? { title: reader.t('booking.partners.title'), partners } : undefined;
}

/** Returns a partner as clients read it, for `partials/partner`. */
export function partnerView(partner: Partner, { locale, t }: Reader) {
  const { address, phone, email, website, hours, bring, bookingUrl, bookingDesk } = partner;
  const bookingHref = bookingDesk === null ? bookingUrl : url(paths.start, { locale, desk: bookingDesk });
  const rows: (Row | false)[] = [
    address !== null && { key: t('booking.start.address'), value: address, dir: 'auto' },
    phone !== null && { key: t('booking.start.phone'), value: phone, href: phoneHref(phone), dir: 'ltr' },
    email !== null && { key: t('booking.start.email'), value: email, href: `mailto:${email}`, dir: 'ltr' },
    website !== null && { key: t('booking.partners.website'), value: hostOf(website), href: website, dir: 'ltr' },
    hours !== null && { key: t('booking.partners.hours'), lines: linesIn(hours, locale) },
    bring !== null && { key: t('booking.partners.bring'), lines: linesIn(bring, locale) },
    bookingHref !== null && {
      ...{ key: t('booking.partners.appointment'), value: t('booking.partners.book'), href: bookingHref },
    },
  ];
  return {
    name: printed(partner.name, locale),
    description: printed(partner.description, locale),
    rows: rows.filter((row): row is Row => row !== false),
  };
}

/** The name of the website, which tells whose it is. */
function hostOf(website: string): string {
  return new URL(website).host.replace(/^www\./, '');
}
