import { openUrl } from '../../support/databases';
import { type Arrivals, arrivals, type Mailboxes, outboxState } from './arrivals';
import { pause } from './program';

/** What became of a booking. */
export interface Fate {
  /** How often it was moved to another time. */
  readonly moves: number;
  /** Whether it was cancelled after all moves. */
  readonly cancelled: boolean;
}

/**
 * Tells whether a client's mails came in order and ended with what became of the booking. Mails in between may be
 * missing, because a change withdraws mails about earlier ones that were not sent yet.
 */
export function isTrue(tale: readonly string[], { moves, cancelled }: Fate): boolean {
  const whole = Array.from({ length: moves + 1 }, (_, i) => `REQUEST ${i}`);
  // The client was never invited, so there is nothing to take out of a calendar.
  if (cancelled && tale.join() === 'plain') return true;
  const requests = cancelled ? tale.slice(0, -1) : tale;
  const inOrder = requests.every((each, i) => whole.indexOf(each) > whole.indexOf(requests[i - 1] ?? ''));
  const last = cancelled ? `CANCEL ${moves + 1}` : `REQUEST ${moves}`;
  return requests.length > 0 && inOrder && tale.at(-1) === last;
}

const LONGEST_MS = 120_000;

/**
 * Waits until all is sent, and then compares as `arrivals` does. @throws Error if messages still wait after two minutes
 */
export async function arrivalsAt(databaseUrl: string, peer: Mailboxes): Promise<Arrivals> {
  const database = await openUrl(databaseUrl, { now: Date.now() });
  try {
    for (const began = performance.now(); performance.now() - began < LONGEST_MS; await pause(200))
      if ((await outboxState(database, Date.now())).waiting === 0) return await arrivals(database, peer);
    throw new Error('messages still wait');
  } finally {
    await database.storage.close();
  }
}
