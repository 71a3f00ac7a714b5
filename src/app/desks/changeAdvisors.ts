import type { Advisor, Desk } from '../../domain/desk';
import { withAdvisor } from '../../domain/deskParts';
import {
  assertAsSeen,
  type ChangeDeps,
  type ChangeRequest,
  changeDesk,
  type DeskChange,
  entryAsSeen,
  type Seen,
} from './changeDesk';

type ChangeAdvisor = (
  request: ChangeRequest & { readonly advisor: Advisor; readonly seen: Seen },
) => Promise<DeskChange>;

/**
 * Enters an advisor, or changes the one with this id; who had left comes back unless the request says that they leave. The
 * bookings ahead of who leaves are handed over by a plan, which is proposed with the change and carried out later.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for topics that the desk does not have
 */
export function changeAdvisor(deps: ChangeDeps): ChangeAdvisor {
  return ({ advisor, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entry = (await stores.desks.advisors(before.id)).find(({ part }) => part.id === advisor.id);
      assertAsSeen(entry, seen);
      // Topics that are not offered any more cannot be chosen, and come back with who covered them.
      const kept = (entry?.part.topics ?? []).filter((id) => isRetired(before, id) && !advisor.topics.includes(id));
      const changed = { ...advisor, topics: [...advisor.topics, ...kept] };
      return {
        id: advisor.id,
        outcome: advisor.retired ? 'retired' : entry ? 'changed' : 'entered',
        version: entry?.version ?? null,
        after: withAdvisor(before, changed),
        save: () => stores.desks.putAdvisor(before.id, changed, 'staff'),
        leaverIds: leaves(advisor) ? [advisor.id] : [],
      };
    });
}

type RemoveAdvisor = (request: ChangeRequest & { readonly id: string; readonly seen: Seen }) => Promise<DeskChange>;

/**
 * Deletes an advisor to whom nothing refers, and retires any other; their bookings ahead are handed over by a plan.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function removeAdvisor(deps: ChangeDeps): RemoveAdvisor {
  return ({ id, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const { part, version } = entryAsSeen(await stores.desks.advisors(before.id), id, seen);
      const leaving = { ...part, retired: true };
      const retired = withAdvisor(before, leaving);
      const told = { id, version };
      if (await stores.desks.isInUse(before.id, { advisorId: id })) {
        const save = () => stores.desks.putAdvisor(before.id, leaving, 'staff');
        return { ...told, outcome: 'retired', after: retired, save, leaverIds: [id] };
      }
      const after = { ...retired, advisors: retired.advisors.filter((advisor) => advisor.id !== id) };
      const save = async () => {
        await stores.desks.removePart(before.id, { advisorId: id });
        return null;
      };
      return { ...told, outcome: 'deleted', after, save };
    });
}

/** Tells whether who leaves has bookings to hand over: at once, or from the day after their last one on. */
export function leaves({ retired, until }: Advisor): boolean {
  return retired === true || until !== undefined;
}

function isRetired({ topics }: Desk, topicId: string): boolean {
  return topics.some(({ id, retired }) => id === topicId && retired);
}
