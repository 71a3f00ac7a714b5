/** Longer words are nobody's topic. */
const MAX_TYPED_LENGTH = 100;

/** Returns what a client typed into the search over topics; empty: nothing. @param q as it stands in the address */
export function typedTopic(q: unknown): string {
  return typeof q === 'string' ? q.trim().slice(0, MAX_TYPED_LENGTH) : '';
}

/** Returns the search field of `partials/topicSearch`. @param hidden what the form carries along */
export function topicSearchView(action: string, typed: string, hidden: readonly { name: string; value: string }[]) {
  return { action, typed, hidden, most: MAX_TYPED_LENGTH };
}
