/**
 * The key under which something is counted: the same for the same words in every process that has the program's secret. Nobody
 * without it can tell from a key what was counted, although there are few addresses to try.
 */
export type LimitKey = (what: string, ...whom: readonly string[]) => string;
