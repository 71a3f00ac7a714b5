import { isDeepStrictEqual } from 'node:util';
import type { Question } from '../../domain/booking/questions';
import type { Advisor, Desk, Reserve, Topic } from '../../domain/desk';
import { withAdvisor, withPartner, withRooms, withTopic, withTopicsInOrder } from '../../domain/deskParts';
import { groupBy } from '../../domain/groupBy';
import { inOrderOf } from '../../domain/order';
import type { Partner } from '../../domain/partner';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import type { PartEntry } from '../ports/deskStore';
import { leaves } from './changeAdvisors';
import {
  assertAsSeen,
  type ChangeDeps,
  type ChangeRequest,
  changeDeskOnce,
  type DeskChange,
  type Seen,
} from './changeDesk';

/** A part as a list has it. */
export interface ListedPart<T> {
  readonly part: T;
  /** The version that the list names, or that was shown; null: it was new; undefined: any, or none. */
  readonly seen: Seen;
}

interface ImportRequest extends ChangeRequest {
  readonly idempotency: IdempotencyKey | undefined;
}

type ImportTopics = (
  request: ImportRequest & { readonly topics: readonly ListedPart<Topic>[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the topics of a list, all or none, and puts them into its order (`inOrderOf`). Those that it does
 * not name stay as they are.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`, `invalid`
 */
export function importTopics(deps: ChangeDeps): ImportTopics {
  return ({ topics, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      assertSeen(await stores.desks.topics(before.id), topics);
      const named = topics.map(({ part }) => part);
      const changed = named.reduce(withTopic, before);
      const order = inOrderOf(before.topics, named).map(({ id }) => id);
      const isOrdered = changed.topics.every(({ id }, i) => order[i] === id);
      const after = isOrdered ? changed : withTopicsInOrder(changed, order);
      const save = async () => {
        for (const { id } of named) await stores.desks.putTopic(before.id, of(after.topics, id), 'staff');
        if (!isOrdered) await stores.desks.putTopicOrder(before.id, order, 'staff');
        return null;
      };
      return { ...asList(before), after, save };
    });
}

/** A question as a list has it. */
export interface ListedQuestion {
  readonly topicId: string;
  readonly question: Question;
  /** The version of its topic that the list names, or that was shown; undefined: any. */
  readonly seen: number | undefined;
}

type ImportQuestions = (
  request: ImportRequest & { readonly questions: readonly ListedQuestion[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the questions of a list at their topics, all or none; one that is retired is asked no more. Those
 * that the list does not name stay as they are; the others stand among themselves in its order.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function importQuestions(deps: ChangeDeps): ImportQuestions {
  return ({ questions, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      const entries = await stores.desks.topics(before.id);
      for (const { topicId, seen } of questions)
        assertAsSeen(
          entries.find(({ part }) => part.id === topicId),
          seen,
        );
      const named = [...groupBy(questions, ({ topicId }) => topicId)];
      const changed = named.flatMap(([topicId, own]): Topic[] => {
        const topic = of(before.topics, topicId);
        const asked = inOrderOf(
          topic.questions,
          own.map(({ question }) => question),
        );
        return isDeepStrictEqual(asked, topic.questions) ? [] : [{ ...topic, questions: asked }];
      });
      const after = changed.reduce(withTopic, before);
      const save = async () => {
        for (const { id } of changed) await stores.desks.putTopic(before.id, of(after.topics, id), 'staff');
        return null;
      };
      return { ...asList(before), after, save };
    });
}

type ImportPartners = (
  request: ImportRequest & { readonly partners: readonly ListedPart<Partner>[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the partners of a list, all or none. Those that it does not name stay as they are.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function importPartners(deps: ChangeDeps): ImportPartners {
  return ({ partners, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      assertSeen(await stores.desks.partners(before.id), partners);
      const after = partners.reduce((desk, { part }) => withPartner(desk, part), before);
      const save = async () => {
        for (const { part } of partners) await stores.desks.putPartner(before.id, part, 'staff');
        return null;
      };
      return { ...asList(before), after, save };
    });
}

type ImportAdvisors = (
  request: ImportRequest & { readonly advisors: readonly ListedPart<Advisor>[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the advisors of a list, all or none. Those whom it does not name stay as they are. For each who leaves
 * a plan is proposed that hands over their bookings ahead.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`, `invalid`
 */
export function importAdvisors(deps: ChangeDeps): ImportAdvisors {
  return ({ advisors, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      assertSeen(await stores.desks.advisors(before.id), advisors);
      const after = advisors.reduce((desk, { part }) => withAdvisor(desk, part), before);
      const save = async () => {
        for (const { part } of advisors) await stores.desks.putAdvisor(before.id, part, 'staff');
        return null;
      };
      const leaverIds = advisors.flatMap(({ part }) => (leaves(part) ? [part.id] : []));
      return { ...asList(before), after, save, leaverIds };
    });
}

type ImportReserves = (
  request: ImportRequest & { readonly reserves: readonly Reserve[]; readonly seen?: number | undefined },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Replaces all reserves by those of a list; the capacities stay.
 *
 * @param seen the version that was shown; absent: any
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`, `invalid`
 */
export function importReserves(deps: ChangeDeps): ImportReserves {
  return ({ reserves, seen, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      assertAsSeen(await stores.desks.rooms(before.id), seen);
      const rooms = { reserves, capacities: before.capacities };
      const after = withRooms(before, rooms);
      return { ...asList(before), after, save: () => stores.desks.putRooms(before.id, rooms, 'staff') };
    });
}

/** @throws DomainError `version-moved-on` if a part is not the one that the list names */
function assertSeen<T extends { readonly id: string }>(
  entries: readonly PartEntry<T>[],
  listed: readonly ListedPart<T>[],
): void {
  for (const { part, seen } of listed)
    if (seen !== undefined)
      assertAsSeen(
        entries.find((entry) => entry.part.id === part.id),
        seen,
      );
}

function asList({ id }: Desk) {
  return { id, outcome: 'changed' as const, version: null };
}

function of<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  return all.find((each) => each.id === id) as T;
}
