import type { LanguageTag } from '../../domain/text';

/** What somebody looked for and did not find: no client, no time of day. */
export interface Unmet {
  readonly deskId: string;
  readonly topicId: string;
  /** As `knownLanguage` says: how it is written does not matter for finding somebody who speaks it. */
  readonly language: LanguageTag;
  /** ISO week at the desk, `2026-W48`. */
  readonly week: string;
}

/** How often a search found nothing, for the figures of a desk. */
export interface UnmetDemand {
  /** Counts so many more. */
  count(unmet: Unmet, searches: number): Promise<void>;
  /** All of a desk, by week, topic and language. */
  list(deskId: string): Promise<(Unmet & { readonly searches: number })[]>;
}
