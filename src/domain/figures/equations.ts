/**
 * A prime below 2^26, so that the product of two factors is an exact number. Equations are solved modulo it; a sum could
 * only be taken for computable that is not, and would be hidden, if a factor happened to be a multiple of it.
 */
const FIELD_PRIME = 67_108_859;

type Row = readonly number[];

interface Equations {
  /**
   * Tells what follows if this sum is told, too: `known`, it could be computed already; `betrays`, a secret could be
   * computed then; or else it can be kept.
   */
  with(parts: readonly number[]): 'known' | 'betrays' | { keep(): void };
  /** Makes a secret of a sum that is not told and cannot be computed yet. */
  guard(parts: readonly number[]): void;
}

/**
 * Solves equations between counts as somebody would who knows their sums: by elimination (Gauss and Jordan). A secret can
 * be computed if nothing is left of it after all that is known was taken away.
 *
 * @param columns the number of counts
 * @param secrets sums that must not be computable
 */
export function equations(columns: number, secrets: readonly (readonly number[])[]): Equations {
  const rowOf = (parts: readonly number[]) => {
    const row = new Array<number>(columns).fill(0);
    for (const part of parts) row[part] = 1;
    return row;
  };
  let solved: { readonly pivot: number; readonly row: Row }[] = [];
  let left: Row[] = secrets.map(rowOf);
  const restOf = (parts: readonly number[]) => solved.reduce((row: Row, by) => reduced(row, by), rowOf(parts));
  return {
    guard(parts) {
      left = [...left, restOf(parts)];
    },

    with(parts) {
      const rest = restOf(parts);
      const pivot = firstFactor(rest);
      if (pivot < 0) return 'known';
      const inverse = power(rest[pivot] ?? 1, FIELD_PRIME - 2);
      const by = { pivot, row: rest.map((factor) => product(factor, inverse)) };
      const after = left.map((row) => reduced(row, by));
      if (after.some((row) => firstFactor(row) < 0)) return 'betrays';
      return {
        keep() {
          solved = [...solved.map((each) => ({ ...each, row: reduced(each.row, by) })), by];
          left = after;
        },
      };
    },
  };
}

const firstFactor = (row: Row) => row.findIndex((factor) => factor !== 0);

/** Takes a solved equation from a row, so that nothing is left in the column of its pivot. */
function reduced(row: Row, by: { readonly pivot: number; readonly row: Row }): Row {
  const times = row[by.pivot] ?? 0;
  if (times === 0) return row;
  return row.map((factor, at) => {
    const taken = by.row[at] ?? 0;
    return taken === 0 ? factor : (factor + FIELD_PRIME - product(times, taken)) % FIELD_PRIME;
  });
}

const product = (a: number, b: number) => (a * b) % FIELD_PRIME;

function power(base: number, exponent: number): number {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(result, square);
    square = product(square, square);
  }
  return result;
}
