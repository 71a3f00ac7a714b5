import type { Advisor, Capacities, Desk, Reserve, Topic } from './desk';
import { keepingQuestions } from './deskSuccession';
import { DomainError, type FieldError } from './errors';
import { lookupLanguage } from './language';
import { canTake } from './offering';
import { inOrderOf } from './order';
import type { Partner } from './partner';
import type { LanguageTag, Text } from './text';

/** The starts that a desk keeps, and how many consultations it has room for. */
export interface Rooms {
  readonly reserves: readonly Reserve[];
  readonly capacities: Capacities;
}

/**
 * Returns the desk with the topic instead of the one with its id, or as its last. Questions that the topic had before and
 * has no longer are retired.
 *
 * @throws DomainError `invalid` for partners that the desk does not have
 */
export function withTopic(desk: Desk, topic: Topic): Desk {
  const errors = unknownPartners(topic, desk).map(({ at, detail }) => ({ pointer: `/partners/${at}`, detail }));
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  const before = desk.topics.find(({ id }) => id === topic.id);
  return { ...desk, topics: put(desk.topics, keepingQuestions(topic, before?.questions ?? [])) };
}

/** Tells which of a topic's partners the desk does not have, by their place in its list. */
export function unknownPartners(
  topic: Pick<Topic, 'partners'>,
  desk: { readonly partners: readonly Pick<Partner, 'id'>[] },
): { readonly at: number; readonly detail: string }[] {
  const known = desk.partners.map(({ id }) => id);
  const detail = `expected a partner of this desk: ${known.join(', ')}`;
  return topic.partners.flatMap((id, at) => (known.includes(id) ? [] : [{ at, detail }]));
}

/** Returns the desk with the partner instead of the one with its id, or as its last. */
export function withPartner(desk: Desk, partner: Partner): Desk {
  return { ...desk, partners: put(desk.partners, partner) };
}

/**
 * Returns the desk with the advisor instead of the one with their id, or as its last.
 *
 * @throws DomainError `invalid` for topics that the desk does not have
 */
export function withAdvisor(desk: Desk, advisor: Advisor): Desk {
  const known = desk.topics.map(({ id }) => id);
  const errors = advisor.topics.flatMap((id, i): FieldError[] =>
    known.includes(id)
      ? []
      : [{ pointer: `/topics/${i}`, detail: `expected a topic of this desk: ${known.join(', ')}` }],
  );
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return { ...desk, advisors: put(desk.advisors, asSeen(advisor, desk.topics)) };
}

/**
 * Returns an advisor as the desk sees them: nobody covers a topic that is retired, and who has left covers nothing and
 * never works. All that is stored for the day on which the topic or the advisor comes back.
 */
export function asSeen(advisor: Advisor, topics: readonly Pick<Topic, 'id' | 'retired'>[]): Advisor {
  const retired = new Set(topics.flatMap((topic) => (topic.retired ? [topic.id] : [])));
  if (!advisor.retired) return { ...advisor, topics: advisor.topics.filter((id) => !retired.has(id)) };
  const { levels: _, modes: __, ...rest } = advisor;
  return { ...rest, languages: [], topics: [], workingRules: [] };
}

