import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import type { Operation } from './operation';
import { Problem, StaffBooking } from './schemas';

/** All refusals of the API; the operations in the document refer to them. */
export const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The request could not be read',
  401: 'Nobody is signed in, or the token is not known',
  403: 'The role may not do this',
  404: 'There is nothing at this address, or nothing that the asker may see',
  409: 'The state does not allow it: the slot is taken (then with alternatives), the hold has run out, the booking is over, the client has too many ahead, the same was done from another network, or nothing would change',
  412: 'Somebody has changed it since the version in If-Match',
  413: 'The body is larger than 64 kB, or 1 MB as CSV',
  415: 'The body is not JSON, or not CSV where that is expected',
  422: 'Fields are not valid, or the Idempotency-Key is too short or came with another body before',
  428: 'If-Match is missing',
  429: 'Too much of this from one place; try again after Retry-After',
  503: 'The database is away for a moment; try again after Retry-After',
};

const ETag = z.string().meta({ description: 'For If-None-Match', example: '"3"' });
const Version = z.string().meta({ description: 'The version of the booking, for If-Match', example: '"3"' });
const Location = z.string().meta({ description: 'Where it can be read from now on' });
const Replayed = z
  .literal('true')
  .optional()
  .meta({ description: 'Present if this is the answer that an earlier request with the key got' });

/** Returns a refusal as a component of the document. */
export function refusal(status: number): ZodOpenApiResponseObject {
  return {
    description: REFUSALS[status] ?? '',
    content: { 'application/problem+json': { schema: Problem } },
  };
}

/** Returns what an operation can answer: success, 304, refusals. */
export function answers(operation: Operation): ZodOpenApiResponsesObject {
  const { method, answer, stream, creates } = operation.spec;
  return {
    [`${answer.status}`]: success(operation),
    ...(creates && { '201': { ...success(operation), description: 'It is new, and holds from now on' } }),
    ...(method === 'get' && !stream && { '304': { description: 'What the ETag in If-None-Match names still holds' } }),
    ...Object.fromEntries(
      refusals(operation).map((status) => [`${status}`, { $ref: `#/components/responses/Problem${status}` }]),
    ),
  } as ZodOpenApiResponsesObject;
}

function success({ spec }: Operation): ZodOpenApiResponseObject {
  const { schema, type, description, location } = spec.answer;
  return {
    description,
    headers: z.object({
      ...(spec.method === 'get' && !spec.stream && { ETag }),
      ...(spec.method !== 'get' && schema === StaffBooking && { ETag: Version }),
      ...(location && { Location }),
      ...(spec.method === 'post' && !spec.repeatable && { 'Idempotency-Replayed': Replayed }),
    }),
    ...(schema && {
      content: {
        'application/json': { schema },
        ...(spec.csv === 'export' && { 'text/csv': { schema: z.string() } }),
      },
    }),
    ...(type && { content: { [type]: { schema: z.string() } } }),
  };
}

function refusals({ spec, secured }: Operation): number[] {
  const named = spec.path.includes('{');
  const all = [
    ...(spec.problems ?? []),
    ...(secured ? [401, 404, 429] : []),
    ...(secured && spec.method !== 'get' ? [403] : []),
    ...(named ? [404] : []),
    ...(spec.path.includes('{manageToken}') ? [429] : []),
    ...(spec.body ? [400, 413, 415, 422] : []),
    ...(spec.query ? [422] : []),
    ...(spec.versioned ? [412] : []),
    ...(spec.versioned === 'required' ? [428] : []),
    503,
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}
