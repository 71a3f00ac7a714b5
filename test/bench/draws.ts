import type { Random } from '../../src/demo/random';

/** One of the values, as often as its parts say. */
export function weighted<T>(parts: readonly (readonly [T, number])[], random: Random): T {
  let left = evenly(random) * parts.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of parts) {
    if (left < weight) return value;
    left -= weight;
  }
  throw new RangeError('nothing to choose from');
}

/** As fine as `Random` is. */
const FINE = 2 ** 30;

/** A number in [0, 1), each as likely. */
export function evenly(random: Random): number {
  return random.below(FINE) / FINE;
}

/** An exponential time, as between two arrivals of a Poisson process. */
export function exponential(mean: number, random: Random): number {
  return -Math.log((random.below(FINE) + 1) / FINE) * mean;
}

/** Interpolates between the points. @param points ascending, from share 0 to 1 */
export function quantile(points: readonly (readonly [share: number, value: number])[], share: number): number {
  const i = points.findIndex(([upTo]) => share <= upTo);
  const [[from, low], [to, high]] = [points[Math.max(0, i - 1)] ?? [0, 0], points[i] ?? [0, 0]];
  return to === from ? high : low + ((high - low) * (share - from)) / (to - from);
}
