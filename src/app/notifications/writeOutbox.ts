import { MINUTE } from '../../domain/calendar/interval';
import { nextAttempt } from '../../domain/notifications/attempts';
import type { AppDeps } from '../deps';
import type { WriteMail } from '../ports/mailWriter';
import type { UnwrittenEntry } from '../ports/outbox';
import type { Stores } from '../ports/storage';

/** The most mails that are stored in one transaction. Their commit costs more than a mail, on SQLite. */
const MAX_MAILS_A_COMMIT = 20;
/** How long a mail waits that could not be written. */
const LOOK_AGAIN_MS = MINUTE;

/** The outcome of one round. */
interface Writing {
  readonly written: number;
  /** The errors of mails that could not be written. */
  readonly defects: readonly unknown[];
}

type WriteOutbox = () => Promise<Writing>;

/**
 * Writes due mails from their facts and stores them, before anybody tries to send them. If the process is killed before
 * they are stored, the next one writes the same bytes. Requests are served between two mails, and nothing is locked
 * while one is written.
 *
 * A mail that cannot be written because of a defect stops no other. It becomes a task for reception at once, like one
 * that a server refuses for good, and is tried again each minute for as long as other mails are, because it goes out
 * once the defect is corrected.
 */
export function writeOutbox({
  storage,
  now,
  ids,
  turn,
  writeMail,
}: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'turn'> & { readonly writeMail: WriteMail }): WriteOutbox {
  return async () => {
    const due = await storage.outbox.unwritten(now(), MAX_MAILS_A_COMMIT);
    const written: { readonly id: number; readonly content: string }[] = [];
    const unwritable: UnwrittenEntry[] = [];
    const defects: unknown[] = [];
    for (const entry of due) {
      await turn();
      try {
        written.push({ id: entry.id, content: writeMail(entry.from) });
      } catch (defect) {
        unwritable.push(entry);
        defects.push(defect);
      }
    }
    if (due.length > 0)
      await storage.atomically(async (stores) => {
        for (const { id, content } of written) await stores.outbox.store(id, content);
        for (const entry of unwritable) await setAside(stores, entry);
      });
    return { written: written.length, defects };
  };

  async function setAside({ outbox, tasks }: Pick<Stores, 'outbox' | 'tasks'>, entry: UnwrittenEntry): Promise<void> {
    const { id, deskId, bookingId, recipient, createdAt, unwritableSince } = entry;
    // The task is added once, so that one that reception has finished does not come back each minute.
    if (unwritableSince === null && recipient === 'client' && bookingId !== null)
      await tasks.add({ id: ids.uuid(), deskId, bookingId, kind: 'mail_failed', createdAt: now() });
    await outbox.unwritable(id, now(), now() + LOOK_AGAIN_MS);
    if (nextAttempt(1, createdAt, now()) === null) await outbox.fail(id, null);
  }
}
