import type { Turn } from './app/ports/turn';

/** One of all who wait in each turn of the event loop, first come, first served. */
export function turns(): Turn {
  const waiting: (() => void)[] = [];
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((go) => {
      if (waiting.push(go) === 1) setImmediate(next);
    });
}
