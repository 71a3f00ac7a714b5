import type { Actor } from '../booking/booking';
import type { StaffMember } from './roles';

/**
 * Who asks a use case for something. A client is whoever books on the public pages, or has the secret link of a booking: which booking that
 * is, the link says. The system is a background job, or a command of the operator.
 */
export type Caller = { readonly kind: 'client' } | StaffMember | { readonly kind: 'system' };

/** Whoever books for themselves, or has the link of a booking. */
export const CLIENT = { kind: 'client' } as const satisfies Caller;
/** Background jobs and the operator's commands. */
const SYSTEM = { kind: 'system' } as const satisfies Caller;

/** The caller as the history names them. */
export function actorOf(who: Caller): Actor {
  return who.kind === 'staff' ? { kind: 'staff', name: who.name } : { kind: who.kind };
}
