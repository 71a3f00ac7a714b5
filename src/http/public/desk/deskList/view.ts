import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { type FoundTopic, isAtDesk, topicsFor } from '../../../../domain/topicSearch';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { deskFrame } from '../../../pages/frame';
import { openView } from '../../../pages/hoursView';
import { topicSearchView } from '../../../pages/topicSearch';
import { journeyUrl } from '../../journey/journey';

/** More are not read through; another word finds fewer. */
const MAX_FOUND_TOPICS = 20;

interface Given {
  readonly desks: readonly Desk[];
  /** What a client looks for; empty: nothing yet. */
  readonly typed: string;
  readonly now: Instant;
}

/**
 * Returns the search over the topics of all desks, what it found, and a card for each desk: of those that are called or
 * placed as was typed, if there are any.
 */
export function deskListView({ desks, typed, now }: Given, reader: Reader) {
  const [first] = desks;
  const meant = desks.filter((desk) => isAtDesk(desk, typed));
  return {
    title: reader.t('booking.deskList.title'),
    search: topicSearchView(paths.deskList, typed, [{ name: 'lang', value: reader.locale }]),
    found: typed ? foundView(topicsFor(desks, typed), { typed, isEmpty: meant.length === 0 }, reader) : undefined,
    desks: inOrder(
      (meant.length > 0 ? meant : desks).map((desk) => deskCard(desk, now, reader)),
      reader,
    ),
    // All desks belong to one organisation, so imprint and privacy notice of one apply to the list as well.
    aboutLinks: first && deskFrame(first, reader).aboutLinks,
  };
}

/** Returns the topics that were found, each with the way to book it. `isEmpty`: no desk is called so either. */
function foundView(
  topics: readonly FoundTopic[],
  { typed, isEmpty }: { readonly typed: string; readonly isEmpty: boolean },
  { locale, t }: Reader,
) {
  const nothing = isEmpty && topics.length === 0;
  return {
    title: t(nothing ? 'booking.deskList.none' : 'booking.deskList.found', { typed }),
    topics: topics.slice(0, MAX_FOUND_TOPICS).map(({ desk, topic }) => ({
      name: topic.name,
      description: topic.description,
      href: journeyUrl('language', { locale, desk: desk.id }, { topic }),
      desk: inLanguage(desk.name, locale),
      address: desk.address,
    })),
    isCut: topics.length > MAX_FOUND_TOPICS,
    allHref: url(paths.deskList, {}, { lang: locale }),
  };
}

/** Sorts cards as the reader looks for a name; offices of one name are in the order of their places. */
function inOrder<Card extends { readonly name: string; readonly address: string }>(cards: Card[], { locale }: Reader) {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return cards.sort((a, b) => compare(a.name, b.name) || compare(a.address, b.address));
}

function deskCard(desk: Desk, now: Instant, reader: Reader) {
  const { locale } = reader;
  const open = openView(desk, now, reader);
  return {
    name: inLanguage(desk.name, locale),
    headline: desk.headline,
    // Several offices may have one name.
    address: desk.address,
    href: url(paths.start, { locale, desk: desk.id }),
    findHref: url(paths.findBooking, { locale, desk: desk.id }),
    open: open.text,
    isOpen: open.now,
  };
}
