import type { LanguageTag } from '../../domain/text';

/** A search without a result, without client and time of day. */
export interface Unmet {
  readonly deskId: string;
  readonly topicId: string;
  /** The tag that `knownLanguage` returns, so that different spellings of a tag are counted together. */
  readonly language: LanguageTag;
  /** ISO week in the desk's zone, `2026-W48`. */
  readonly week: string;
}

/** Stores how many searches found nothing, for the statistics of a desk. */
export interface UnmetDemand {
  /** Adds a number of searches. */
  count(unmet: Unmet, searches: number): Promise<void>;
  /** Returns all counts of a desk, by week, topic and language. */
  list(deskId: string): Promise<(Unmet & { readonly searches: number })[]>;
}
