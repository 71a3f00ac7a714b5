/** Tells by fractions, in another way than the program does, whether a sum follows from those that are known. */
export function follows(sum: readonly number[], known: readonly (readonly number[])[], columns: number): boolean {
  const vector = (parts: readonly number[]) => Array.from({ length: columns }, (_, i) => (parts.includes(i) ? 1 : 0));
  return inSpan(vector(sum), known.map(vector));
}

/** Tells whether a row is a combination of others, whatever the factors. */
export function inSpan(row: readonly number[], rows: readonly (readonly number[])[]): boolean {
  return rank([...rows, row]) === rank(rows);
}

function rank(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => row.map((n) => ({ over: BigInt(n), under: 1n })));
  let found = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column++) {
    const pivot = left.findIndex((row, i) => i >= found && row[column]?.over !== 0n);
    if (pivot < 0) continue;
    const [taken] = left.splice(pivot, 1);
    if (!taken) continue;
    left.splice(found++, 0, taken);
    const by = taken[column] as { over: bigint; under: bigint };
    for (const row of left.slice(found)) {
      const at = row[column] as { over: bigint; under: bigint };
      const times = { over: at.over * by.under, under: at.under * by.over };
      row.forEach((each, i) => {
        const other = taken[i] as { over: bigint; under: bigint };
        row[i] = {
          over: each.over * times.under * other.under - times.over * other.over * each.under,
          under: each.under * times.under * other.under,
        };
      });
    }
  }
  return found;
}
