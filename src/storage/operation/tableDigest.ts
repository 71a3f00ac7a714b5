import { createHash } from 'node:crypto';

/** The contents of a table in any order of rows: the number of rows, and the sum of their hashes. */
export interface Digest {
  readonly rows: number;
  readonly sum: string;
}

/** A row as both databases return it: whole numbers, texts and nulls. */
export type TableRow = Readonly<Record<string, unknown>>;

/**
 * Adds up the rows of a table with these columns. Tables with equal digests have the same rows: each row counts with
 * 128 bits of its SHA-256.
 */
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
