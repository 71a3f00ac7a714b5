import { z } from 'zod';

const Form = z.object({ email: z.string().trim().min(1).max(254), password: z.string().min(1) });

export type Credentials = z.output<typeof Form>;

/**
 * Returns the address and password of a request's body; undefined if one is missing. The password is not trimmed,
 * because spaces may be part of it.
 */
export function readSignIn(body: unknown): Credentials | undefined {
  return Form.safeParse(body).data;
}
