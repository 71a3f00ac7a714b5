import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from './schedule';

export interface Running {
  /** Resolves once no job runs any more; none starts after the call. */
  stop(): Promise<void>;
}

/** Runs each job again and again, never twice at a time. A run that fails is reported, and the next one comes all the same. */
export function runJobs(jobs: readonly Job[], failed: (job: string, error: unknown) => void): Running {
  const stopping = new AbortController();
  const loops = jobs.map(async ({ name, every, run }) => {
    while (!stopping.signal.aborted) {
      await run().catch((error: unknown) => failed(name, error));
      await pause(every, undefined, { signal: stopping.signal }).catch(() => {});
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
