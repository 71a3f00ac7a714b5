/** A repeatable source of random choices, so that the demo looks the same everywhere. */
export interface Random {
  /** Returns a whole number in [0, below). */
  below(below: number): number;
  pick<T>(list: readonly T[]): T;
  /** Returns `true` in `percent` of a hundred cases. */
  chance(percent: number): boolean;
}

/** Tommy Ettinger's mulberry32, a small generator. It must not be used for secrets. */
export function mulberry32(seed: number): Random {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as T;
    },
    chance: (percent) => below(100) < percent,
  };
}
