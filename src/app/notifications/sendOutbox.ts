import { HOUR, type Instant, MINUTE } from '../../domain/calendar/interval';
import type { AppDeps } from '../deps';
import { type Mailer, MailRefused } from '../ports/mailer';
import type { OutboxEntry } from '../ports/outbox';

/** Longer than the mailer's own time limits together, so that a message is never sent by two at once. */
const LEASE = 5 * MINUTE;
const DELAYS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR] as const;
const GIVE_UP_AFTER = 4 * 24 * HOUR;

/** When to try again after the given number of attempts, or null: not any more (4 days after it was written). */
export function nextAttempt(attempts: number, createdAt: Instant, now: Instant): Instant | null {
  if (now - createdAt >= GIVE_UP_AFTER) return null;
  return now + (DELAYS[Math.min(attempts, DELAYS.length) - 1] ?? MINUTE);
}

/** How many messages of this run went out, wait for another try, or were given up. */
export interface OutboxReport {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
}

/** @param signal when it is aborted, the message under way is finished and no other begun */
export type SendOutbox = (signal?: AbortSignal) => Promise<OutboxReport>;

/**
 * Sends what is due, one by one. A refusal for the time being (4xx) or an outcome that nobody knows is tried again later with the
 * same bytes; a refusal for good (5xx) becomes a task for reception: please phone.
 */
export function sendOutbox({
  storage,
  now,
  ids,
  mailer,
}: Pick<AppDeps, 'storage' | 'now' | 'ids'> & { mailer: Mailer }): SendOutbox {
  return async (signal) => {
    const report = { sent: 0, postponed: 0, failed: 0 };
    for (;;) {
      if (signal?.aborted) return report;
      const entry = await storage.atomically(({ outbox }) => outbox.claim(now(), LEASE));
      if (!entry) return report;
      report[await deliver(entry)]++;
    }
  };

  async function deliver(entry: OutboxEntry): Promise<keyof OutboxReport> {
    try {
      await mailer.send(entry.message);
    } catch (error) {
      if (error instanceof MailRefused) return postpone(entry, error);
      // A defect, and reported as one; the message waits its turn like any other instead of coming back at once.
      await postpone(entry, new MailRefused(false, null));
      throw error;
    }
    await storage.atomically(({ outbox }) => outbox.sent(entry.id, now()));
    return 'sent';
  }

  async function postpone(entry: OutboxEntry, { permanent, code }: MailRefused): Promise<keyof OutboxReport> {
    const at = permanent ? null : nextAttempt(entry.attempts, entry.createdAt, now());
    return storage.atomically(async ({ outbox, tasks }) => {
      if (at !== null) {
        await outbox.retry(entry.id, at, code);
        return 'postponed';
      }
      await outbox.fail(entry.id, code);
      if (entry.message.recipient === 'client')
        await tasks.add({
          id: ids.uuid(),
          deskId: entry.deskId,
          bookingId: entry.bookingId,
          kind: 'mail_failed',
          createdAt: now(),
        });
      return 'failed';
    });
  }
}
