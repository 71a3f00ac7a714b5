import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { deskFrame } from '../../../pages/frame';
import { openView } from '../../../pages/hoursView';

/** Returns a card for each desk, and the legal pages of the first. */
export function deskListView(
  { desks, now }: { readonly desks: readonly Desk[]; readonly now: Instant },
  reader: Reader,
) {
  const [first] = desks;
  return {
    title: reader.t('booking.deskList.title'),
    desks: desks.map((desk) => deskCard(desk, now, reader)),
    // All desks belong to one organisation, so imprint and privacy notice of one apply to the list as well.
    aboutLinks: first && deskFrame(first, reader).aboutLinks,
  };
}

function deskCard(desk: Desk, now: Instant, reader: Reader) {
  const { locale } = reader;
  const open = openView(desk, now, reader);
  return {
    name: inLanguage(desk.name, locale),
    headline: desk.headline,
    href: url(paths.start, { locale, desk: desk.id }),
    findHref: url(paths.findBooking, { locale, desk: desk.id }),
    open: open.text,
    isOpen: open.now,
  };
}
