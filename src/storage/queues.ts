import { DomainError } from '../domain/errors';

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Limits how many pieces of work of one key run at a time. The others wait in the order in which they came.
 *
 * @param most how many may run at a time
 * @returns a function that runs work in its turn; it throws DomainError `unavailable` if the turn does not come within
 *   `patienceMs`
 */
export function queues({ most, patienceMs }: { most: number; patienceMs: number }) {
  const all = new Map<string, Queue>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const queue = all.get(key) ?? { running: 0, waiting: [] };
    all.set(key, queue);
    // Work that ends hands its place to the next in the queue, so that none that comes later gets in between.
    if (queue.running < most) queue.running++;
    else await turnIn(queue, patienceMs);
    try {
      return await work();
    } finally {
      const next = queue.waiting.shift();
      if (next) next();
      else if (--queue.running === 0) all.delete(key);
    }
  };
}

function turnIn({ waiting }: Queue, patienceMs: number): Promise<void> {
  return new Promise((begin, refuse) => {
    const turn = () => {
      clearTimeout(late);
      begin();
    };
    const late = setTimeout(() => {
      waiting.splice(waiting.indexOf(turn), 1);
      refuse(new DomainError('unavailable', { database: 'busy' }));
    }, patienceMs);
    waiting.push(turn);
  });
}
