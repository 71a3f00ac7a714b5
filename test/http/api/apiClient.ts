import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { middleware } from 'express-openapi-validator';
import request, { type Response, type Test } from 'supertest';
import type { Role } from '../../../src/domain/staff/roles';
import { Problem } from '../../../src/http/api/schemas';
import { type TestApp, testApp } from '../../support/app';
import { strictDocument } from './strictDocument';

type Headers = Readonly<Record<string, string>>;

/**
 * The real program, whose answers are held against its own OpenAPI document: one that differs becomes a 500. Problem documents
 * are checked by `problem`. Close it.
 */
export async function apiApp(options: Parameters<typeof testApp>[0] & { validateRequests?: boolean } = {}) {
  const program = await testApp(options);
  const outer = express();
  outer.set('query parser', 'simple');
  if (options.validateRequests) outer.use(express.json());
  outer.use(await checks(program, options.validateRequests ?? false));
  outer.use(program.http);
  const server = createServer(outer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call = (
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: unknown,
    headers: Headers = {},
  ): Test => {
    const test = request(url)[method](`/api/v1${path}`).set(headers);
    return body === undefined ? test : test.send(body as object);
  };

  return {
    ...program,
    url,
    get: (path: string, headers?: Headers) => call('get', path, undefined, headers),
    post: (path: string, body?: unknown, headers?: Headers) => call('post', path, body, headers),
    put: (path: string, body: unknown, headers?: Headers) => call('put', path, body, headers),
    patch: (path: string, body: unknown, headers?: Headers) => call('patch', path, body, headers),
    del: (path: string, headers?: Headers) => call('delete', path, undefined, headers),
    /** Headers of a program that has this role. */
    as: (role: Role, part: { deskId?: string; advisorId?: string } = {}) => asRole(program, role, part),
    /** How many rows each table has; not the counts of refusals, which are what a refusal may leave behind. */
    rows: async () => {
      const { rate_limit: _refusals, ...tables } = await program.everything();
      return Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]));
    },
    /** What a table holds. */
    dump: async (table: string) => (await program.everything())[table],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await program.close();
    },
  };
}

export type ApiApp = Awaited<ReturnType<typeof apiApp>>;

/** A booking of a client for Tuesday at nine; another part replaces its field. */
export function aBookingRequest(part: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    topic: 'residence',
    language: 'en',
    mode: 'in_person',
    start: '2026-12-01T09:00:00+01:00',
    client: {
      name: 'Kim Probe',
      email: 'kim@client.example',
      ...(part.mode === 'phone' && { phone: '+49 30 23125 001' }),
    },
    consent: true,
    ...part,
  };
}

/** Books, and gives the answer with the token of its manage link. */
export async function book(api: ApiApp, part: Record<string, unknown> = {}) {
  const { body } = await api.post('/desks/expat-desk/bookings', aBookingRequest(part)).expect(201);
  return { ...body, token: String(body.manageUrl).split('/b/')[1] as string };
}

/** The answer is a problem document of this kind, and nothing else. */
export function problem(answer: Response, status: number, code: string) {
  const document = JSON.parse(answer.text);
  expect([answer.status, answer.type, document.type, document.status]).toEqual([
    status,
    'application/problem+json',
    `/problems/${code}`,
    status,
  ]);
  return Problem.strict().parse(document);
}

/** The document is the same for every program, and dear to print and to compile. */
const compiled = new Map<boolean, ReturnType<typeof middleware>>();

async function checks({ http }: TestApp, validateRequests: boolean) {
  const known = compiled.get(validateRequests);
  if (known) return known;
  const document = (await request(http).get('/api/v1/openapi.json').expect(200)).body;
  // Refusals never come this way, see `problem`; compiling them would take most of the time of these tests.
  for (const refusal of Object.values<{ content?: unknown }>(document.components.responses)) delete refusal.content;
  const made = middleware({
    apiSpec: strictDocument(document),
    validateRequests,
    validateResponses: true,
    validateSecurity: false,
    ignoreUndocumented: true,
  });
  compiled.set(validateRequests, made);
  return made;
}

/** Headers of a program that has this role; its token is made when it is first asked for. */
export async function asRole(
  { deps, clock }: Pick<TestApp, 'deps' | 'clock'>,
  role: Role,
  { deskId = 'expat-desk', advisorId = null as string | null },
) {
  const token = `${role} ${deskId} ${advisorId}`.replaceAll(' ', '-');
  const hash = deps.tokens.hash(token);
  if (!(await deps.storage.staff.findToken(hash)))
    await deps.storage.write(({ staff }) =>
      staff.addToken(
        { hash, name: `Test ${role}`, role, deskId, advisorId, endsAt: Number.MAX_SAFE_INTEGER },
        clock.now(),
      ),
    );
  return { Authorization: `Bearer ${token}` };
}
