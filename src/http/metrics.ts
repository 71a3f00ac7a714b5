import { type Request, type Response, Router } from 'express';
import { DomainError, isRefusal } from '../domain/errors';
import type { HttpDeps } from './deps';
import type { Figures } from './measures';
import { bySecret, type LimitDeps } from './middleware/rateLimit';
import { bearerOf } from './middleware/staff';
import { paths } from './paths';

/** Prometheus itself gives up after 10 s: two questions fit into that. */
const PATIENCE_MS = 3_000;
const MAY_LOOK: readonly string[] = ['manager', 'admin'];

type Deps = LimitDeps & Pick<HttpDeps, 'tokens' | 'measures'>;

/**
 * `/metrics`, for a program on this machine that asks without a proxy, or with a manager's or an admin's token. It never fails
 * because the database does: then it says so, and tells of the process alone.
 */
export function metricsRoutes(deps: Deps): Router {
  const router = Router();
  const mayLook = looker(deps);
  router.get(paths.metrics, async (req, res) => {
    if (!isFromHere(req)) await mayLook(req, res);
    const { measures } = deps;
    const text = await measures.exposition(await figures(deps));
    res.set('Cache-Control', 'no-store').set('Content-Type', measures.contentType).send(text);
  });
  return router;
}

/** What a proxy leaves behind. Behind one, everybody comes from this machine. */
const OF_PROXIES = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

/** The socket's own address: `TRUST_PROXY` says what to believe of headers, and here none is believed. */
function isFromHere(req: Request): boolean {
  const peer = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const loopback = peer === '::1' || /^127\./.test(peer);
  return loopback && bearerOf(req) === undefined && OF_PROXIES.every((name) => req.headers[name] === undefined);
}

/**
 * @returns throws DomainError `unauthenticated`, `forbidden`, `too-many-requests`; `unavailable` for a token that was never seen while the
 *   database is away
 */
function looker(deps: Deps): (req: Request, res: Response) => Promise<void> {
  const { storage, tokens } = deps;
  // While the database is away, whoever was let in before still is: that is when somebody needs to look.
  const seen = new Set<string>();
  return async (req, res) => {
    const bearer = bearerOf(req);
    if (bearer === undefined) throw new DomainError('unauthenticated');
    const hash = tokens.hash(bearer);
    try {
      const token = await inTime(bySecret(deps, res, () => storage.staff.findToken(hash)));
      if (!token) throw new DomainError('unauthenticated', { reason: 'the token is not known' });
      if (!MAY_LOOK.includes(token.role)) throw new DomainError('forbidden');
      seen.add(hash);
    } catch (error) {
      if (isRefusal(error, 'unavailable') && seen.has(hash)) return;
      seen.delete(hash);
      throw error;
    }
  };
}

async function figures({ storage, now }: Deps): Promise<Figures | null> {
  try {
    const [outbox, jobs] = await inTime(Promise.all([storage.outbox.state(now()), storage.jobs.list()]));
    return { outbox, jobs };
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
