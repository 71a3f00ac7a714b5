import type { Response } from 'express';
import type { DomainError } from '../domain/errors';

/** Makes a page that keeps what was typed an answer to `too-many-requests`. @returns the minutes to wait, for its text */
export function mustWait(res: Response, { details }: DomainError): { count: number } {
  const seconds = Number(details.retryAfterSeconds);
  res.status(429).set('Retry-After', String(seconds)).set('Cache-Control', 'no-store');
  return inMinutes(seconds);
}

/** As people are told: whole minutes, the last one begun. For the plural of a text. */
export function inMinutes(seconds: number): { count: number } {
  return { count: Math.max(1, Math.ceil(seconds / 60)) };
}
