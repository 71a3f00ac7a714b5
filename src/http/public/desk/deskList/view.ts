import type { FirstFree } from '../../../../app/slots/firstFree';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { inLanguage, type Text } from '../../../../domain/text';
import { concernsOf, type FoundTopic, isAtDesk, topicsFor } from '../../../../domain/topicSearch';
import { headlineOf } from '../../../../domain/wordableTexts';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { deskFrame } from '../../../pages/frame';
import { openView } from '../../../pages/hoursView';
import { nearWhen } from '../../../pages/nearWhen';
import { topicSearchView } from '../../../pages/topicSearch';
import { journeyUrl } from '../../journey/journey';
import { languageLabel } from '../../journey/journeyView';
import { asQuery, type FirstPageQuery } from './asked';
import { BOOKS_FOR, concernsView, rolesView } from './concerns';
import { whereView } from './where';

/** More are not read through; another word finds fewer. */
const MAX_FOUND_TOPICS = 20;
/** Of so many desks each is told of in a card, and what is free there first. */
export const MAX_CARDS = 12;

/** A desk with its first free start in each of its languages. */
interface DeskAndFree {
  readonly desk: Desk;
  readonly firstFree: readonly FirstFree[];
}

interface Given {
  readonly desks: readonly Desk[];
  /** Those of them for the place that was named. */
  readonly near: readonly Desk[];
  /** What is free first at those; empty: there are too many. */
  readonly free: readonly DeskAndFree[];
  readonly query: FirstPageQuery;
  readonly now: Instant;
}

/**
 * Returns the two questions that lead to a desk and a topic, the search over all topics, what was found, what is free
 * first, and the desks: of those that are called or placed as was typed, if there are any.
 */
export function deskListView({ desks, near, free, query, now }: Given, reader: Reader) {
  const { locale, t } = reader;
  const [first] = desks;
  const meant = near.filter((desk) => isAtDesk(desk, query.typed));
  const shown = inOrder(
    (meant.length > 0 ? meant : near).map((desk) => deskCard(desk, now, reader)),
    reader,
  );
  const { q: _, ...others } = asQuery({ ...query, about: undefined }, locale);
  const found = foundTopics(near, query);
  return {
    title: t('booking.deskList.title'),
    where: whereView(desks, query, reader),
    search: topicSearchView(
      paths.deskList,
      query.typed,
      Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    ),
    found: found && foundView(found, { query, isEmpty: meant.length === 0 }, reader),
    roles: rolesView(desks, query, reader),
    concerns: found ? [] : concernsView(near, query, reader),
    next: found ? [] : nextView(free, now, reader),
    desks: shown,
    folded: shown.length > MAX_CARDS ? t('booking.deskList.allDesks', { count: shown.length }) : undefined,
    // All desks belong to one organisation, so imprint and privacy notice of one apply to the list as well.
    aboutLinks: first && deskFrame(first, reader).aboutLinks,
  };
}

/** The topics that were looked for, by a word or by a sentence that several desks have; undefined: nothing was. */
function foundTopics(desks: readonly Desk[], { typed, about }: FirstPageQuery) {
  if (typed) return { topics: topicsFor(desks, typed) };
  const isMeant = ({ desk, topic }: FoundTopic) => `${desk.id}/${topic.id}` === about;
  const concern = concernsOf(desks).find(({ topics }) => topics.some(isMeant));
  return concern && { topics: concern.topics, sentence: concern.sentence };
}

/** Returns the topics that were found, each with the way to book it. `isEmpty`: no desk is called so either. */
function foundView(
  { topics, sentence }: { readonly topics: readonly FoundTopic[]; readonly sentence?: Text },
  { query, isEmpty }: { readonly query: FirstPageQuery; readonly isEmpty: boolean },
  { locale, t }: Reader,
) {
  const { typed, role } = query;
  const nothing = isEmpty && topics.length === 0;
  const forWhom = role && BOOKS_FOR[role];
  return {
    title: sentence ?? t(nothing ? 'booking.deskList.none' : 'booking.deskList.found', { typed }),
    topics: topics.slice(0, MAX_FOUND_TOPICS).map(({ desk, topic }) => ({
      name: topic.name,
      description: topic.description,
      href: journeyUrl('language', { locale, desk: desk.id }, { topic, forWhom }),
      desk: inLanguage(desk.name, locale),
      address: desk.address,
    })),
    isCut: topics.length > MAX_FOUND_TOPICS,
    allHref: url(paths.deskList, {}, asQuery({ ...query, typed: '', about: undefined }, locale)),
  };
}

/** Returns when something is free first in each language, over all these desks, soonest first. */
function nextView(free: readonly DeskAndFree[], now: Instant, reader: Reader) {
  const { locale } = reader;
  const starts = free.flatMap(({ desk, firstFree }) =>
    firstFree.flatMap(({ language, start }) => (start === null ? [] : [{ desk, language, start }])),
  );
  const soonest = starts.sort((a, b) => a.start - b.start);
  return soonest
    .filter(({ language }, i) => soonest.findIndex((other) => other.language === language) === i)
    .map(({ desk, language, start }) => ({
      language: languageLabel(language),
      isFree: true,
      when: nearWhen(start, { timeZone: desk.hours.timeZone, now }, reader),
      at: inLanguage(desk.name, locale),
      href: journeyUrl('topic', { locale, desk: desk.id }, { language }),
    }));
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
    headline: headlineOf(desk),
    // Several offices may have one name.
    address: desk.address,
    href: url(paths.start, { locale, desk: desk.id }),
    findHref: url(paths.findBooking, { locale, desk: desk.id }),
    open: open.text,
    isOpen: open.now,
  };
}
