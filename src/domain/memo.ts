/**
 * Keeps the last `limit` answers of a pure function of one text; the oldest answer goes first.
 * Bounded, because the texts may come from outside. A throw is not kept.
 */
export function memo<T>(limit: number, answer: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const fresh = answer(key);
    for (const oldest of kept.keys()) {
      if (kept.size < limit) break;
      kept.delete(oldest);
    }
    kept.set(key, fresh);
    return fresh;
  };
}
