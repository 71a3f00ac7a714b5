import type { Instant } from '../../src/domain/calendar/interval';

/** A clock that stands still until a test moves it. */
export function stoppedClock(at: string | Instant) {
  let current = typeof at === 'string' ? Date.parse(at) : at;
  if (Number.isNaN(current)) throw new Error(`not a time: ${at}`);
  return {
    now: () => current,
    set: (time: string) => {
      current = Date.parse(time);
    },
    advance: (ms: number) => {
      current += ms;
    },
  };
}
