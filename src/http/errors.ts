import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { areaOf } from '../areas';
import { DomainError, type ErrorCode } from '../domain/errors';
import { paths, url } from '../paths';
import { HOUSE_LOCALE, type Texts } from '../presentation/texts';
import { inMinutes } from './waiting';

/** Codes of errors that occur before a request reaches the domain, or are defects. */
type HttpCode = 'bad-request' | 'method-not-allowed' | 'too-large' | 'unsupported-media-type' | 'internal';
type ProblemCode = ErrorCode | HttpCode;

interface Problem {
  readonly status: number;
  /** In English, for programs and their developers. People read texts of errors.json in their own language instead. */
  readonly title: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

/** One row for each code; `Record` makes the compiler ask for a row when a code is added. */
const PROBLEMS: Record<ProblemCode, Problem> = {
  'bad-request': { status: 400, title: 'Unreadable request', detail: 'The request cannot be parsed.' },
  unauthenticated: { status: 401, title: 'Not signed in', detail: 'Send a bearer token, or the cookie of a session.' },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    detail: 'This role may not do this, or the request comes from another site.',
  },
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing at this address for you.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'The address exists, but not for this method; `Allow` names those that it has.',
  },
  'slot-unavailable': {
    status: 409,
    title: 'Slot not available',
    detail: 'Nobody suitable is free at this start; `alternatives` are the nearest slots.',
  },
  'hold-expired': {
    status: 409,
    title: 'Hold is over',
    detail: 'The hold has run out, was given back or has become a booking.',
  },
  'booking-not-changeable': {
    status: 409,
    title: 'Booking not changeable',
    detail: 'The status of the booking, or its time, does not allow this any more.',
  },
  'moves-refused': {
    status: 409,
    title: 'Not all can move',
    detail: 'Some of the bookings cannot be moved to where they should be, see `errors`; nothing has changed.',
  },
  'undo-expired': {
    status: 409,
    title: 'Too late to undo',
    detail: 'What staff did is undone as a whole within 15 minutes; afterwards each booking is changed on its own.',
  },
  'plan-undone': {
    status: 409,
    title: 'Plan is not open',
    detail: 'The plan was undone, or was never carried out; make a new one.',
  },
  'queue-not-changeable': {
    status: 409,
    title: 'Not possible in the queue',
    detail: 'Whoever waits is in another state by now; read the queue again.',
  },
  'case-not-changeable': {
    status: 409,
    title: 'Case not changeable',
    detail: 'A closed case is reopened before it is changed, and its last advisor stays.',
  },
  'too-many-bookings': {
    status: 409,
    title: 'Too many bookings',
    detail: 'This client has as many bookings ahead at the desk as one client may have. Cancel one, or ask the desk.',
  },
  'already-done': {
    status: 409,
    title: 'Already done',
    detail:
      'This very request, with this Idempotency-Key, was answered in another network. The mail about it has the link; a new request needs a new key.',
  },
  'no-effect': {
    status: 409,
    title: 'No effect',
    detail: 'Everything would stay as it is; `beatenBy` is the entry that decides instead, or null.',
  },
  'version-moved-on': {
    status: 412,
    title: 'Version moved on',
    detail: 'It was changed since this version; read it again.',
  },
  'version-required': {
    status: 428,
    title: 'Version required',
    detail: 'Send the version that you have read as If-Match, such as "3".',
  },
  'too-large': { status: 413, title: 'Request too large', detail: 'The body is larger than the limit.' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', detail: 'Send application/json in UTF-8.' },
  invalid: {
    status: 422,
    title: 'Not valid',
    detail: 'The request can be read, but some of its fields are not valid; see `errors`.',
  },
  'invalid-rule': {
    status: 422,
    title: 'Rule not supported',
    detail: 'The recurrence rule does not fit the profile of opening hours.',
  },
  'invalid-time': {
    status: 422,
    title: 'Time not possible',
    detail: 'The time does not exist, is ambiguous, or cannot be read.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'Idempotency-Key reused',
    detail: 'This key came with another request before; each new request needs a new one.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait before the next request.',
    retryAfterSeconds: 60,
  },
  internal: { status: 500, title: 'Internal error', detail: 'The fault is ours and has been reported.' },
  unavailable: {
    status: 503,
    title: 'Unavailable',
    detail: 'The database cannot be reached; try again shortly.',
    retryAfterSeconds: 5,
  },
};

/** The facts of a refusal that the answer may contain; everything else in `details` is only for the log. */
const SHOWN = ['errors', 'alternatives', 'beatenBy', 'why'] as const;

/** Returns a refusal that is part of another one. */
export function problemOf(code: ErrorCode): { readonly problem: string; readonly detail: string } {
  return { problem: typeOf(code), detail: PROBLEMS[code].detail };
}

