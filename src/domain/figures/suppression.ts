import { bounds } from './bounds';
import { equations } from './equations';

/** Fewer people than this are not told of: k of k-anonymity. */
export const SUPPRESSED_BELOW = 5;

/** The most counts other than 0 for which it is decided, in a quarter of a second, what follows from what. */
export const MAX_COUNTS = 1_000;

/**
 * Decides which sums of counts are told. A sum is told if it is 0 or at least 5, and if nobody who knows all that was
 * told before can then compute a small one: neither by solving the equations, nor because nothing else is possible where
 * all counts are at least 1. So what is not told cannot be computed from what is, whether it is small itself or hidden
 * for the sake of another (complementary suppression).
 *
 * The first sums have precedence: totals come before what they are made of, and the larger before the smaller.
 *
 * @param counts what everything is made of, at most `MAX_COUNTS` other than 0; of more only the total is told; whole and not negative; whoever is told is assumed to know which are 0
 * @param sums the positions of the counts of which each is made, each position once
 * @returns for each sum whether it is told
 */
export function tellable(counts: readonly number[], sums: readonly (readonly number[])[]): boolean[] {
  const present = counts.flatMap((count, i) => (count > 0 ? [i] : []));
  const place = new Map(present.map((i, at) => [i, at]));
  const parts = sums.map((sum) => sum.flatMap((i) => place.get(i) ?? []));
  const sizes = sums.map((sum) => sum.reduce((size, i) => size + (counts[i] ?? 0), 0));
  if (present.length > MAX_COUNTS) return sizes.map((size, i) => size === 0 || parts[i]?.length === present.length);

  const secrets = distinct(parts.filter((_, i) => isSmall(sizes[i] ?? 0)));
  const solving = equations(present.length, secrets);
  const bounding = bounds(present.length, secrets);
  return parts.map((each, i) => {
    const size = sizes[i] ?? 0;
    if (size === 0) return true;
    if (isSmall(size)) return false;
    const [solved, bounded] = [solving.with(each), bounding.with(each, size)];
    // It follows from what was told.
    if (solved === 'known') return true;
    if (solved === 'betrays' || bounded === 'betrays') {
      solving.guard(each);
      return false;
    }
    solved.keep();
    bounded.keep();
    return true;
  });
}

/** Tells whether a number of people is too small to be told. Nobody is no one's secret. */
export function isSmall(size: number): boolean {
  return size > 0 && size < SUPPRESSED_BELOW;
}

function distinct(sums: readonly (readonly number[])[]): (readonly number[])[] {
  return [...new Map(sums.map((sum) => [[...sum].sort((a, b) => a - b).join(), sum])).values()];
}
