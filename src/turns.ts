import type { Turn } from './app/ports/turn';

/** Lets one waiting task go on in each turn of the event loop, in the order in which they came. */
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
