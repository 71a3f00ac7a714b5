/** Formats a table with a head row as lines; each column is as wide as its widest cell. */
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

/** Formats an instant in UTC as `2026-12-01 09:00Z`, and null as `never`. */
export function when(at: number | null): string {
  return at === null ? 'never' : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

/**
 * Returns the first 12 characters of a hash. They tell the few tokens and sessions of an installation apart, and do not
 * reveal the secret.
 */
export function shortId(hash: string): string {
  return hash.slice(0, 12);
}
