import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { z } from 'zod';
import type { Alternatives } from '../../app/slots/alternatives';
import { DomainError, type FieldError, isRefusal } from '../../domain/errors';
import { slotJson } from './present';

/** More than this nobody reads; a body can have thousands of wrong fields. */
const MAX_FIELD_ERRORS = 20;
const MAX_KEY_LENGTH = 100;

/**
 * What `schema` makes of a value from outside.
 *
 * @throws DomainError `invalid` with one pointer for each wrong field, unknown ones included
 */
export function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new DomainError('invalid', { errors: result.error.issues.flatMap(fieldErrors).slice(0, MAX_FIELD_ERRORS) });
}

/** A field that is wrong in itself but only the domain can tell: names the field in the domain's own refusal. */
export function naming<T>(pointerOf: (part: unknown) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError) || typeof error.details.reason !== 'string') throw error;
    const { reason, part } = error.details;
    throw new DomainError(error.code, { ...error.details, errors: [{ pointer: pointerOf(part), detail: reason }] });
  }
}

/** One field that is wrong. */
export function wrongField(pointer: string, detail: string): DomainError {
  return new DomainError('invalid', { errors: [{ pointer, detail }] });
}

/** Turns the free slots that come with `slot-unavailable` into the API's. */
export const showAlternatives: ErrorRequestHandler = (error: unknown, _req, _res, next) => {
  if (!isRefusal(error, 'slot-unavailable') || !error.details.alternatives) return next(error);
  const { timeZone, slots } = error.details.alternatives as Alternatives;
  next(new DomainError(error.code, { ...error.details, alternatives: slots.map((slot) => slotJson(slot, timeZone)) }));
};

/** A body is JSON or absent (RFC 9110 §15.5.16). A form's or a plain text's is refused: browsers send those across sites unasked. */
export const onlyJson: RequestHandler = (req, _res, next) => {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (!hasBody || req.is('application/json')) return next();
  next(Object.assign(new Error('expected application/json'), { status: 415 }));
};

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const at = issue.path.map(token).join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_FIELD_ERRORS)
      .map((key) => ({ pointer: `${at}${token(key)}`, detail: 'is not a field of this request' }));
  return [{ pointer: at, detail: issue.message }];
}

/** RFC 6901 §3. */
function token(key: PropertyKey): string {
  return `/${String(key).slice(0, MAX_KEY_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
