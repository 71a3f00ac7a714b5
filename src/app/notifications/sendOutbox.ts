import { MINUTE } from '../../domain/calendar/interval';
import type { Desk } from '../../domain/desk';
import { LOOK_FOR_SERVER_MS, nextAttempt } from '../../domain/notifications/attempts';
import { addressKey } from '../../fields/mailAddress';
import type { AppDeps } from '../deps';
import type { Pause } from '../ports/clock';
import { type Mailer, MailRefused } from '../ports/mailer';
import type { WriteMail } from '../ports/mailWriter';
import type { OutboxEntry } from '../ports/outbox';
import type { Stores } from '../ports/storage';
import { writeOutbox } from './writeOutbox';

/**
 * The lease of a message, longer than all time limits of the mailer together, so that two processes never send it at
 * the same time.
 */
const LEASE_MS = 5 * MINUTE;
/** If a server has not answered a message for so many ms, the next message is sent beside it. */
const PATIENCE_MS = 1_000;
/** The most messages that are being sent at the same time. */
const MAX_MAILS_AT_ONCE = 5;

/** The number of messages of a run that were sent, wait for another attempt, or were given up. */
interface OutboxReport {
  readonly sent: number;
  readonly postponed: number;
  readonly failed: number;
}

/** The parts that send mail. */
export interface Sending {
  readonly mailer: Mailer;
  readonly writeMail: WriteMail;
  /** Returns the present envelope sender of a desk's mails, to which servers report mails that they cannot deliver. */
  readonly returnPath: (desk: Desk) => string;
}

/** @param signal when it is aborted, messages that are being sent are finished and no others are started */
type SendOutbox = (signal?: AbortSignal) => Promise<OutboxReport>;

type Outcome = keyof OutboxReport | 'nobody there';

/**
 * Sends the due messages one by one; while one takes long, others are sent beside it. Each is written and stored before
 * its first attempt (`writeOutbox`), so after a temporary refusal (4xx) or an unknown outcome the same bytes are sent
 * again later. A permanent refusal (5xx) becomes a task for reception to phone the client. So does a refusal of the
 * sender, but that mail is tried again, because it is accepted once the operator sets another sender. If no server can
 * be reached, the run ends, the server is tried once a minute, and no attempt is counted, so that all messages are sent
 * as soon as it is back.
 */
export function sendOutbox({
  storage,
  now,
  ids,
  returnPath,
  mailer,
  pause,
  ...writing
}: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'turn'> & Sending & { pause: Pause }): SendOutbox {
  const write = writeOutbox({ storage, now, ids, ...writing });
  return async (signal) => {
    const report = { sent: 0, postponed: 0, failed: 0 };
    const underWay = new Set<Promise<void>>();
    const defects: unknown[] = [];
    const unwritable: unknown[] = [];
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
    const claim = () => storage.atomically(({ outbox }) => outbox.claim(now(), LEASE_MS));
    const next = async () => {
      const entry = await claim();
      if (entry) return entry;
      const { written, defects: found } = await write();
      unwritable.push(...found);
      return written > 0 ? claim() : undefined;
    };

    for (;;) {
      const mayBegin = !over && !signal?.aborted && defects.length === 0 && underWay.size < MAX_MAILS_AT_ONCE;
      const entry = mayBegin ? await next().catch((defect: unknown) => void defects.push(defect)) : undefined;
      if (entry) begin(entry);
      else if (underWay.size === 0) break;
      await firstOf(underWay);
    }
    if (defects.length + unwritable.length > 0) throw [...defects, ...unwritable][0];
    return report;
  };

  /** Waits until one of them is finished, or `PATIENCE_MS` ms have passed. */
  async function firstOf(underWay: ReadonlySet<Promise<void>>): Promise<void> {
    const waiting = new AbortController();
    await Promise.race([...underWay, pause(PATIENCE_MS, waiting.signal)]).finally(() => waiting.abort());
  }

  async function deliver(entry: OutboxEntry): Promise<Outcome> {
    try {
      const desk = await storage.desks.find(entry.deskId);
      await mailer.send(desk ? { ...entry.mail, sender: returnPath(desk) } : entry.mail);
    } catch (error) {
      if (error instanceof MailRefused) return postpone(entry, error);
      // Any other error is a defect and reported as one. The message is delayed, so that it is not tried again at once.
      await postpone(entry, new MailRefused(false, null));
      throw error;
    }
    await storage.atomically(async (stores) => {
      await stores.outbox.sent(entry.id, now());
      if (entry.bookingId === null) return;
      const wasHeldUp = wasRefused(entry.lastCode) || entry.unwritableSince !== null;
      if (wasHeldUp || (await reachesAnew(stores, entry.bookingId, entry)))
        await stores.tasks.doneOf(entry.bookingId, 'mail_failed', 'system', now());
    });
    return 'sent';
  }

  async function postpone(entry: OutboxEntry, { permanent, code, reached, sender }: MailRefused): Promise<Outcome> {
    const at = permanent ? null : nextAttempt(entry.attempts, entry.createdAt, now());
    return storage.atomically(async ({ outbox, tasks }) => {
      if (at !== null && !reached) {
        await outbox.postponeAll({ id: entry.id, code }, now() + LOOK_FOR_SERVER_MS);
        return 'nobody there';
      }
      // The task is added once, so that a task that reception has finished does not come back with each attempt.
      const toTell = at === null || (sender && !wasRefused(entry.lastCode));
      if (toTell && entry.recipient === 'client' && entry.bookingId !== null)
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

  /**
   * Returns `true` if the client has another address than that to which mails failed, and this mail went to it: nobody
   * needs to phone any more.
   */
  async function reachesAnew(
    { bookings, outbox }: Stores,
    bookingId: string,
    { recipient, mail }: OutboxEntry,
  ): Promise<boolean> {
    if (recipient !== 'client') return false;
    const key = addressKey(mail.to.address);
    const email = (await bookings.find(bookingId))?.client.email ?? null;
    if (email === null || addressKey(email) !== key) return false;
    const failed = (await outbox.ofBooking(bookingId)).filter(
      (each) => each.recipient === 'client' && (each.state === 'failed' || each.bounced?.action === 'failed'),
    );
    return failed.length > 0 && failed.every(({ address }) => address !== '' && addressKey(address) !== key);
  }

  /**
   * Returns `true` if the code is a permanent refusal. A message that is still in the outbox after one had its sender
   * refused.
   */
  function wasRefused(code: number | null): boolean {
    return code !== null && code >= 500;
  }
}
