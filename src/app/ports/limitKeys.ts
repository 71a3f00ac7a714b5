/**
 * Returns the key under which requests are counted for a limit. It is the same for the same words in every process with
 * the program's secret. Without the secret nobody can tell from a key which address was counted, although there are few
 * addresses to try.
 */
export type LimitKey = (what: string, ...whom: readonly string[]) => string;
