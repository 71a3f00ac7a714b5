/** Lines of a table with a head, each column as wide as its widest cell. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => [...(row[i] ?? '')].length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
}

/** `2026-12-01 09:00Z`; `never` for what has not happened. */
export function when(at: number | null): string {
  return at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/** So much of a hash names something at a desk's few programs and browsers, and cannot be turned into the secret. */
export function shortId(hash: string): string {
  return hash.slice(0, 12);
}
