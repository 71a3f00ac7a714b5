import { type Instant, MINUTE } from '../../domain/calendar/interval';
import type { Clock } from '../ports/clock';

/** An answer, and when it may end by itself, as when a hold runs out. */
export interface Lasting {
  readonly until: Instant;
}

/** @param revision of all on which the answer depends @param find pure, but for what is read */
export type Kept<T extends Lasting> = (
  key: string,
  revision: number | string,
  find: (now: Instant) => Promise<T>,
) => Promise<T>;

const MAX_KEPT_ANSWERS = 200;

/**
 * Keeps answers as long as nothing changes, none ends by itself, and the same minute lasts: all else that depends on the time (lead time,
 * horizon, whose advisor is fixed) changes with whole minutes, as starts are whole minutes. What is just being found out is kept, too:
 * after a change many ask for the same, and it is thought about once.
 */
export function keptAnswers<T extends Lasting>(now: Clock): Kept<T> {
  const kept = new Map<string, { readonly revision: number | string; readonly found: Promise<T> }>();
  return async (asked, revision, find) => {
    const at = now();
    const key = `${Math.floor(at / MINUTE)} ${Math.ceil(at / MINUTE)} ${asked}`;
    const known = kept.get(key);
    const found = known?.revision === revision ? await known.found : undefined;
    if (found && found.until > at) return found;
    const finding = find(at);
    if (kept.size >= MAX_KEPT_ANSWERS) kept.clear();
    const mine = { revision, found: finding };
    kept.set(key, mine);
    // What failed is looked for again.
    finding.catch(() => {
      if (kept.get(key) === mine) kept.delete(key);
    });
    return finding;
  };
}
