import { MINUTE } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { LOOK_FOR_SERVER, nextAttempt } from '../../domain/notifications/attempts';
import type { AppDeps } from '../deps';
import type { Pause } from '../ports/clock';
import { type Mailer, MailRefused } from '../ports/mailer';
import type { OutboxEntry } from '../ports/outbox';

/** Longer than the mailer's own time limits together, so that a message is never sent by two at once. */
const LEASE = 5 * MINUTE;
/** Whose server has not answered for so long, in ms, is no longer waited for: the next message goes out beside it. */
const PATIENCE = 1_000;
/** So many messages may keep us waiting at once. */
const MAX_MAILS_AT_ONCE = 5;

/** How many messages of this run went out, wait for another try, or were given up. */
export interface OutboxReport {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
}

/** How mail leaves the house. */
export interface Sending {
  readonly mailer: Mailer;
  /** The envelope's sender of the desk's mails now: to whom servers report what they could not deliver. */
  readonly returnPath: (desk: Desk) => string;
}

/** @param signal when it is aborted, the messages under way are finished and no other begun */
export type SendOutbox = (signal?: AbortSignal) => Promise<OutboxReport>;

type Outcome = keyof OutboxReport | 'nobody there';

/**
 * Sends what is due, one by one; past a message that keeps its server busy, others go out beside it. A refusal for the time being
 * (4xx) or an outcome that nobody knows is tried again later with the same bytes; a refusal for good (5xx) becomes a task for
 * reception: please phone. So does a refusal of the sender, but that mail is tried again: once the operator names a sender whom the server
 * takes, it goes out. While no server is there, the run ends, it is looked for once a minute, and nothing counts as tried: when
 * it comes back, everything goes out at once, however long it was away.
 */
export function sendOutbox({
  storage,
  now,
  ids,
  returnPath,
  mailer,
  pause,
}: Pick<AppDeps, 'storage' | 'now' | 'ids'> & Sending & { pause: Pause }): SendOutbox {
  return async (signal) => {
    const report = { sent: 0, postponed: 0, failed: 0 };
    const underWay = new Set<Promise<void>>();
    const defects: unknown[] = [];
    let over = false;
    const begin = (entry: OutboxEntry) => {
      const work: Promise<void> = deliver(entry)
        .then((outcome) => {
          over ||= outcome === 'nobody there';
          report[outcome === 'nobody there' ? 'postponed' : outcome]++;
        })
        .catch((defect: unknown) => void defects.push(defect))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    };
    const claim = () =>
      storage
        .atomically(({ outbox }) => outbox.claim(now(), LEASE))
        .catch((defect: unknown) => void defects.push(defect));

    for (;;) {
      const mayBegin = !over && !signal?.aborted && defects.length === 0 && underWay.size < MAX_MAILS_AT_ONCE;
      const entry = mayBegin ? await claim() : undefined;
      if (entry) begin(entry);
      else if (underWay.size === 0) break;
      await firstOf(underWay);
    }
    if (defects.length > 0) throw defects[0];
    return report;
  };

  /** Until one of them is done, or for as long as our patience lasts. */
  async function firstOf(underWay: ReadonlySet<Promise<void>>): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([...underWay, pause(PATIENCE, waiting.signal)]).finally(() => waiting.abort());
  }

  async function deliver(entry: OutboxEntry): Promise<Outcome> {
    try {
      const desk = await storage.desks.find(entry.deskId);
      await mailer.send(desk ? { ...entry.message, sender: returnPath(desk) } : entry.message);
    } catch (error) {
      if (error instanceof MailRefused) return postpone(entry, error);
      // A defect, and reported as one; the message waits its turn like any other instead of coming back at once.
      await postpone(entry, new MailRefused(false, null));
      throw error;
    }
    await storage.atomically(async ({ outbox, tasks }) => {
      await outbox.sent(entry.id, now());
      if (wasRefused(entry.lastCode)) await tasks.doneOf(entry.bookingId, 'mail_failed', 'system', now());
    });
    return 'sent';
  }

  async function postpone(entry: OutboxEntry, { permanent, code, reached, sender }: MailRefused): Promise<Outcome> {
    const at = permanent ? null : nextAttempt(entry.attempts, entry.createdAt, now());
    return storage.atomically(async ({ outbox, tasks }) => {
      if (at !== null && !reached) {
        await outbox.postponeAll({ id: entry.id, code }, now() + LOOK_FOR_SERVER);
        return 'nobody there';
      }
      // Once: what reception has done is not asked for again with each attempt.
      const toTell = at === null || (sender && !wasRefused(entry.lastCode));
      if (toTell && entry.message.recipient === 'client')
        await tasks.add({
          id: ids.uuid(),
          deskId: entry.deskId,
          bookingId: entry.bookingId,
          kind: 'mail_failed',
          createdAt: now(),
        });
      if (at !== null) {
        await outbox.retry(entry.id, at, code);
        return 'postponed';
      }
      await outbox.fail(entry.id, code);
      return 'failed';
    });
  }

  /** Whether that was a refusal for good; only that of a sender leaves a message in the outbox. */
  function wasRefused(code: number | null): boolean {
    return code !== null && code >= 500;
  }
}
