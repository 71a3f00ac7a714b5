import { type Request, type Response, Router } from 'express';
import type { TokenUse } from '../app/ports/staffStore';
import { DomainError, isRefusal } from '../domain/errors';
import { hasEnded } from '../domain/staff/account';
import { paths } from '../paths';
import type { HttpDeps } from './deps';
import { isFromHere } from './fromHere';
import type { Figures } from './measures';
import type { LimitDeps } from './middleware/rateLimit';
import { bearerOf } from './middleware/staff';
import { tokenBy } from './programToken';

/** How long a database query may take. Prometheus gives up after 10 s, and two queries fit into that. */
const PATIENCE_MS = 3_000;
const MAY_LOOK: readonly string[] = ['manager', 'admin'];

type Deps = LimitDeps & Pick<HttpDeps, 'tokens' | 'measures' | 'mailbox'>;

/**
 * Answers `/metrics` to a program on this machine that does not come through a proxy, or with a token of a manager or
 * an admin. It does not fail if the database does: it reports that, and only the figures of the process.
 */
export function metricsRoutes(deps: Deps): Router {
  const router = Router();
  const mayLook = looker(deps);
  router.get(paths.metrics, async (req, res) => {
    if (!isFromHere(req) || bearerOf(req) !== undefined) await mayLook(req, res);
    const { measures } = deps;
    const text = await measures.exposition(await figures(deps));
    res.set('Cache-Control', 'no-store').set('Content-Type', measures.contentType).send(text);
  });
  return router;
}

/**
 * Returns the check that a request may read metrics. It throws DomainError `unauthenticated`, `forbidden`,
 * `too-many-requests`, and `unavailable` for a token that was never seen while the database is away.
 */
function looker(deps: Deps): (req: Request, res: Response) => Promise<void> {
  const { tokens, now } = deps;
  // While the database is away, tokens that were accepted before are still accepted, because that is when metrics are
  // needed.
  const seen = new Map<string, TokenUse>();
  return async (req, res) => {
    const bearer = bearerOf(req);
    if (bearer === undefined) throw new DomainError('unauthenticated');
    const hash = tokens.hash(bearer);
    try {
      const token = await inTime(tokenBy(deps, res, bearer));
      if (!token) throw new DomainError('unauthenticated', { reason: 'the token is not known' });
      if (!MAY_LOOK.includes(token.role)) throw new DomainError('forbidden');
      seen.set(hash, token);
    } catch (error) {
      const before = seen.get(hash);
      if (isRefusal(error, 'unavailable') && before && !hasEnded(before, now())) return;
      seen.delete(hash);
      throw error;
    }
  };
}

async function figures({ storage, mailbox, now }: Deps): Promise<Figures | null> {
  try {
    const state = [storage.outbox.state(now()), storage.webhooks.state(now())] as const;
    const all = [...state, mailbox(), storage.jobs.list()] as const;
    const [outbox, webhooks, read, jobs] = await inTime(Promise.all(all));
    return { outbox, webhooks, mailbox: read, jobs };
  } catch {
    return null;
  }
}

/** @throws DomainError `unavailable` if it takes too long */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new DomainError('unavailable')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
