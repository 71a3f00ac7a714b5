/** A set of counts, one bit each. */
type Bits = bigint;

interface Told {
  readonly bits: Bits;
  readonly parts: readonly number[];
  readonly size: number;
}

interface Bounding {
  /** Tells whether a secret could only have one value if this sum were told, too; otherwise the sum can be kept. */
  with(parts: readonly number[], size: number): 'betrays' | { keep(): void };
}

/** As long as nothing is known of a count. Named once, because a look at `Number` costs more than what is done with it. */
const UNBOUNDED = Number.POSITIVE_INFINITY;

/** Bounds that still move after so many rounds move slowly. */
const MAX_ROUNDS = 20;

/**
 * Narrows what counts can be by the sums that were told, where each count is at least 1: two that are 2 together are 1
 * each.
 *
 * @param columns the number of counts
 * @param secrets sums that must be able to have more than one value
 */
export function bounds(columns: number, secrets: readonly (readonly number[])[]): Bounding {
  let told: readonly Told[] = [];
  return {
    with(parts, size) {
      const after = withRests(told, { bits: bitsOf(parts), parts, size });
      const { least, most } = narrowed(columns, after);
      if (secrets.some((secret) => secret.every((at) => least[at] === most[at]))) return 'betrays';
      return {
        keep() {
          told = after;
        },
      };
    },
  };
}

const bitsOf = (parts: readonly number[]): Bits => parts.reduce((bits, part) => bits | (1n << BigInt(part)), 0n);

/** Adds a sum, and what is left of it and of those around it when all disjoint ones inside are taken away. */
function withRests(told: readonly Told[], sum: Told): Told[] {
  const all = [...told, sum];
  const around = all.filter(({ bits }) => (bits & sum.bits) === sum.bits);
  const rests = around.map((whole) => all.reduce((rest, part) => (part === whole ? rest : taken(rest, part)), whole));
  const seen = new Set(all.map(({ bits }) => bits));
  return [...all, ...rests.filter(({ bits }) => bits !== 0n && !seen.has(bits))];
}

function taken(whole: Told, part: Told): Told {
  if (part.bits === 0n || (whole.bits & part.bits) !== part.bits) return whole;
  const inside = new Set(part.parts);
  return {
    bits: whole.bits & ~part.bits,
    parts: whole.parts.filter((each) => !inside.has(each)),
    size: whole.size - part.size,
  };
}

function narrowed(columns: number, told: readonly Told[]) {
  const least = new Array<number>(columns).fill(1);
  const most = new Array<number>(columns).fill(UNBOUNDED);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let hasMoved = false;
    for (const sum of told) if (narrowBy(sum, least, most)) hasMoved = true;
    if (!hasMoved) break;
  }
  return { least, most };
}

/** Narrows the bounds of the counts of one sum. @returns whether any moved */
function narrowBy({ parts, size }: Told, least: number[], most: number[]): boolean {
  let [low, high, unbounded] = [0, 0, 0];
  for (const at of parts) {
    low += least[at] as number;
    if (most[at] === UNBOUNDED) unbounded++;
    else high += most[at] as number;
  }
  let hasMoved = false;
  for (const at of parts) {
    const l = least[at] as number;
    const m = most[at] as number;
    const isUnbounded = m === UNBOUNDED;
    const highest = size - (low - l);
    const lowest = unbounded > (isUnbounded ? 1 : 0) ? l : size - (high - (isUnbounded ? 0 : m));
    if (highest < m) most[at] = highest;
    if (lowest > l) least[at] = lowest;
    hasMoved ||= highest < m || lowest > l;
  }
  return hasMoved;
}
