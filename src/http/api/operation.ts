import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { IdempotencyKey } from '../../app/idempotently';
import { KeptJson, stillHolds, strongTag } from '../keptJson';
import type { SignedIn } from '../middleware/staff';
import { forOtherHosts } from '../otherHosts';
import type { Again, ReadyAnswers } from '../readyAnswers';
import { assertMediaType, parsed } from './problems';
import { idempotencyOf } from './request';

/** The names of the parameters in a path such as `/desks/{desk}/holds/{id}`. */
type Params<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & Params<Rest>
  : unknown;

/** Describes one operation of the API. Both its route and its page in the OpenAPI document are made from it. */
interface Spec<Path extends string = string, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, in OpenAPI's notation. */
  readonly path: Path;
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: Q;
  readonly body?: B;
  /** A POST that can be sent twice without harm, and therefore takes no Idempotency-Key. */
  readonly repeatable?: boolean;
  /** Honours If-Match; with `required` it refuses a request without it. */
  readonly versioned?: boolean | 'required';
  /** Enters something new at an address where there is nothing yet; that is answered with 201. */
  readonly creates?: boolean;
  /** The answer is the same for everybody, and is revalidated each time. All other answers may not be stored. */
  readonly shared?: boolean;
  /**
   * `export`: the answer is CSV for whoever would rather have that than JSON. `import`: the body is CSV. `beside`: the
   * same, where another operation at the address, which comes after it, takes JSON.
   */
  readonly csv?: 'export' | 'import' | 'beside';
  /** A stream of events, which has no end, no tag and no length. */
  readonly stream?: boolean;
  readonly answer: {
    readonly status: 200 | 201 | 204;
    readonly description: string;
    readonly schema?: z.ZodType;
    /** The media type, if it is not JSON. */
    readonly type?: string;
    readonly location?: boolean;
  };
  /** Statuses of refusals besides those that follow from the fields above. */
  readonly problems?: readonly number[];
}

/** A request that has been read and validated. */
interface Ask<Path extends string, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: Params<Path>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
  readonly idempotency: IdempotencyKey | undefined;
  readonly req: Request;
  readonly res: Response;
}

interface Reply {
  /** Sent as JSON unless it is `KeptJson`; a string is sent as it is, with the operation's type. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly replayed?: boolean;
  /** Something new was entered at this address. */
  readonly created?: boolean;
  /** Returns the same as CSV, for an operation that exports it. */
  readonly csv?: () => string;
  /** For an answer that is the same for everybody: computes it again without reading the request again. */
  readonly again?: Again;
  /** Answers with a stream, instead of all that is above. */
  readonly stream?: () => void;
}

export interface Operation {
  readonly spec: Spec;
  /** The operation is only for staff. */
  readonly secured: boolean;
  readonly run: (req: Request, res: Response) => Promise<Reply>;
}

/** Returns an operation for everybody. */
export function open<Path extends string, Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<Path, Q, B>,
  work: (ask: Ask<Path, Q, B>) => Promise<Reply>,
): Operation {
  return { spec, secured: false, run: (req, res) => work({ ...read(req, res, spec, undefined), res }) };
}

/** Returns an operation for staff; `who` is the caller. */
export function secured<Path extends string, Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<Path, Q, B>,
  work: (ask: Ask<Path, Q, B> & { readonly who: SignedIn }) => Promise<Reply>,
): Operation {
  const run: Operation['run'] = (req, res) => {
    const who = res.locals.staff as SignedIn;
    return work({ ...read(req, res, spec, who), res, who });
  };
  return { spec, secured: true, run };
}

/** Mounts the operation at its address. */
export function mount(router: Router, ready: ReadyAnswers, { spec, run }: Operation): void {
  router[spec.method](spec.path.replace(/\{(\w+)\}/g, ':$1'), async (req, res, next) => {
    if (spec.csv === 'beside' && !req.is('text/csv')) return next();
    const reply = await run(req, res);
    if (reply.stream) return reply.stream();
    send(res, spec, reply);
    if (reply.again) ready.keep(req, res, reply.again);
  });
}

function read<Path extends string, Q extends z.ZodType, B extends z.ZodType>(
  req: Request,
  res: Response,
  { method, path, query, body, repeatable, csv }: Spec<Path, Q, B>,
  who: SignedIn | undefined,
): Omit<Ask<Path, Q, B>, 'res'> {
  assertMediaType(req, csv === 'import' || csv === 'beside' ? 'text/csv' : 'application/json');
  const params = req.params as Params<Path>;
  const asked = {
    params,
    query: (query ? parsed(query, { ...req.query }) : undefined) as z.output<Q>,
    body: (body ? parsed(body, req.body ?? {}) : undefined) as z.output<B>,
  };
  const idempotency =
    method === 'post' && !repeatable
      ? idempotencyOf(req, { method, path, who, network: res.locals.networkKey, ...asked })
      : undefined;
  return { ...asked, idempotency, req };
}

function send(res: Response, spec: Spec, reply: Reply): void {
  const { headers = {}, replayed, created } = reply;
  const asCsv = spec.csv === 'export' && res.req.accepts(['application/json', 'text/csv']) === 'text/csv';
  const body = asCsv ? reply.csv?.() : reply.body;
  if (spec.csv === 'export') res.vary('Accept');
  res.status(created ? 201 : spec.answer.status).set('Cache-Control', spec.shared ? 'no-cache' : 'no-store');
  if (spec.shared) forOtherHosts(res);
  if (spec.method === 'get') res.set('ETag', body instanceof KeptJson ? body.tag : tagOf(body));
  res.set(headers);
  if (replayed) res.set('Idempotency-Replayed', 'true');
  if (spec.method === 'get' && stillHolds(res.req.get('if-none-match'), res.get('ETag'))) res.status(304).end();
  else if (spec.answer.status === 204) res.end();
  else if (body instanceof KeptJson) {
    const { bytes } = body;
    res.set({ 'Content-Type': KeptJson.type, 'Content-Length': String(bytes.length) }).end(bytes);
  } else if (typeof body === 'string') res.type(asCsv ? 'text/csv' : (spec.answer.type ?? 'text/plain')).send(body);
  else res.json(body);
}

function tagOf(body: unknown): string {
  return strongTag(typeof body === 'string' ? body : JSON.stringify(body));
}
