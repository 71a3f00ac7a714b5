/**
 * Restores the plus of a time's offset in a query or form: application/x-www-form-urlencoded decodes an unencoded plus
 * to a space, so that `2026-12-01T09:00:00+01:00` arrives with a space before its offset. Other text is returned
 * unchanged; no valid time has a space there.
 */
export function plusRestored(text: string): string {
  return text.replace(/^(\S+T\S+) (\d\d:\d\d)$/, '$1+$2');
}
