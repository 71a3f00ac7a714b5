import type { Instant } from '../calendar/interval';

/**
 * Sorts tasks by urgency. Those that can still be done come first, the earliest due first, because then it becomes too
 * late; then those for which it is, the latest first.
 */
export function byUrgency<T extends { readonly due: Instant }>(all: readonly T[], now: Instant): T[] {
  const ascending = [...all].sort((a, b) => a.due - b.due);
  const isOver = ({ due }: T) => due <= now;
  return [...ascending.filter((each) => !isOver(each)), ...ascending.filter(isOver).reverse()];
}
