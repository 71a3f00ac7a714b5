import { DomainError } from '../domain/errors';

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Begins at most so many works of one key at a time; the others wait, first come, first served.
 *
 * @returns what runs a work in its turn; it throws DomainError `unavailable` if the turn does not come within `patienceMs`
 */
export function queues({ most, patienceMs }: { most: number; patienceMs: number }) {
  const all = new Map<string, Queue>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const queue = all.get(key) ?? { running: 0, waiting: [] };
    all.set(key, queue);
    // Whoever ends hands its place to the next one, so that nobody slips in between.
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
