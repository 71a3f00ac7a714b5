import type { Advisor, Desk, Reserve, Topic } from '../../domain/desk';
import { withAdvisor, withRooms, withTopic } from '../../domain/deskParts';
import type { IdempotencyKey, IdempotentAnswer } from '../idempotently';
import { assertAsSeen, type ChangeDeps, type ChangeRequest, changeDeskOnce, type DeskChange } from './changeDesk';

/** A part as a list has it. */
export interface ListedPart<T> {
  readonly part: T;
  /** The version that the list names; undefined: any, or none. */
  readonly seen: number | undefined;
}

interface ImportRequest extends ChangeRequest {
  readonly idempotency: IdempotencyKey | undefined;
}

type ImportTopics = (
  request: ImportRequest & { readonly topics: readonly ListedPart<Topic>[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the topics of a list, all or none. Those that it does not name stay as they are.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function importTopics(deps: ChangeDeps): ImportTopics {
  return ({ topics, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      const entries = await stores.desks.topics(before.id);
      for (const { part, seen } of topics)
        if (seen !== undefined)
          assertAsSeen(
            entries.find((entry) => entry.part.id === part.id),
            seen,
          );
      const after = topics.reduce((desk, { part }) => withTopic(desk, part), before);
      const save = async () => {
        for (const { part } of topics) await stores.desks.putTopic(before.id, of(after.topics, part.id), 'staff');
        return null;
      };
      return { ...asList(before), after, save };
    });
}

type ImportAdvisors = (
  request: ImportRequest & { readonly advisors: readonly ListedPart<Advisor>[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Enters and changes the advisors of a list, all or none. Those whom it does not name stay as they are.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`, `invalid`
 */
export function importAdvisors(deps: ChangeDeps): ImportAdvisors {
  return ({ advisors, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      const entries = await stores.desks.advisors(before.id);
      for (const { part, seen } of advisors)
        if (seen !== undefined)
          assertAsSeen(
            entries.find((entry) => entry.part.id === part.id),
            seen,
          );
      const after = advisors.reduce((desk, { part }) => withAdvisor(desk, part), before);
      const save = async () => {
        for (const { part } of advisors) await stores.desks.putAdvisor(before.id, part, 'staff');
        return null;
      };
      return { ...asList(before), after, save };
    });
}

type ImportReserves = (
  request: ImportRequest & { readonly reserves: readonly Reserve[] },
) => Promise<IdempotentAnswer<DeskChange>>;

/**
 * Replaces all reserves by those of a list; the capacities stay.
 *
 * @throws DomainError `not-found`, `forbidden`, `invalid`
 */
export function importReserves(deps: ChangeDeps): ImportReserves {
  return ({ reserves, ...request }) =>
    changeDeskOnce(deps, request, async (stores, before) => {
      const rooms = { reserves, capacities: before.capacities };
      const after = withRooms(before, rooms);
      return { ...asList(before), after, save: () => stores.desks.putRooms(before.id, rooms, 'staff') };
    });
}

function asList({ id }: Desk) {
  return { id, outcome: 'changed' as const, version: null };
}

function of<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  return all.find((each) => each.id === id) as T;
}
