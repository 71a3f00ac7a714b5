import type { Response } from 'express';
import type { TokenUse } from '../app/ports/staffStore';
import { HOUR, type Instant } from '../domain/calendar/interval';
import { isRefusal } from '../domain/errors';
import { hasEnded } from '../domain/staff/account';
import type { HttpDeps } from './deps';
import { bySecret, type LimitDeps } from './middleware/rateLimit';

/** So that a list can say which tokens nobody needs; more exact is of no use, and would be a write for each request. */
const NOTE_USE_EVERY = HOUR;

type Deps = LimitDeps & Pick<HttpDeps, 'tokens'>;

/**
 * The token that a program sent, asked of the database each time: one that was revoked or has ended is as good as unknown.
 *
 * @throws DomainError `too-many-requests`
 */
export async function tokenBy(deps: Deps, res: Response, bearer: string): Promise<TokenUse | undefined> {
  const at = deps.now();
  const token = await bySecret(deps, res, async () => {
    const found = await deps.storage.staff.findToken(deps.tokens.hash(bearer));
    return found && !hasEnded(found, at) ? found : undefined;
  });
  if (token && (token.lastUsedAt === null || Math.abs(at - token.lastUsedAt) >= NOTE_USE_EVERY))
    await noteUse(deps, token.hash, at);
  return token;
}

/** Whoever only reads can do so while nothing can be written. */
async function noteUse({ storage }: Deps, hash: string, at: Instant): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.noteTokenUse(hash, at));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}
