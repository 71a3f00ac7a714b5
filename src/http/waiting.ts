import type { Response } from 'express';
import type { DomainError } from '../domain/errors';

/**
 * Sets the status and headers of a page that answers `too-many-requests` and shows what was typed. @returns the minutes
 * to wait, for its text
 */
export function mustWait(res: Response, { details }: DomainError): { count: number } {
  const seconds = Number(details.retryAfterSeconds);
  res.status(429).set('Retry-After', String(seconds)).set('Cache-Control', 'no-store');
  return inMinutes(seconds);
}

/** Returns whole minutes, rounded up, as `count` for a text with plural forms. */
export function inMinutes(seconds: number): { count: number } {
  return { count: Math.max(1, Math.ceil(seconds / 60)) };
}
