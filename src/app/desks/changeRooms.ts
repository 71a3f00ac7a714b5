import { type Rooms, withRooms } from '../../domain/deskParts';
import { assertAsSeen, type ChangeDeps, type ChangeRequest, changeDesk, type DeskChange } from './changeDesk';

type ChangeRooms = (
  request: ChangeRequest & { readonly rooms: Rooms; readonly seen: number | undefined },
) => Promise<DeskChange>;

/**
 * Replaces the starts that the desk keeps, and how many consultations it has room for.
 *
 * @throws DomainError `not-found`, `forbidden`, `version-moved-on`; `invalid` for a reserve of what no advisor can take
 */
export function changeRooms(deps: ChangeDeps): ChangeRooms {
  return ({ rooms, seen, ...request }) =>
    changeDesk(deps, request, async (stores, before) => {
      const entry = await stores.desks.rooms(before.id);
      assertAsSeen(entry, seen);
      return {
        id: before.id,
        outcome: 'changed',
        version: entry.version,
        after: withRooms(before, rooms),
        save: () => stores.desks.putRooms(before.id, rooms, 'staff'),
      };
    });
}
