import type { Desk } from '../../../../domain/desk';
import { isFor, placesFor } from '../../../../domain/places';
import { typedTopic } from '../../../pages/topicSearch';

/** Who says on the first page that they do not come for themselves. */
export const ROLES = ['employer', 'relocation', 'family'] as const;
type Role = (typeof ROLES)[number];

/** What the address of the first page says; all of it can be shared, nothing is of a person. */
export interface FirstPageQuery {
  /** A word for a topic; empty: none. */
  readonly typed: string;
  /** Where the client lives or works: a name, or a postcode; empty: not said. */
  readonly place: string;
  readonly role?: Role | undefined;
  /** A topic as `DESK/TOPIC`, for the sentence that several desks have in common. */
  readonly about?: string | undefined;
}

/** Reads the address of the first page. */
export function readFirstPage(query: Readonly<Record<string, unknown>>): FirstPageQuery {
  return {
    typed: typedTopic(query.q),
    place: typedTopic(query.place),
    role: ROLES.find((role) => role === query.who),
    about: typeof query.about === 'string' ? query.about : undefined,
  };
}

/** Returns the parameters of the first page's address. */
export function asQuery({ typed, place, role, about }: FirstPageQuery, locale: string) {
  return { lang: locale, q: typed || undefined, place: place || undefined, who: role, about };
}

/** Returns the desks for who lives or works at the place that was named; all, if none was or no desk is for it alone. */
export function desksNear(desks: readonly Desk[], place: string): readonly Desk[] {
  const places = placesFor(desks, place);
  return places.length === 0 ? desks : desks.filter((desk) => isFor(desk, places));
}
