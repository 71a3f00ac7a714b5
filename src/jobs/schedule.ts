import type { AppDeps } from '../app/deps';
import { sendOutbox } from '../app/notifications/sendOutbox';
import type { Mailer } from '../app/ports/mailer';
import { tidyUp } from '../app/tidyUp';
import { MINUTE } from '../domain/calendar/interval';

export interface Job {
  readonly name: string;
  /** Milliseconds from the end of one run to the start of the next. */
  readonly every: number;
  readonly run: () => Promise<unknown>;
}

/** All background work of the program. */
export function schedule(deps: Pick<AppDeps, 'storage' | 'now' | 'ids'> & { mailer: Mailer }): readonly Job[] {
  return [
    { name: 'sendOutbox', every: 1_000, run: sendOutbox(deps) },
    { name: 'tidyUp', every: 10 * MINUTE, run: tidyUp(deps) },
  ];
}
