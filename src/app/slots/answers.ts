import { type Instant, MINUTE } from '../../domain/calendar/interval';
import { memo, perObject } from '../../domain/memo';
import type { Clock } from '../ports/clock';

/** An answer, and when it may end by itself: when the first hold runs out on which it may depend. */
export interface TimedAnswer<T> {
  readonly answer: T;
  readonly until: Instant;
}

/** Answers that are remembered of one desk. */
const MAX_REMEMBERED_ANSWERS = 200;

/**
 * Remembers what was found at a snapshot: until something changes at its desk, since then there is another snapshot; until the answer ends
 * by itself; and until the minute ends, since all else that depends on the time (lead time, horizon, whose advisor is fixed) changes
 * with whole minutes, as starts are whole minutes. A search that is still running is remembered, too: after a change many ask for the
 * same, and it is searched once.
 *
 * @param find pure, but for what the snapshot reads; the question is plain data
 */
export function answersAt<Of extends object, Question, T>(
  now: Clock,
  find: (of: Of, question: Question, at: Instant) => Promise<TimedAnswer<T>>,
): (of: Of, question: Question) => Promise<T> {
  const answers = perObject((of: Of) =>
    memo(MAX_REMEMBERED_ANSWERS, (asked) => {
      const [, , question] = JSON.parse(asked) as [number, number, Question];
      return find(of, question, now());
    }),
  );
  return async (of, question) => {
    const at = now();
    const asked = JSON.stringify([Math.floor(at / MINUTE), Math.ceil(at / MINUTE), question]);
    const remembered = answers(of);
    const finding = remembered(asked);
    const forget = () => {
      if (remembered(asked) === finding) remembered.forget(asked);
    };
    try {
      const found = await finding;
      if (found.until > at) return found.answer;
    } catch (error) {
      forget();
      throw error;
    }
    forget();
    return (await remembered(asked)).answer;
  };
}
