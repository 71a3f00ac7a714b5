import type { HoursException } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { HttpDeps } from '../../deps';
import { Elsewhere, type Guard } from '../../wiring';
import { deskWithHours } from '../desk';

/** One exception of a desk. */
export interface EntryAtDesk {
  readonly desk: Desk;
  readonly exception: HoursException;
  readonly version: number;
}

/** The guard of the pages about the exception in the address. @throws DomainError `not-found`, `forbidden` */
export function entryAtDesk(deps: Pick<HttpDeps, 'storage'>): Guard<EntryAtDesk> {
  const enter = deskWithHours(deps);
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    const entries = await deps.storage.desks.exceptions(desk.id);
    const entry = entries.find(({ exception }) => exception.id === req.params.id);
    if (!entry) throw new DomainError('not-found');
    return { desk, ...entry };
  };
}
