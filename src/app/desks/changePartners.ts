import { withPartner } from '../../domain/deskParts';
import { DomainError } from '../../domain/errors';
import { type Partner, unbookable } from '../../domain/partner';
import type { Stores } from '../ports/storage';
import {
  assertAsSeen,
  type ChangeDeps,
  type ChangeRequest,
  changeDesk,
  type DeskChange,
  entryAsSeen,
  type Seen,
} from './changeDesk';

type ChangePartner = (
  request: ChangeRequest & { readonly partner: Partner; readonly seen: Seen },
) => Promise<DeskChange>;

/**
 * Enters a partner, or changes the one with its id; a retired one is brought back unless the request retires it. Topics
 * go on naming it.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for a desk that is not there
 */
export function changePartner(deps: ChangeDeps): ChangePartner {
  return ({ partner, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entry = (await stores.desks.partners(before.id)).find(({ part }) => part.id === partner.id);
      assertAsSeen(entry, seen);
      await assertBookable(stores, before.id, partner);
      return {
        id: partner.id,
        outcome: partner.retired ? 'retired' : entry ? 'changed' : 'entered',
        version: entry?.version ?? null,
        after: withPartner(before, partner),
        save: () => stores.desks.putPartner(before.id, partner, 'staff'),
      };
    });
}

type RemovePartner = (request: ChangeRequest & { readonly id: string; readonly seen: Seen }) => Promise<DeskChange>;

/**
 * Deletes a partner that no topic names, and retires any other.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`
 */
export function removePartner(deps: ChangeDeps): RemovePartner {
  return ({ id, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const { part, version } = entryAsSeen(await stores.desks.partners(before.id), id, seen);
      const retiring = { ...part, retired: true };
      const told = { id, version };
      if (await stores.desks.isInUse(before.id, { partnerId: id })) {
        const save = () => stores.desks.putPartner(before.id, retiring, 'staff');
        return { ...told, outcome: 'retired', after: withPartner(before, retiring), save };
      }
      const after = { ...before, partners: before.partners.filter((partner) => partner.id !== id) };
      const save = async () => {
        await stores.desks.removePart(before.id, { partnerId: id });
        return null;
      };
      return { ...told, outcome: 'deleted', after, save };
    });
}

/** @throws DomainError `invalid` */
async function assertBookable({ desks }: Pick<Stores, 'desks'>, deskId: string, partner: Partner): Promise<void> {
  if (partner.bookingDesk === null) return;
  const detail = unbookable(partner, { deskId, deskIds: (await desks.list()).map(({ id }) => id) });
  if (detail) throw new DomainError('invalid', { errors: [{ pointer: '/bookingDesk', detail }] });
}
