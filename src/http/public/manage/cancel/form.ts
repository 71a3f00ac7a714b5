import * as fields from '../../../../fields/schemas';
import type { Translate } from '../../../../presentation/texts';

/**
 * The reasons for cancelling. None is selected at first and one is required, because mail scanners press buttons as
 * well.
 */
export const CHOICES = ['time', 'solved', 'ill', 'other', 'none'] as const;
type Choice = (typeof CHOICES)[number];

/** What was sent; `choice` is absent until one of the reasons is chosen. */
export interface TypedWhy {
  readonly choice: Choice | undefined;
  readonly more: string;
}

export type WrongWhy = 'why' | 'reason';

export function typedWhy(body: unknown): TypedWhy {
  const { why, reason = '' } = (body ?? {}) as { why?: unknown; reason?: unknown };
  return { choice: CHOICES.find((each) => each === why), more: String(reason) };
}

/**
 * Returns the reason for the history, or the wrong fields.
 *
 * @param t of the language of the staff, who read it, as advisors' mails are
 */
export function readWhy(
  { choice, more }: TypedWhy,
  t: Translate,
): { readonly reason: string | null } | { readonly wrong: readonly WrongWhy[] } {
  const { success, data } = fields.reason.safeParse(more);
  if (choice === undefined || !success)
    return { wrong: [...(choice === undefined ? (['why'] as const) : []), ...(success ? [] : (['reason'] as const))] };
  const chosen = choice === 'none' || choice === 'other' ? '' : t(`booking.cancel.choice.${choice}`);
  return { reason: [chosen, data].filter(Boolean).join(': ') || null };
}
