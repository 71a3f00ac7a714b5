import type { Text } from './text';

/**
 * A place to which a consultation leads on, such as an authority, a chamber or a school. It is an office and never a
 * person. What is null is not told.
 */
export interface Partner {
  readonly id: string;
  readonly name: Text;
  /** What it does for whom, in a sentence or two. */
  readonly description: Text;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** These addresses begin with https. */
  readonly website: string | null;
  /** When it is open, in words. */
  readonly hours: Text | null;
  /** What to bring there, one item per line. */
  readonly bring: Text | null;
  /** The page on which it is booked; a partner has this or a desk, if any. */
  readonly bookingUrl: string | null;
  /** The desk of this program at which it is booked, by its id. */
  readonly bookingDesk: string | null;
  /** It is told no more; it is kept for the topics that name it. */
  readonly retired?: boolean;
}

/** Returns the partners that are told to clients, in the desk's order. */
export function partnersTold({ partners }: { readonly partners: readonly Partner[] }): Partner[] {
  return partners.filter(({ retired }) => !retired);
}

/** Returns the partners to which the topic leads on, in the desk's order, without those that are told no more. */
export function partnersOf(
  desk: { readonly partners: readonly Partner[] },
  topic: { readonly partners: readonly string[] },
): Partner[] {
  return partnersTold(desk).filter(({ id }) => topic.partners.includes(id));
}

/** Says why the partner cannot be booked at the desk that it names; undefined: it can, or it names none. */
export function unbookable(
  { bookingDesk }: Pick<Partner, 'bookingDesk'>,
  { deskId, deskIds }: { readonly deskId: string; readonly deskIds: readonly string[] },
): string | undefined {
  const others = deskIds.filter((id) => id !== deskId);
  if (bookingDesk === null || others.includes(bookingDesk)) return undefined;
  return `expected another desk of this program${others.length > 0 ? `: ${others.join(', ')}` : ', and there is none'}`;
}
