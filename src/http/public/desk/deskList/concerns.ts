import type { Desk } from '../../../../domain/desk';
import { inLanguage, type Text } from '../../../../domain/text';
import { type Concern, concernsOf } from '../../../../domain/topicSearch';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { inGroups } from '../../../pages/topicGroups';
import { type ForWhom, journeyUrl } from '../../journey/journey';
import { asQuery, type FirstPageQuery, ROLES } from './asked';

/** More sentences than these are folded, below the headings of their topics. */
const MAX_AT_A_GLANCE = 16;

/** Whom those book for who say who they are. */
export const BOOKS_FOR: Readonly<Record<(typeof ROLES)[number], ForWhom>> = {
  employer: 'others',
  relocation: 'others',
  family: 'family',
};

/** Returns the ways to say who one is, and to take that back; employers are asked for where a topic is for them. */
export function rolesView(desks: readonly Desk[], query: FirstPageQuery, { locale, t }: Reader) {
  const isForSome = concernsOf(desks).some(isForEmployers);
  return ROLES.filter((role) => isForSome || role === 'family').map((role) => {
    const isChosen = role === query.role;
    return {
      text: t(`booking.deskList.who.${role}`),
      isChosen,
      href: url(paths.deskList, {}, asQuery({ ...query, role: isChosen ? undefined : role }, locale)),
    };
  });
}

/**
 * Returns the question what it is about: sentences that lead to a topic, or to the desks that have it in common. Those
 * of employers come last, but first for who says that they are one.
 */
export function concernsView(desks: readonly Desk[], query: FirstPageQuery, reader: Reader) {
  const concerns = concernsOf(desks);
  const ofEmployers = concerns.filter(isForEmployers);
  const others = concerns.filter((concern) => !isForEmployers(concern));
  const lists: Record<(typeof ROLES)[number], Part[]> = {
    employer: [{ concerns: ofEmployers }, { title: reader.t('booking.deskList.ofEmployee'), concerns: others }],
    relocation: [{ concerns: ofEmployers }, { title: reader.t('booking.deskList.ofClient'), concerns: others }],
    family: [{ concerns: others }],
  };
  const parts = query.role ? lists[query.role] : [{ concerns: [...others, ...ofEmployers] }];
  return parts
    .flatMap((part): (Part & { isFolded: boolean })[] =>
      part.concerns.length > MAX_AT_A_GLANCE
        ? inGroups(part.concerns, ({ group }) => group, reader).map(({ title, items }) => ({
            title,
            concerns: items,
            isFolded: true,
          }))
        : [{ ...part, isFolded: false }],
    )
    .filter((part) => part.concerns.length > 0)
    .map(({ concerns: some, ...part }) => ({
      ...part,
      items: some.map((concern) => concernView(concern, query, reader)),
    }));
}

/** A part of the list, with its heading if it has one. */
interface Part {
  readonly title?: string | Text;
  readonly concerns: readonly Concern[];
}

function isForEmployers({ topics }: Concern): boolean {
  return topics.every(({ topic }) => topic.forEmployers);
}

function concernView({ sentence, topics }: Concern, query: FirstPageQuery, { locale, t }: Reader) {
  const [first, ...others] = topics;
  if (!first) throw new Error('a sentence without its topic');
  const { desk, topic } = first;
  const forWhom = query.role && BOOKS_FOR[query.role];
  if (others.length === 0)
    return {
      text: sentence,
      at: inLanguage(desk.name, locale),
      href: journeyUrl('language', { locale, desk: desk.id }, { topic, forWhom }),
    };
  const about = `${desk.id}/${topic.id}`;
  return {
    text: sentence,
    at: t('booking.deskList.atDesks', { count: topics.length }),
    href: url(paths.deskList, {}, asQuery({ ...query, about }, locale)),
  };
}
