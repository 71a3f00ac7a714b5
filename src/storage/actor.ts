import type { Actor } from '../domain/booking/booking';

/** The columns that say who did something. */
interface ActorRow {
  readonly by_kind: string;
  readonly by_name: string | null;
}

/**
 * Writes who did something. It keeps the name of the member of staff instead of the id, so that a history stays readable
 * after they leave.
 */
export function actorRow(by: Actor): ActorRow {
  return { by_kind: by.kind, by_name: by.kind === 'staff' ? by.name : null };
}

export function toActor({ by_kind: kind, by_name: name }: ActorRow): Actor {
  if (kind === 'staff') return { kind, name: name ?? '' };
  return { kind: kind === 'client' ? 'client' : 'system' };
}
