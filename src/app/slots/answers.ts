import { type Instant, MINUTE } from '../../domain/calendar/interval';
import { memo, perObject } from '../../domain/memo';
import type { Clock } from '../ports/clock';

/** An answer, and the instant until which it holds: when the first hold expires on which it may depend. */
export interface TimedAnswer<T> {
  readonly answer: T;
  readonly until: Instant;
}

/** The number of answers that are usually remembered for each snapshot. */
const MAX_REMEMBERED_ANSWERS = 200;

/**
 * Remembers answers that were derived from a snapshot. An answer is dropped when something changes at its desk, because
 * there is a new snapshot then; when its own time ends; and at the end of the minute, because everything else that
 * depends on the time (lead time, horizon, whose advisor is fixed) changes at whole minutes, as starts do. A search
 * that is still running is remembered as well: after a change many ask the same, and it is searched once.
 *
 * @param find a pure function, except for what the snapshot reads; the question is plain data
 * @param limit the number of answers that are remembered for each snapshot; up to twice as many may be
 */
export function answersAt<Of extends object, Question, T>(
  now: Clock,
  find: (of: Of, question: Question, at: Instant) => Promise<TimedAnswer<T>>,
  limit = MAX_REMEMBERED_ANSWERS,
): (of: Of, question: Question) => Promise<T> {
  const answers = perObject((of: Of) =>
    memo(limit, (asked) => {
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
