import { Router } from 'express';
import type { ZoneFindings } from '../app/check/zoneData';
import type { Storage } from '../app/ports/storage';
import { paths } from '../paths';

interface Deps {
  readonly storage: Pick<Storage, 'ping'>;
  /** As they were last compared. */
  readonly zoneData: () => ZoneFindings['disagreements'];
  /** Aborted when the program ends. */
  readonly stopping: AbortSignal;
}

/**
 * For whoever watches the program: alive (touches nothing), and ready to serve (the database answers and is migrated, and the
 * program is not about to end). Time zone data that disagree keep nobody from serving, but are said.
 */
export function healthRoutes({ storage, zoneData, stopping }: Deps): Router {
  const router = Router();
  router.get(paths.liveness, (_req, res) => void res.json({ status: 'ok' }));
  router.get(paths.readiness, async (_req, res) => {
    const answered = await answering(storage);
    // Asked last: the answer of one that began to stop meanwhile ends its connection, and must not say 200.
    const status = stopping.aborted ? 'stopping' : answered;
    const disagreements = zoneData();
    const said = disagreements.length > 0 ? { zoneData: disagreements } : {};
    res.status(status === 'ok' ? 200 : 503).json({ status, ...said });
  });
  return router;
}

function answering(storage: Pick<Storage, 'ping'>): Promise<'ok' | 'unavailable'> {
  return storage.ping().then(
    () => 'ok',
    () => 'unavailable',
  );
}
