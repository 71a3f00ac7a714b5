import { setTimeout as after } from 'node:timers/promises';
import type { AppDeps } from '../app/deps';
import { type Sending, sendOutbox } from '../app/notifications/sendOutbox';
import type { Pause } from '../app/ports/clock';
import { purge } from '../app/retention/purge';
import { tidyUp } from '../app/tidyUp';
import { HOUR, type Instant, MINUTE } from '../domain/calendar/interval';

export interface Job {
  readonly name: string;
  /** Milliseconds from the end of one look at the clock to the next. */
  readonly every: number;
  /** Whether a run is due, if not at every look. @param last when it last began, on whatever machine; null: never */
  readonly due?: (last: Instant | null, now: Instant) => boolean;
  /** In every process, for what it alone knows; once more when it stops. Else one process runs it for all. */
  readonly everywhere?: boolean;
  /** @param signal aborted when the process must stop: what is begun may be finished, nothing new is begun */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** All background work of the program. */
export function schedule(
  deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'unmet'> &
    Sending & { readonly watchZoneData: () => Promise<unknown> },
): readonly Job[] {
  return [
    { name: 'sendOutbox', every: 1_000, run: sendOutbox({ ...deps, pause }) },
    { name: 'countUnmet', every: MINUTE, everywhere: true, run: () => deps.unmet.flush() },
    // Of each machine: its data may have been updated, or not yet.
    {
      name: 'watchZoneData',
      every: HOUR,
      everywhere: true,
      run: async (signal) => void (signal.aborted || (await deps.watchZoneData())),
    },
    { name: 'tidyUp', every: MINUTE, due: atLeast(10 * MINUTE), run: tidyUp({ ...deps, pause }) },
    { name: 'purge', every: MINUTE, due: nightly(2), run: (signal) => purge({ ...deps, pause })({ signal }) },
  ];
}

/** Once in a while. A last run in the future was noted before the clock was set back, and counts as long ago. */
export function atLeast(pause: number): NonNullable<Job['due']> {
  return (last, now) => last === null || now - last >= pause || last > now;
}

/** Once a day, at the first look after the hour (UTC), whatever was missed before. */
export function nightly(hour: number): NonNullable<Job['due']> {
  return (last, now) => {
    const turn = Math.floor((now - hour * HOUR) / (24 * HOUR)) * 24 * HOUR + hour * HOUR;
    return last === null || last < turn || last > now;
  };
}

const pause: Pause = (ms, signal) => after(ms, undefined, { signal }).catch(() => {});