function typeOf(code: ProblemCode): string {
  return url(paths.problem, { code });
}

interface Deps {
  texts: Texts;
  /** Called for every defect, which is everything but a refusal or a broken request; and when the database is away. */
  report: (error: unknown, requestId: string | undefined) => void;
}

/**
 * The last middleware. Programs (at the API, `/metrics` and the probes) get a problem document in English (RFC 9457),
 * people get a page in their language. It also works if the request failed before any other middleware ran.
 */
export function errorHandler({ texts, report }: Deps): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const code = codeOf(error);
    if (code === 'internal' || code === 'unavailable') report(error, res.locals.requestId);
    if (res.headersSent) return next(error);

    const details = error instanceof DomainError ? error.details : {};
    const { status, retryAfterSeconds } = PROBLEMS[code];
    const wait = typeof details.retryAfterSeconds === 'number' ? details.retryAfterSeconds : retryAfterSeconds;
    if (wait !== undefined) res.setHeader('Retry-After', String(wait));
    if (status === 401 && isForPrograms(req.path)) res.setHeader('WWW-Authenticate', 'Bearer');
    res.status(status).setHeader('Cache-Control', 'no-store');

    if (!isForPrograms(req.path))
      return page(res, texts, { code, wait, key: details.page ? `${code}.${details.page}` : code });
    const { title } = PROBLEMS[code];
    const detail = typeof details.reason === 'string' ? details.reason : PROBLEMS[code].detail;
    const shown = Object.fromEntries(SHOWN.flatMap((key) => (key in details ? [[key, details[key]]] : [])));
    res.type('application/problem+json').send(JSON.stringify({ type: typeOf(code), title, status, detail, ...shown }));
  };
}

/** Answers 404. Must be mounted after all routes. */
export const notFound: RequestHandler = (_req, _res, next) => next(new DomainError('not-found'));

/** Answers 404 to an address with a NUL. No id and no token contains one, and PostgreSQL refuses it in a query. */
export const noNul: RequestHandler = (req, _res, next) =>
  next(/%00/.test(req.path) ? new DomainError('not-found') : undefined);

/** Shows the page that the `type` of a problem document links to (`/problems/:code`), for developers of programs. */
export const problemPage: RequestHandler = (req, res, next) => {
  const code = String(req.params.code);
  if (!Object.hasOwn(PROBLEMS, code)) return next();
  res.render('pages/error', {
    title: res.locals.t(`errors.${code}.title`),
    detail: res.locals.t(`errors.${code}.detail`),
    problem: { path: typeOf(code as ProblemCode), ...PROBLEMS[code as ProblemCode] },
  });
};

interface Page {
  readonly code: ProblemCode;
  /** Seconds until a retry can succeed, if that is known. */
  readonly wait: number | undefined;
  /**
   * The key of the page's text. An outdated form and a browser without cookies have other texts than a role that may
   * not do something.
   */
  readonly key: string;
}

function page(res: Response, texts: Texts, { code, wait, key }: Page): void {
  const { locale: lang = HOUSE_LOCALE, t = texts.in('client', HOUSE_LOCALE) } = res.locals as Partial<
    Response['locals']
  >;
  const title = t(`errors.${key}.title`);
  const view = {
    lang,
    t,
    dir: res.locals.dir ?? 'ltr',
    title,
    detail:
      code === 'too-many-requests' && wait ? t(`errors.${code}.wait`, inMinutes(wait)) : t(`errors.${key}.detail`),
    requestId: code === 'internal' ? res.locals.requestId : undefined,
    ...(code === 'unavailable' && onceMore(res)),
  };
  // A page that cannot be printed must not hide the error that it was to report.
  res.render('pages/error', view, (failure, html) => (failure ? res.type('text/plain').send(title) : res.send(html)));
}

/**
 * Returns how the request can be repeated: a page by its own address, a form by the browser, which still has what was
 * typed.
 */
function onceMore({ req, locals }: Response) {
  const isPage = req.method === 'GET' || req.method === 'HEAD';
  const here = locals.languages?.find(({ current }) => current);
  return isPage ? { againHref: here?.href } : { wasForm: true };
}

/** The codes for errors that body-parser, Express and its static files throw with a `status` (http-errors). */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

function codeOf(error: unknown): ProblemCode {
  if (error instanceof DomainError) return error.code;
  if (error instanceof URIError) return 'bad-request';
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status !== 'number' || status < 400 || status >= 500) return 'internal';
  return BY_STATUS[status] ?? 'bad-request';
}

/** Whether programs ask there, which read JSON and no pages. */
function isForPrograms(path: string): boolean {
  return ['api', 'probe', 'metrics'].includes(areaOf(path));
}