/** @throws DomainError `invalid` for a reserve of what no advisor can take */
export function withRooms(desk: Desk, { reserves, capacities }: Rooms): Desk {
  const errors = reserves.flatMap((reserve, i): FieldError[] => {
    const wrong = unusable(reserve, desk);
    return wrong ? [{ pointer: ['/reserves', i, ...wrong.path].join('/'), detail: wrong.message }] : [];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return { ...desk, reserves, capacities };
}

/** Says why no advisor could ever take what a reserve keeps; undefined: somebody can. */
export function unusable(
  { topicId, language }: Pick<Reserve, 'topicId' | 'language'>,
  { topics, advisors }: { topics: readonly Pick<Topic, 'id' | 'modes'>[]; advisors: readonly Covering[] },
): { readonly path: readonly ('topic' | 'language')[]; readonly message: string } | undefined {
  const known = topics.map(({ id }) => id);
  if (topicId !== null && !known.includes(topicId))
    return { path: ['topic'], message: `expected a topic of this desk: ${known.join(', ')}` };
  const mode = topics.find(({ id }) => id === topicId)?.modes ?? null;
  const covering = advisors.filter((advisor) => canTake(advisor, { topicId, language: null, mode }));
  const spoken = [...new Set(covering.flatMap(({ languages }) => languages))];
  if (spoken.length === 0) return { path: [], message: 'is kept for what no advisor can take' };
  if (language === null || lookupLanguage(spoken, language) !== undefined) return undefined;
  const message = `expected a language that somebody speaks who can take it: ${spoken.join(', ')}`;
  return { path: ['language'], message };
}

type Covering = Pick<Advisor, 'id' | 'topics' | 'languages' | 'modes'>;

function put<T extends { readonly id: string }>(all: readonly T[], entry: T): T[] {
  const isThere = all.some(({ id }) => id === entry.id);
  return isThere ? all.map((each) => (each.id === entry.id ? entry : each)) : [...all, entry];
}

/**
 * Returns the desk with its topics in the order in which they are named; those that are not named keep their places.
 *
 * @throws DomainError `invalid` for topics that the desk does not have, or that are named twice
 */
export function withTopicsInOrder(desk: Desk, topicIds: readonly string[]): Desk {
  const topics = topicIds.map((id) => desk.topics.find((topic) => topic.id === id));
  const known = desk.topics.map(({ id }) => id).join(', ');
  const errors = topicIds.flatMap((id, i): FieldError[] => {
    const detail = !topics[i]
      ? `expected a topic of this desk: ${known}`
      : topicIds.indexOf(id) < i
        ? 'is named twice'
        : null;
    return detail === null ? [] : [{ pointer: `/ids/${i}`, detail }];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return {
    ...desk,
    topics: inOrderOf(
      desk.topics,
      topics.flatMap((topic) => topic ?? []),
    ),
  };
}

/** The texts of a topic that clients read. */
const TOPIC_TEXTS = [
  'name',
  'description',
  'shortName',
  'sentence',
  'group',
  'bring',
  'haveReady',
  'neutralName',
] as const;

/** Returns which of a topic's texts are missing in a language, by the language; of a text that it has in none, nothing. */
export function missingTexts(topic: Topic, languages: readonly LanguageTag[]): Record<LanguageTag, string[]> {
  const texts: [string, Text | null][] = [
    ...TOPIC_TEXTS.map((field): [string, Text | null] => [field, topic[field]]),
    ...topic.questions
      .filter(({ retired }) => !retired)
      .flatMap(({ id, label, hint, choices }): [string, Text | null][] => [
        [`questions.${id}.label`, label],
        [`questions.${id}.hint`, hint],
        ...choices.map((choice): [string, Text] => [`questions.${id}.choices.${choice.id}`, choice.label]),
      ]),
    ...topic.phrases.map(({ id, text }): [string, Text] => [`phrases.${id}`, text]),
  ];
  return missingOf(texts, languages);
}

/** Returns the same of a partner. */
export function missingPartnerTexts(
  { name, description, hours, bring }: Partner,
  languages: readonly LanguageTag[],
): Record<LanguageTag, string[]> {
  return missingOf(Object.entries({ name, description, hours, bring }), languages);
}

function missingOf(
  texts: readonly (readonly [field: string, text: Text | null])[],
  languages: readonly LanguageTag[],
): Record<LanguageTag, string[]> {
  const missing = languages.map((language): [LanguageTag, string[]] => [
    language,
    texts.flatMap(([field, text]) => (text && text[language] === undefined ? [field] : [])),
  ]);
  return Object.fromEntries(missing.filter(([, fields]) => fields.length > 0));
}
