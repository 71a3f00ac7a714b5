import type { Interval } from '../calendar/interval';

/** The slots of a week for consultations of one length, and for how long each blocks its advisor. */
export interface Starts {
  /** Ascending by start, on the grid of the desk's windows. */
  readonly times: readonly Interval[];
  /** The length of a consultation with its buffer, in milliseconds. */
  readonly blockedMs: number;
  /** The starts at which only consultations by phone are booked; absent: there are none. */
  readonly byPhone?: StartBits;
}

/**
 * A set of the starts of a week: bit `i % 32` of word `i / 32` stands for start i. So 32 starts are compared by one
 * operation.
 */
export type StartBits = Int32Array;

/** Returns the starts that lie, with their buffer, wholly inside one of the intervals. @param free ascending, disjoint */
export function insideOf(free: readonly Interval[], starts: Starts): StartBits {
  const { times, blockedMs } = starts;
  const bits = new Int32Array((times.length + 31) >> 5);
  for (const { start, end } of free) {
    const until = firstFrom(times, end - blockedMs + 1);
    for (let i = firstFrom(times, start); i < until; i++) bits[i >> 5] = (bits[i >> 5] as number) | (1 << (i & 31));
  }
  return bits;
}

/** Returns those of `bits` that share no time, also not by their buffer, with any of the engagements. */
export function apartFrom(taken: readonly { readonly time: Interval }[], starts: Starts, bits: StartBits): StartBits {
  const { times, blockedMs } = starts;
  const left = bits.slice();
  for (const {
    time: { start, end },
  } of taken) {
    const until = firstFrom(times, end);
    for (let i = firstFrom(times, start - blockedMs + 1); i < until; i++)
      left[i >> 5] = (left[i >> 5] as number) & ~(1 << (i & 31));
  }
  return left;
}

export function hasStart(bits: StartBits, i: number): boolean {
  return (((bits[i >> 5] as number) >>> (i & 31)) & 1) === 1;
}

/**
 * Counts for each start in how many of the sets it is; 15 stands for as many or more. It adds 32 starts at once: the
 * four bits of their counts lie in four words, and a carry goes from one word to the next.
 */
export function counted(sets: readonly StartBits[], starts: Starts): Uint8Array {
  const counts = new Uint8Array(starts.times.length);
  for (let word = 0; word << 5 < counts.length; word++) {
    let [ones, twos, fours, eights] = [0, 0, 0, 0];
    for (const set of sets) {
      const those = set[word] as number;
      const toTwos = ones & those;
      ones ^= those;
      const toFours = twos & toTwos;
      twos ^= toTwos;
      const toEights = fours & toFours;
      fours ^= toFours;
      const over = eights & toEights;
      eights ^= toEights;
      // What would be sixteen stays fifteen.
      ones |= over;
      twos |= over;
      fours |= over;
      eights |= over;
    }
    const end = Math.min(counts.length, (word + 1) << 5);
    for (let i = word << 5; i < end; i++) {
      const bit = i & 31;
      counts[i] =
        ((ones >>> bit) & 1) |
        (((twos >>> bit) & 1) << 1) |
        (((fours >>> bit) & 1) << 2) |
        (((eights >>> bit) & 1) << 3);
    }
  }
  return counts;
}

/** Returns the index of the first slot that starts at `at` or later. */
export function firstFrom(times: readonly Interval[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as Interval).start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
