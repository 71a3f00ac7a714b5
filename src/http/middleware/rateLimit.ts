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
      /** Returns a keyed hash of the range, for what belongs to clients from there. Set by `knowRange`. */
      networkKey: () => string;
    }
  }
}

export type LimitDeps = Pick<HttpDeps, 'storage' | 'now' | 'limitKey' | 'measures'>;

/** A count with its limit, for example of an account or of a range. */
export interface Budget extends Pick<Limit, 'most' | 'window'> {
  readonly what: keyof typeof LIMITS;
  readonly key: string;
}

/**
 * Reads the client's address before everything else: a connection that breaks off later no longer has it, and would be
 * counted under no range.
 */
export function knowRange({ limitKey }: Pick<HttpDeps, 'limitKey'>): RequestHandler {
  return (req, res, next) => {
    const range = addressRange(req.ip);
    res.locals.range = range;
    res.locals.networkKey = () => limitKey('network', range.range);
    next();
  };
}

/**
 * Returns the budgets of the request's host and of the networks around it; `whom` narrows them further, for example to
 * one account.
 */
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

/** Returns the budget of all ranges together. */
export function fromAnywhere({ limitKey }: LimitDeps, what: keyof typeof LIMITS, ...whom: string[]): Budget {
  const { most, window } = LIMITS[what];
  return { what, key: limitKey(what, ...whom), most, window };
}

/** Returns the network by which clients are counted once each; undefined for staff. */
export function clientFrom({ locals }: Response): string | undefined {
  return locals.staff ? undefined : locals.networkKey();
}

/** Returns where a hold or a booking comes from, for the limits of its desk. Staff are not counted. */
export function originOf({ limitKey }: Pick<HttpDeps, 'limitKey'>, { locals }: Response): Origin | undefined {
  if (locals.staff) return undefined;
  const { networks, shared } = locals.range;
  return { networks: networks.map(({ width, network }) => ({ width, key: limitKey('network', network) })), shared };
}

/**
 * Adds one to each of the budgets, or to none: a refused request uses nothing up, so that a refusal by one budget does
 * not make others wait. It is counted before the work, because a thousand simultaneous requests would otherwise all
 * find the budget unused.
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
  // They are read first, so that repeated requests after a refusal cause no writes.
  for (const budget of budgets) assertLeft(budget, await storage.limits.peek(budget.key, budget.window, at), 0);
  await storage.atomically(async ({ limits }) => {
    for (const budget of budgets) assertLeft(budget, await limits.count(budget.key, budget.window, at), 1);
  });
}

/** Takes back what was spent on something that turns out not to count. */
export async function giveBack({ storage }: LimitDeps, budgets: readonly Budget[]): Promise<void> {
  await storage.atomically(async ({ limits }) => {
    for (const { key } of budgets) await limits.giveBack(key);
  });
}

/**
 * Looks something up by a secret. A correct secret is always answered, because many people may share an address with
 * somebody who guesses, and the look-up is one row by its hash. Only misses are counted, and refused beyond the limit.
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
