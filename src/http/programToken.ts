import type { Response } from 'express';
import type { TokenUse } from '../app/ports/staffStore';
import { HOUR, type Instant } from '../domain/calendar/interval';
import { isRefusal } from '../domain/errors';
import { hasEnded } from '../domain/staff/account';
import type { HttpDeps } from './deps';
import { bySecret, type LimitDeps } from './middleware/rateLimit';

/**
 * How often the use of a token is recorded. It is for a list of tokens that nobody needs any more, and a more exact
 * time would cost a write for each request.
 */
const NOTE_USE_EVERY_MS = HOUR;

type Deps = LimitDeps & Pick<HttpDeps, 'tokens'>;

/**
 * Returns the token that a program sent. It is read from the database each time; revoked and expired tokens count as
 * unknown.
 *
 * @throws DomainError `too-many-requests`
 */
export async function tokenBy(deps: Deps, res: Response, bearer: string): Promise<TokenUse | undefined> {
  const at = deps.now();
  const token = await bySecret(deps, res, async () => {
    const found = await deps.storage.staff.findToken(deps.tokens.hash(bearer));
    return found && !hasEnded(found, at) ? found : undefined;
  });
  if (token && (token.lastUsedAt === null || Math.abs(at - token.lastUsedAt) >= NOTE_USE_EVERY_MS))
    await noteUse(deps, token.hash, at);
  return token;
}

/**
 * Records the use of the token. If the database cannot be written, it does nothing, so that programs can still read.
 */
async function noteUse({ storage }: Deps, hash: string, at: Instant): Promise<void> {
  try {
    await storage.atomically(({ staff }) => staff.noteTokenUse(hash, at));
  } catch (error) {
    if (!isRefusal(error, 'unavailable')) throw error;
  }
}
