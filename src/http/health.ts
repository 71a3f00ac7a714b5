import { Router } from 'express';
import type { Storage } from '../app/ports/storage';

/** For whoever watches the program: alive (touches nothing), and ready to serve (the database answers and is migrated). */
export function healthRoutes({ storage }: { storage: Pick<Storage, 'ping'> }): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  router.get('/readyz', async (_req, res) => {
    const ready = await storage.ping().then(
      () => true,
      () => false,
    );
    res.status(ready ? 200 : 503).json({ status: ready ? 'ok' : 'unavailable' });
  });
  return router;
}
