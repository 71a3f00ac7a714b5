import { Router } from 'express';
import type { ZoneFindings } from '../app/check/zoneData';
import type { MailboxState } from '../app/ports/mailboxes';
import type { Storage } from '../app/ports/storage';
import { paths } from '../paths';

interface Deps {
  readonly storage: Pick<Storage, 'ping'>;
  /** As of the last comparison. */
  readonly zoneData: () => ZoneFindings['disagreements'];
  /** Null: none is read. */
  readonly mailbox: () => Promise<MailboxState | null>;
  /** Aborted when the program begins to stop. */
  readonly stopping: AbortSignal;
}

/**
 * The probes for monitoring: alive (reads nothing), and ready to serve (the database answers and is migrated, and the
 * program is not stopping). Disagreeing time zone data, and a mailbox that cannot be read, are reported, but do not make it
 * unready.
 */
export function healthRoutes({ storage, zoneData, mailbox, stopping }: Deps): Router {
  const router = Router();
  router.get(paths.liveness, (_req, res) => void res.json({ status: 'ok' }));
  router.get(paths.readiness, async (_req, res) => {
    const answered = await answering(storage);
    // Read last: the answer of a process that began to stop meanwhile ends its connection, and must not say 200.
    const status = stopping.aborted ? 'stopping' : answered;
    const disagreements = zoneData();
    const failing = answered === 'ok' ? await failingSince(mailbox) : undefined;
    const said = { ...(disagreements.length > 0 && { zoneData: disagreements }), ...(failing && { mailbox: failing }) };
    res.status(status === 'ok' ? 200 : 503).json({ status, ...said });
  });
  return router;
}

async function failingSince(mailbox: Deps['mailbox']) {
  const failing = (await mailbox().catch(() => null))?.failing;
  return failing ? { failing: failing.why, since: new Date(failing.since).toISOString() } : undefined;
}

function answering(storage: Pick<Storage, 'ping'>): Promise<'ok' | 'unavailable'> {
  return storage.ping().then(
    () => 'ok',
    () => 'unavailable',
  );
}
