import type { Instant } from '../calendar/interval';

/** The parts of an account that decide whether it can be used. */
interface Account {
  readonly demo: boolean;
  readonly disabledAt: Instant | null;
}

/**
 * Tells whether somebody who has proved their identity may sign in and stay signed in. The password of a demo account
 * is public, so demo accounts are only for those who develop the program.
 *
 * @param demoIsOpen whether the request comes from the machine of a developer
 */
export function mayEnter({ demo, disabledAt }: Account, { demoIsOpen }: { readonly demoIsOpen: boolean }): boolean {
  return disabledAt === null && (!demo || demoIsOpen);
}

/** Tells whether a program's token has expired: from `endsAt` on. */
export function hasEnded({ endsAt }: { readonly endsAt: Instant }, now: Instant): boolean {
  return now >= endsAt;
}
