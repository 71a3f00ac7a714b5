import type { Instant } from '../calendar/interval';

/** As much of an account as decides who comes in with it. */
interface Account {
  readonly demo: boolean;
  readonly disabledAt: Instant | null;
}

/**
 * Whether somebody who has proved who they are may come in, and stay in. Everybody knows the password of a demo account, so it counts
 * only for whoever develops this program.
 *
 * @param demoIsOpen whether the request comes from whoever runs the program for development
 */
export function mayEnter({ demo, disabledAt }: Account, { demoIsOpen }: { readonly demoIsOpen: boolean }): boolean {
  return disabledAt === null && (!demo || demoIsOpen);
}

/** Whether a program's token has ended: from `endsAt` on. */
export function hasEnded({ endsAt }: { readonly endsAt: Instant }, now: Instant): boolean {
  return now >= endsAt;
}
