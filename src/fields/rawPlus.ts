/**
 * A time as it was meant, out of a query or a form: a plus that nobody encoded means a space there (application/x-www-form-urlencoded),
 * so that `2026-12-01T09:00:00+01:00` arrives with a space before its offset. Nothing else is changed: no time has a space there.
 */
export function plusRestored(text: string): string {
  return text.replace(/^(\S+T\S+) (\d\d:\d\d)$/, '$1+$2');
}
