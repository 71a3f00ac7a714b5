import { setTimeout as after } from 'node:timers/promises';
import { lapseRequests } from '../app/booking/lapseRequests';
import { readBusyCalendars } from '../app/calendars/busyCalendars';
import { watchDemand } from '../app/demand/watchDemand';
import type { AppDeps, CalendarDeps, WaitingDeps, WebhookDeps } from '../app/deps';
import { retireLeavers } from '../app/desks/retireLeavers';
import { closeMonths } from '../app/figures/closeMonths';
import { sampleWaiting } from '../app/figures/sampleWaiting';
import { type MailboxReading, readMailbox } from '../app/notifications/readMailbox';
import { remindClients } from '../app/notifications/remindClients';
import { type Sending, sendOutbox } from '../app/notifications/sendOutbox';
import { callUnanswered } from '../app/plans/answerQuestion';
import type { Pause } from '../app/ports/clock';
import { purge } from '../app/retention/purge';
import { drawReleases } from '../app/slots/drawReleases';
import { tidyUp } from '../app/tidyUp';
import { offerStarts } from '../app/waiting/offerStarts';
import { sendWebhooks } from '../app/webhooks/sendWebhooks';
import { HOUR, type Instant, MINUTE } from '../domain/calendar/interval';

export interface Job {
  readonly name: string;
  /** Milliseconds from the end of one run or check of `due` to the next. */
  readonly every: number;
  /**
   * Returns `true` if a run is due; without it, each check starts a run.
   *
   * @param last when the job last began on any
   * machine; null if it never did
   */
  readonly due?: (last: Instant | null, now: Instant) => boolean;
  /**
   * `true` if every process runs the job, for what only that process knows, and once more when it stops. Otherwise one
   * process runs it for all.
   */
  readonly everywhere?: boolean;
  /**
   * @param signal aborted when the process must stop: the run may finish its current step but must not begin another
   */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** All background work of the program. */
export function schedule(
  deps: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'turn' | 'unmet' | 'mailFacts'> &
    WaitingDeps &
    WebhookDeps &
    CalendarDeps &
    Sending & {
      readonly watchZoneData: () => Promise<unknown>;
      /** Absent: no mailbox is read. */
      readonly reading?: MailboxReading;
    },
): readonly Job[] {
  return [
    { name: 'sendOutbox', every: 1_000, run: sendOutbox({ ...deps, pause }) },
    ...(deps.reading
      ? [{ name: 'readMailbox', every: MINUTE / 2, run: readMailbox({ ...deps, ...deps.reading }) }]
      : []),
    { name: 'sendWebhooks', every: 1_000, run: sendWebhooks({ ...deps, pause }) },
    { name: 'readBusyCalendars', every: MINUTE, run: readBusyCalendars(deps) },
    { name: 'countUnmet', every: MINUTE, everywhere: true, run: () => deps.unmet.flush() },
    // Every process checks its own machine, because time zone data are updated machine by machine.
    {
      name: 'watchZoneData',
      every: HOUR,
      everywhere: true,
      run: async (signal) => void (signal.aborted || (await deps.watchZoneData())),
    },
    { name: 'lapseRequests', every: MINUTE, run: lapseRequests(deps) },
    { name: 'drawReleases', every: MINUTE, run: drawReleases(deps) },
    { name: 'remindClients', every: MINUTE, run: remindClients(deps) },
    { name: 'offerStarts', every: MINUTE, run: offerStarts(deps) },
    { name: 'callUnanswered', every: MINUTE, run: callUnanswered(deps) },
    { name: 'tidyUp', every: MINUTE, due: atLeast(10 * MINUTE), run: tidyUp({ ...deps, pause }) },
    { name: 'retireLeavers', every: MINUTE, due: atLeast(10 * MINUTE), run: retireLeavers(deps) },
    { name: 'closeMonths', every: MINUTE, run: closeMonths(deps) },
    { name: 'sampleWaiting', every: MINUTE, due: atLeast(HOUR), run: sampleWaiting(deps) },
    { name: 'watchDemand', every: MINUTE, due: atLeast(10 * MINUTE), run: watchDemand(deps) },
    { name: 'purge', every: MINUTE, due: nightly(2), run: (signal) => purge({ ...deps, pause })({ signal }) },
  ];
}

/**
 * Makes a run due `pause` milliseconds after the last one began. A last run in the future was noted before the clock
 * was set back, and makes a run due.
 */
export function atLeast(pause: number): NonNullable<Job['due']> {
  return (last, now) => last === null || now - last >= pause || last > now;
}

/** Makes a run due once a day, at the first check after `hour` (UTC), however many days were missed. */
export function nightly(hour: number): NonNullable<Job['due']> {
  return (last, now) => {
    const turn = Math.floor((now - hour * HOUR) / (24 * HOUR)) * 24 * HOUR + hour * HOUR;
    return last === null || last < turn || last > now;
  };
}

/** Waits by the clock of the machine. */
export const pause: Pause = (ms, signal) => after(ms, undefined, { signal }).catch(() => {});
