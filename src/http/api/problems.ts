import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { z } from 'zod';
import type { Alternatives } from '../../app/slots/alternatives';
import { isBelow } from '../../areas';
import { DomainError, type FieldError, isRefusal } from '../../domain/errors';
import { apiPaths } from '../../paths';
import { slotJson } from './present';

/** The greatest number of field errors in an answer; a body can have thousands. */
const MAX_FIELD_ERRORS = 20;
const MAX_KEY_LENGTH = 100;

/**
 * Validates a value from outside with `schema`.
 *
 * @throws DomainError `invalid` with one pointer for each wrong field, unknown ones included
 */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new DomainError('invalid', { errors: result.error.issues.flatMap(fieldErrors).slice(0, MAX_FIELD_ERRORS) });
}

/** Runs work in which the domain may refuse a field, and adds the field's pointer to the refusal. */
export function naming<T>(pointerOf: (part: unknown) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError) || typeof error.details.reason !== 'string') throw error;
    const { reason, part } = error.details;
    throw new DomainError(error.code, { ...error.details, errors: [{ pointer: pointerOf(part), detail: reason }] });
  }
}

/** Returns the refusal of one wrong field. */
export function wrongField(pointer: string, detail: string): DomainError {
  return new DomainError('invalid', { errors: [{ pointer, detail }] });
}

/** Converts the free slots in a `slot-unavailable` refusal to the API's form. */
export const showAlternatives: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  if (!isRefusal(error, 'slot-unavailable') || !error.details.alternatives) return next(error);
  const { timeZone, slots } = error.details.alternatives as Alternatives;
  next(new DomainError(error.code, { ...error.details, alternatives: slots.map((slot) => slotJson(slot, timeZone)) }));
};

/**
 * Accepts only JSON as a body, and CSV from staff (RFC 9110 §15.5.16). Forms and plain text are refused, because browsers
 * send those across sites without asking; they ask before they send CSV.
 */
export const onlyJson: RequestHandler = (req, _res, next) => {
  if (!isBelow(req.path, apiPaths.staff) || !req.is('text/csv')) assertMediaType(req, 'application/json');
  next();
};

/** @throws an error that is answered with 415, for a body of another type */
export function assertMediaType(req: Request, expected: 'application/json' | 'text/csv'): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is(expected)) throw Object.assign(new Error(`expected ${expected}`), { status: 415 });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const at = issue.path.map(token).join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_FIELD_ERRORS)
      .map((key) => ({ pointer: `${at}${token(key)}`, detail: 'is not a field of this request' }));
  return [{ pointer: at, detail: issue.message.replace(/^Invalid (input|option): /, '') }];
}

/** Escapes a key as a token of a JSON Pointer (RFC 6901 §3). */
function token(key: PropertyKey): string {
  return `/${String(key).slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
