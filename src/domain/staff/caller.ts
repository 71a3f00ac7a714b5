import type { Actor } from '../booking/booking';
import type { StaffMember } from './roles';

/**
 * Who calls a use case. A client books on the public pages or has the secret link of a booking, which says which
 * booking it is. The system is a background job or a command of the operator.
 */
export type Caller = { readonly kind: 'client' } | StaffMember | { readonly kind: 'system' };

/** A client who books, or who has the link of a booking. */
export const CLIENT = { kind: 'client' } as const satisfies Caller;
/** Background jobs and the operator's commands. */
export const SYSTEM = { kind: 'system' } as const satisfies Caller;

/** The caller as the history names them. */
export function actorOf(who: Caller): Actor {
  return who.kind === 'staff' ? { kind: 'staff', name: who.name } : { kind: who.kind };
}
