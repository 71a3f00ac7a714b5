import { Router } from 'express';
import type { Storage } from '../app/ports/storage';

/** Asked by whoever restarts processes that live no longer. */
export const LIVENESS = '/healthz';

interface Deps {
  readonly storage: Pick<Storage, 'ping'>;
  /** Aborted when the program ends. */
  readonly stopping: AbortSignal;
}

/**
 * For whoever watches the program: alive (touches nothing), and ready to serve (the database answers and is migrated, and the
 * program is not about to end).
 */
export function healthRoutes({ storage, stopping }: Deps): Router {
  const router = Router();
  router.get(LIVENESS, (_req, res) => void res.json({ status: 'ok' }));
  router.get('/readyz', async (_req, res) => {
    const answered = await answering(storage);
    // Asked last: the answer of one that began to stop meanwhile ends its connection, and must not say 200.
    const status = stopping.aborted ? 'stopping' : answered;
    res.status(status === 'ok' ? 200 : 503).json({ status });
  });
  return router;
}

function answering(storage: Pick<Storage, 'ping'>): Promise<'ok' | 'unavailable'> {
  return storage.ping().then(
    () => 'ok',
    () => 'unavailable',
  );
}
