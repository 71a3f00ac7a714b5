/**
 * Returns all with the named ones as they are named, and in that order: if it names all that are not retired, it is their
 * order. Otherwise those that are not named keep their places, the named ones take each other's, and new ones are the
 * last.
 */
export function inOrderOf<T extends { readonly id: string; readonly retired?: boolean }>(
  all: readonly T[],
  named: readonly T[],
): T[] {
  const isNamed = ({ id }: T) => named.some((each) => each.id === id);
  const isThere = ({ id }: T) => all.some((each) => each.id === id);
  if (all.every((each) => each.retired || isNamed(each))) return [...named, ...all.filter((each) => !isNamed(each))];
  const left = named.filter(isThere);
  const places = all.map((each) => (isNamed(each) ? (left.shift() ?? each) : each));
  return [...places, ...named.filter((each) => !isThere(each))];
}

/** Returns the ids with this one before its neighbour, or behind the next; at the edge they stay as they are. */
export function movedByOne(ids: readonly string[], id: string, step: 'up' | 'down'): string[] {
  const from = ids.indexOf(id);
  const to = step === 'up' ? from - 1 : from + 1;
  const other = ids[to];
  if (from < 0 || other === undefined) return [...ids];
  return ids.map((each, at) => (at === from ? other : at === to ? id : each));
}
