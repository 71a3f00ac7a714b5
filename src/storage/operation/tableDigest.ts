import { createHash } from 'node:crypto';

/** What is in a table, whatever the order in which its rows come: how many, and a sum over their hashes. */
export interface Digest {
  readonly rows: number;
  readonly sum: string;
}

/** A row as both databases give it: whole numbers, texts and nulls. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Adds up the rows of a table with these columns. Two tables with the same digest have the same rows (128 bits of SHA-256 each). */
export function tableDigest(columns: readonly string[]): { add(row: TableRow): void; digest(): Digest } {
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      const text = JSON.stringify(columns.map((column) => row[column] ?? null));
      sum = BigInt.asUintN(128, sum + BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`));
      rows++;
    },
    digest: () => ({ rows, sum: sum.toString(16) }),
  };
}
