import type { RequestHandler, Response } from 'express';
import type { Counted } from '../../app/ports/rateLimits';
import { DomainError } from '../../domain/errors';
import { type Origin, rising } from '../../domain/limits';
import { type AddressRange, addressRange } from '../addressRange';
import type { HttpDeps } from '../deps';
import { LIMITS, type Limit } from '../limits';

declare global {
  namespace Express {
    interface Locals {
      /** Where the request comes from, as far as it is counted. Set by `knowRange`. */
      range: AddressRange;
      /** A keyed hash of the range, for what belongs to whoever comes from there. Set by `knowRange`. */
      networkKey: () => string;
    }
  }
}

export type LimitDeps = Pick<HttpDeps, 'storage' | 'now' | 'limitKey' | 'measures'>;

/** Something that is counted, of this account or from this range. */
export interface Budget extends Pick<Limit, 'most' | 'window'> {
  readonly what: keyof typeof LIMITS;
  readonly key: string;
}

/** First of all: a connection that breaks off in the meantime no longer tells its address, and would count as nobody's. */
export function knowRange({ limitKey }: Pick<HttpDeps, 'limitKey'>): RequestHandler {
  return (req, res, next) => {
    const range = addressRange(req.ip);
    res.locals.range = range;
    res.locals.networkKey = () => limitKey('network', range.range);
    next();
  };
}

/** What the request's host and the networks around it may do of this; `whom` narrows it further, such as to one account. */
export function inRange(
  { limitKey }: LimitDeps,
  res: Response,
  what: keyof typeof LIMITS,
  ...whom: string[]
): Budget[] {
  const { networks, shared } = res.locals.range;
  const { most, mostShared, window } = LIMITS[what];
  const allowed = rising(most);
  return networks.map(({ width, network }) => ({
    what,
    key: limitKey(what, network, ...whom),
    most: shared ? mostShared : allowed[width],
    window,
  }));
}

/** What may be done of this from all ranges together. */
export function fromAnywhere({ limitKey }: LimitDeps, what: keyof typeof LIMITS, ...whom: string[]): Budget {
  const { most, window } = LIMITS[what];
  return { what, key: limitKey(what, ...whom), most, window };
}

/** What is counted of clients only once for each network; undefined for staff. */
export function clientFrom({ locals }: Response): string | undefined {
  return locals.staff ? undefined : locals.networkKey();
}

/** Where a hold or a booking comes from, for the limits of its desk. Staff are not counted. */
export function originOf({ limitKey }: Pick<HttpDeps, 'limitKey'>, { locals }: Response): Origin | undefined {
  if (locals.staff) return undefined;
  const { networks, shared } = locals.range;
  return { networks: networks.map(({ width, network }) => ({ width, key: limitKey('network', network) })), shared };
}

/**
 * Counts one in each of the budgets, or in none: what is refused uses nothing up, so that whoever is refused in one place keeps
 * nobody waiting in another. Counted before the work, as a thousand requests at once would otherwise all find the budget unused.
 *
 * @throws DomainError `too-many-requests` with `retryAfterSeconds`
 */
export async function spend(deps: LimitDeps, budgets: readonly Budget[]): Promise<void> {
  const { storage, now } = deps;
  const at = now();
  const assertLeft = ({ what, most }: Budget, { hits, windowEnds }: Counted, used: number) => {
    if (hits + 1 - used <= most) return;
    deps.measures.limited(what);
    throw tooMany(windowEnds - at);
  };
  // Looked at first, so that whoever goes on after a refusal does not make the database write.
  for (const budget of budgets) assertLeft(budget, await storage.limits.peek(budget.key, budget.window, at), 0);
  await storage.atomically(async ({ limits }) => {
    for (const budget of budgets) assertLeft(budget, await limits.count(budget.key, budget.window, at), 1);
  });
}

/** Takes back what was spent on something that does not count after all. */
export async function giveBack({ storage }: LimitDeps, budgets: readonly Budget[]): Promise<void> {
  await storage.atomically(async ({ limits }) => {
    for (const { key } of budgets) await limits.giveBack(key);
  });
}

/**
 * Looks something up by a secret. A right one is always answered, since many may share an address with one who guesses; the look-up is
 * one row by its hash. Only misses are counted, and beyond so many they are refused.
 *
 * @throws DomainError `too-many-requests` with `retryAfterSeconds`
 */
export async function bySecret<T>(
  deps: LimitDeps,
  res: Response,
  lookUp: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const found = await lookUp();
  if (found === undefined && !res.locals.staff) await spend(deps, inRange(deps, res, 'wrongSecrets'));
  return found;
}

/** @param wait milliseconds */
function tooMany(wait: number): DomainError {
  return new DomainError('too-many-requests', { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) });
}
