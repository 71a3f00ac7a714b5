import { z } from 'zod';
import { DomainError } from '../../domain/errors';

/** Returns a schema for an object with these fields and no others; its complaint lists the fields. */
export function known<T extends z.ZodRawShape>(shape: T) {
  const fields = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `is not known here; expected ${fields}` : undefined),
  });
}

/** Runs the domain's own check of hours, and reports its refusal at the field that it names. */
export function accepted<T>(assert: (value: T) => void) {
  return (value: T, ctx: z.RefinementCtx) => {
    try {
      assert(value);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { part, reason } = error.details;
      const isField = typeof part === 'string' && Object.hasOwn(value as object, part);
      const path = isField ? [part] : error.code === 'invalid-rule' ? ['rrule'] : [];
      // The reason begins with the field's name, which the path contains already.
      ctx.addIssue({
        code: 'custom',
        path,
        message: isField ? String(reason).replace(`${part}: `, '') : String(reason),
      });
    }
  };
}

/** Refuses the second of two items that are equal, or that have the same value in `field`. */
export function noneTwice(field?: string) {
  return (items: readonly unknown[], ctx: z.RefinementCtx) => {
    const keys = items.map((item) => (field === undefined ? item : (item as Record<string, unknown>)[field]));
    for (const [i, key] of keys.entries())
      if (keys.indexOf(key) < i)
        ctx.addIssue({
          code: 'custom',
          path: field === undefined ? [i] : [i, field],
          message: `is given twice: ${String(key)}`,
        });
  };
}

/** Removes the fields whose value is undefined, so that optional fields are absent. */
export function withoutAbsent<T extends object>(value: T) {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
