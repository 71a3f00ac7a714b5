import type { Response } from 'express';
import type { DomainError } from '../domain/errors';

/** Sets the status and headers of a page that answers `too-many-requests` and shows what was typed. */
export function tooManyRequests(res: Response, { details }: DomainError): void {
  res.status(429).set('Retry-After', String(details.retryAfterSeconds)).set('Cache-Control', 'no-store');
}

/** Returns the minutes to wait after `too-many-requests`, for a text. */
export function minutesToWait({ details }: DomainError): { count: number } {
  return inMinutes(Number(details.retryAfterSeconds));
}

/** Returns whole minutes, rounded up, as `count` for a text with plural forms. */
export function inMinutes(seconds: number): { count: number } {
  return { count: Math.max(1, Math.ceil(seconds / 60)) };
}
