import type { Question } from '../../domain/booking/questions';
import type { Desk, Topic } from '../../domain/desk';
import { withTopic, withTopicsInOrder } from '../../domain/deskParts';
import { DomainError } from '../../domain/errors';
import {
  assertAsSeen,
  type ChangeDeps,
  type ChangeRequest,
  changeDesk,
  type DeskChange,
  entryAsSeen,
  type Seen,
} from './changeDesk';

type ChangeTopic = (request: ChangeRequest & { readonly topic: Topic; readonly seen: Seen }) => Promise<DeskChange>;

/**
 * Enters a topic, or changes the one with its id; a retired one is brought back unless the request retires it. Questions
 * that it has no longer are asked no more, and stay for the answers that were given to them.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for partners that the desk does not have
 */
export function changeTopic(deps: ChangeDeps): ChangeTopic {
  return ({ topic, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entry = (await stores.desks.topics(before.id)).find(({ part }) => part.id === topic.id);
      assertAsSeen(entry, seen);
      // Partners that are told no more cannot be chosen, and come back with the topics that named them.
      const kept = (entry?.part.partners ?? []).filter((id) => isToldNoMore(before, id));
      const changed = { ...topic, partners: [...new Set([...topic.partners, ...kept])] };
      const after = withTopic(before, changed);
      return {
        id: topic.id,
        outcome: topic.retired ? 'retired' : entry ? 'changed' : 'entered',
        version: entry?.version ?? null,
        after,
        save: () => stores.desks.putTopic(before.id, topicOf(after, topic.id), 'staff'),
      };
    });
}

type ChangeTopicOrder = (
  request: ChangeRequest & { readonly topicIds: readonly string[]; readonly seen: Seen },
) => Promise<DeskChange>;

/**
 * Puts the desk's topics into the order in which they are named, which is the order in which clients and staff see them.
 * Those that are not named keep their places.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for topics that the desk does not have
 */
export function changeTopicOrder(deps: ChangeDeps): ChangeTopicOrder {
  return ({ topicIds, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entry = await stores.desks.topicOrder(before.id);
      assertAsSeen(entry, seen);
      const after = withTopicsInOrder(before, topicIds);
      const order = after.topics.map(({ id }) => id);
      const save = () => stores.desks.putTopicOrder(before.id, order, 'staff');
      return { id: before.id, outcome: 'changed', version: entry.version, after, save };
    });
}

type RemoveTopic = (request: ChangeRequest & { readonly id: string; readonly seen: Seen }) => Promise<DeskChange>;

/**
 * Deletes a topic that nothing refers to, and retires any other.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function removeTopic(deps: ChangeDeps): RemoveTopic {
  return ({ id, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const { part, version } = entryAsSeen(await stores.desks.topics(before.id), id, seen);
      const retired = withTopic(before, { ...part, retired: true });
      const told = { id, version };
      if (await stores.desks.isInUse(before.id, { topicId: id })) {
        const save = () => stores.desks.putTopic(before.id, topicOf(retired, id), 'staff');
        return { ...told, outcome: 'retired', after: retired, save };
      }
      const after = { ...retired, topics: retired.topics.filter((topic) => topic.id !== id) };
      const save = async () => {
        await stores.desks.removePart(before.id, { topicId: id });
        return null;
      };
      return { ...told, outcome: 'deleted', after, save };
    });
}

type ChangeQuestions = (
  request: ChangeRequest & {
    /** The questions of each topic, in their order; a topic that is left out has none. */
    readonly questions: ReadonlyMap<string, readonly Question[]>;
    /** The version of each topic that the caller has seen; undefined: any. */
    readonly seen: ReadonlyMap<string, number> | undefined;
  },
) => Promise<DeskChange>;

/**
 * Replaces the questions of all topics on offer.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for a topic that is not on offer
 */
export function changeQuestions(deps: ChangeDeps): ChangeQuestions {
  return ({ questions, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entries = (await stores.desks.topics(before.id)).filter(({ part }) => !part.retired);
      const isSeen = !seen || (seen.size === entries.length && entries.every((e) => seen.get(e.part.id) === e.version));
      if (!isSeen) throw new DomainError('version-moved-on');
      const changed = entries
        .map(({ part }) => ({ ...part, questions: questions.get(part.id) ?? [] }))
        .filter((topic) => isAskedOtherwise(topic, before));
      const after = changed.reduce(withTopic, before);
      const save = async () => {
        for (const { id } of changed) await stores.desks.putTopic(before.id, topicOf(after, id), 'staff');
        return null;
      };
      return { id: before.id, outcome: 'changed', version: null, after, save };
    });
}

function isAskedOtherwise({ id, questions }: Topic, before: Desk): boolean {
  const asked = topicOf(before, id).questions.filter(({ retired }) => !retired);
  return JSON.stringify(asked) !== JSON.stringify(questions);
}

function isToldNoMore({ partners }: Desk, partnerId: string): boolean {
  return partners.some(({ id, retired }) => id === partnerId && retired);
}

function topicOf({ topics }: Desk, id: string): Topic {
  const topic = topics.find((each) => each.id === id);
  if (!topic) throw new DomainError('not-found');
  return topic;
}
