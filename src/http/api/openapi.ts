import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { API_ROOT } from '../../paths';
import { answers, REFUSALS, refusal } from './answers';
import type { Operation } from './operation';
import { MIN_PUBLIC_KEY_LENGTH } from './request';

const PARAMETERS: Readonly<Record<string, string>> = {
  desk: "The desk's id",
  advisor: "The advisor's id",
  id: 'The id that the API gave',
  manageToken: 'The secret of the manage link',
};

const IfNoneMatch = z.string().optional().meta({ description: 'An ETag; answered with 304 if it still holds' });
const LastEventId = z.string().optional().meta({
  description:
    'The `id` of the last event that was received; the stream goes on after it. Browsers send it by themselves',
});
const IfMatch = z.string().meta({
  description: 'The version that was read; answered with 412 if somebody has changed it since',
  example: '"3"',
});
const IfNoneThere = z.string().optional().meta({
  description: '`*` instead of If-Match enters something new; answered with 412 if there is something already',
  example: '*',
});
const idempotencyKey = (shortest: number) =>
  z.string().min(shortest).max(255).optional().meta({
    description:
      'Made up by the sender, once for each request. The same key with the same body gets the first answer again, in the same network',
    example: 'b7c1a3de-55f0-4c43-a2ee-1f9c1d5b9d0e',
  });

/** Returns the OpenAPI 3.1 document of the API, made from the operations that answer it. */
export function openApiDocument(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const { path, method } = operation.spec;
    const there = paths[path]?.[method];
    const own = described(operation);
    paths[path] = { ...paths[path], [method]: there ? together(there, own) : own };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Sprechstunde',
        version: '1',
        description: [
          'Appointment booking for public service desks.',
          'Answers carry times with the offset of the desk; requests may use any offset or Z.',
          'Ranges are half-open: `from` counts, `to` does not.',
          'Fields may be added to answers at any time; unknown fields of requests are refused with 422.',
          'What is at no address, and what the asker may not see, is 404; a known address with another method is 405, with `Allow`.',
        ].join(' '),
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      servers: [{ url: API_ROOT }],
      tags: [
        {
          name: 'public',
          description: 'For everybody. Who has the secret of a manage link may change that one booking',
        },
        { name: 'staff', description: 'With a token or a session; a role sees only its own desk' },
      ],
      security: [],
      paths: paths as ZodOpenApiPathsObject,
      components: {
        responses: Object.fromEntries(
          Object.keys(REFUSALS).map((status) => [`Problem${status}`, refusal(Number(status))]),
        ),
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'For programs: a token of one role at one desk' },
          session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'For pages of the program itself' },
        },
      },
    },
    { override: plain },
  );
}

/**
 * Simplifies a schema for the document: answers may get more fields later, so they are not ruled out; and the bounds of
 * a safe integer are removed, because they tell nothing.
 */
function plain({ jsonSchema, io }: { jsonSchema: Record<string, unknown>; io: 'input' | 'output' }): void {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const { spec, secured } = operation;
  const { body, description } = spec;
  return {
    operationId: spec.id,
    tags: [secured ? 'staff' : 'public'],
    summary: spec.summary,
    ...(description && { description }),
    ...(secured && { security: [{ bearer: [] }, { session: [] }] }),
    requestParams: {
      path: pathParams(spec.path),
      header: headers(operation),
      ...(spec.query && { query: spec.query }),
    },
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: {
          [spec.csv === 'import' || spec.csv === 'beside' ? 'text/csv' : 'application/json']: { schema: body },
        },
      },
    }),
    responses: answers(operation),
  } as ZodOpenApiOperationObject;
}

/** Describes two operations at one address as one: the first takes CSV, the other JSON. */
function together(csv: ZodOpenApiOperationObject, json: ZodOpenApiOperationObject): ZodOpenApiOperationObject {
  return {
    ...json,
    description: [json.description, `With CSV: ${csv.description}`].join(' '),
    requestParams: { ...json.requestParams, ...csv.requestParams },
    requestBody: {
      required: true,
      content: { ...json.requestBody?.content, ...csv.requestBody?.content },
    },
    responses: { ...csv.responses, ...json.responses },
  };
}

function pathParams(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return z.object(
    Object.fromEntries(names.map((name) => [name, z.string().meta({ description: PARAMETERS[name] ?? name })])),
  );
}

function headers({ secured, spec: { method, repeatable, versioned, stream, creates } }: Operation) {
  return z.object({
    ...(method === 'get' && !stream && { 'If-None-Match': IfNoneMatch }),
    ...(stream && { 'Last-Event-ID': LastEventId }),
    ...(method === 'post' && !repeatable && { 'Idempotency-Key': idempotencyKey(secured ? 1 : MIN_PUBLIC_KEY_LENGTH) }),
    ...(versioned && { 'If-Match': versioned === 'required' && !creates ? IfMatch : IfMatch.optional() }),
    ...(creates && { 'If-None-Match': IfNoneThere }),
  });
}
