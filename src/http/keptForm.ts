import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { areaOf } from '../areas';
import { type Instant, MINUTE } from '../domain/calendar/interval';
import { DomainError, type ErrorCode } from '../domain/errors';
import { paths, url } from '../paths';
import { pathCookieName, readCookies, secretCookie } from './cookies';
import type { HttpDeps } from './deps';
import { equal } from './middleware/csrf';
import { languageSwitch, parts } from './middleware/locale';

/**
 * Shows a form that does not lead on by a GET, so that "back" and "reload" never make the browser ask whether to send
 * it again.
 *
 * A POST that would print a page is answered by a 303 to the form's own address with `again`. The fields travel in a
 * sealed cookie, with the outcome of each deed: done, or refused with a code, so that it can be told in another
 * language. The GET passes them to the same handler, which checks the fields again; `deed` does not run then, but
 * reports the stored outcome.
 *
 * `typed` instead of `again` only fills in the form: after a change of the language, a new sign-in, or "back" to an
 * earlier step.
 *
 * If the fields do not fit into a cookie, the POST prints the page itself: keeping what was typed is more important
 * than "back".
 */

declare global {
  namespace Express {
    interface Locals {
      /** The outcomes of the deeds of this POST so far. */
      deeds?: Outcome[];
      /** The outcomes of the POST that this GET shows again; each is removed when it is reported. */
      shownAgain?: Outcome[];
    }
  }
}

type Deps = Pick<HttpDeps, 'sealer' | 'now' | 'baseUrl'>;

/** The outcome of one deed; it is empty if the deed was done. */
interface Outcome {
  readonly refused?: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Sent = Readonly<Record<string, string | string[]>>;

interface Kept {
  readonly at: Instant;
  /** Identifies the form by its key, if it has one, so that two tabs do not show each other's text. */
  readonly id: string;
  readonly sent: Sent;
  /** Absent: the form was not checked, and is only filled in. */
  readonly deeds?: readonly Outcome[];
}

/** The privacy notice names this cookie too. */
export const FORM_COOKIE = 'form';
/** Long enough to correct a form, and short enough that the next person at the device finds nothing. */
export const FORM_COOKIE_MS = 20 * MINUTE;
/** Browsers accept 4096 bytes including name and attributes (RFC 6265 §6.1); this leaves room for them. */
const MAX_COOKIE_BYTES = 3_700;
/** Fields that are never stored: the session's token, the password, and the button for the language. */
const NOT_KEPT = new Set(['_csrf', 'password', 'lang']);

/** Must be mounted after the body parser and `identify`, and before all pages. */
export function keepForms(deps: Deps): RequestHandler {
  return (req, res, next) => {
    const { method } = req;
    if (method === 'GET') showAgain(deps, req, res);
    if (method !== 'POST') return next();
    const elsewhere = goesAlong(deps, req, res);
    if (elsewhere) return res.redirect(303, elsewhere);
    printByGet(deps, req, res);
    next();
  };
}

/**
 * Runs the part of a form's handler that changes something. It runs once, when the form is sent; when the page is shown
 * again, the stored outcome is reported instead.
 *
 * @param seen the result to report then, for handlers that print a page after a deed that was done
 */
export async function deed<T>(res: Response, work: () => Promise<T>, ...seen: [] | [T]): Promise<T> {
  const { deeds = [], shownAgain } = res.locals;
  if (shownAgain) {
    const outcome = shownAgain.shift();
    if (outcome?.refused) throw new DomainError(outcome.refused, outcome.details);
    if (!outcome || seen.length === 0) throw new NotDone();
    return seen[0] as T;
  }
  try {
    const result = await work();
    deeds.push({});
    return result;
  } catch (error) {
    if (error instanceof DomainError) deeds.push({ refused: error.code, details: error.details });
    throw error;
  }
}

/**
 * Redirects to the form, filled in and ready to be sent, if the form that is shown again now gets past the point at
 * which it failed when it was sent. Must be mounted after all pages.
 */
export const formInstead: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (!(error instanceof NotDone) || res.headersSent) return next(error);
  const { path, query } = parts(req.originalUrl);
  res.redirect(303, address(path, query, 'typed', query.get('again') ?? ''));
};

/** Deletes the cookies of the forms at these addresses from the browser. */
export function forgetForms({ baseUrl }: Pick<Deps, 'baseUrl'>, res: Response, addresses: readonly string[]): void {
  for (const path of addresses)
    res.clearCookie(pathCookieName(FORM_COOKIE, baseUrl), { ...secretCookie(baseUrl), path });
}

/** Thrown when a page that is shown again reaches a deed that the sent form did not reach. */
class NotDone extends Error {}

/**
 * Stores the form and returns the address to go to instead of processing it: the page in another language, or sign-in
 * if the session has ended. Returns undefined if the form is to be processed.
 */
function goesAlong(deps: Deps, req: Request, res: Response): string | undefined {
  const { path, query, body, id } = formOf(req);
  const here = address(path, query, 'typed', id);
  const there = languageSwitch(here, res.locals.locale).find(({ tag }) => tag === body.lang)?.href;
  if (there !== undefined) {
    if (keep(deps, res, { path: parts(there).path, id, body })) return there;
    // The fields are longer than any that is accepted. The browser still has them.
    throw Object.assign(new Error('more was typed than can be kept'), { status: 413 });
  }
  const isKept = endedWhileTyping(req, res) && keep(deps, res, { path, id, body });
  return isKept ? url(paths.signIn, {}, { next: here }) : undefined;
}

/**
 * Makes the answer a redirect to the page instead of the page. If the handler redirects elsewhere, the stored form is
 * deleted.
 */
function printByGet(deps: Deps, req: Request, res: Response): void {
  const { path, query, body, id } = formOf(req);
  const deeds: Outcome[] = [];
  res.locals.deeds = deeds;
  const redirect = res.redirect.bind(res);
  const render = res.render.bind(res) as (...args: unknown[]) => void;
  res.render = ((...args: unknown[]) => {
    const page = args[1] as { errors?: unknown; refusal?: unknown } | undefined;
    if (isErrorPage(args) || !keep(deps, res, { path, id, body, deeds })) return render(...args);
    res.removeHeader('Retry-After');
    redirect(303, `${address(path, query, 'again', id)}${page?.errors || page?.refusal ? '#error-summary' : ''}`);
  }) as Response['render'];
  res.redirect = ((status: number, location: string) => {
    if (readCookies(req, pathCookieName(FORM_COOKIE, deps.baseUrl)).length > 0) forgetForms(deps, res, [path]);
    redirect(status, location);
  }) as Response['redirect'];
}

/** Passes a stored form to its handler: checked again for `again`, only filled in for `typed`. */
function showAgain(deps: Deps, req: Request, res: Response): void {
  const { again, typed } = req.query;
  if (again === undefined && typed === undefined) return;
  const kept = read(deps, req, res);
  if (!kept && again !== undefined && takesNoCookies(req))
    throw new DomainError('forbidden', { reason: 'the browser takes no cookies', page: 'cookies' });
  if (!kept || (again ?? typed) !== kept.id) return;
  res.set('Cache-Control', 'no-store');
  req.body = kept.sent;
  if (again === undefined || !kept.deeds) return;

  req.method = 'POST';
  res.locals.shownAgain = kept.deeds.map((outcome) => waited(outcome, deps.now() - kept.at));
  const render = res.render.bind(res) as (...args: unknown[]) => void;
  res.render = ((...args: unknown[]) => {
    // The refusal belongs to the POST, not to this GET; only 429 stays, because programs need it as well.
    if (!isErrorPage(args) && res.statusCode !== 429) res.status(200);
    render(...args);
  }) as Response['render'];
}

/**
 * Tells whether a redirect from our own site led here but the cookie was not sent, so that cookies are blocked; a link
 * from elsewhere or a bookmark is not meant.
 */
function takesNoCookies({ headers }: Request): boolean {
  return headers.cookie === undefined && headers['sec-fetch-site'] === 'same-origin';
}

/** Tells whether an error page is printed, which is done with a callback. Error pages show nothing that was typed. */
function isErrorPage(renderArgs: readonly unknown[]): boolean {
  return typeof renderArgs.at(-1) === 'function';
}

function formOf(req: Request) {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return { ...parts(req.originalUrl), body, id: idOf(body) };
}

function keep(
  { sealer, now, baseUrl }: Deps,
  res: Response,
  { path, id, body, deeds }: { path: string; id: string; body: Record<string, unknown>; deeds?: readonly Outcome[] },
): boolean {
  const owner = ownerOf(res);
  // The form is on a page for staff, and it is unknown who is signed in.
  if (owner === '' && areaOf(path) === 'staff' && path !== paths.signIn) return false;
  const kept: Kept = { at: now(), id, sent: fieldsOf(body), ...(deeds && { deeds }) };
  const sealed = sealer.seal(JSON.stringify(kept), about(path, owner));
  if (sealed.length + path.length > MAX_COOKIE_BYTES || !/^[\w\-.~%/]+$/.test(path)) return false;
  res.cookie(pathCookieName(FORM_COOKIE, baseUrl), sealed, { ...secretCookie(baseUrl), path, maxAge: FORM_COOKIE_MS });
  return true;
}

function read({ sealer, now, baseUrl }: Deps, req: Request, res: Response): Kept | undefined {
  const where = about(parts(req.originalUrl).path, ownerOf(res));
  for (const sealed of readCookies(req, pathCookieName(FORM_COOKIE, baseUrl))) {
    const text = sealer.open(sealed, where);
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    if (kept && Math.abs(now() - kept.at) < FORM_COOKIE_MS) return kept;
  }
  return undefined;
}

/**
 * Binds the sealed cookie to its page and its reader, so that nobody else at the same device and no other page can read
 * it.
 */
function about(path: string, owner: string): string {
  return `form ${JSON.stringify([path, owner])}`;
}

function ownerOf({ locals: { staff, overSession } }: Response): string {
  return staff?.id ?? overSession?.userId ?? '';
}

/** Tells whether a member of staff sent a form of their own after their session had ended. */
function endedWhileTyping(req: Request, { locals: { staff, overSession } }: Response): boolean {
  if (staff || !overSession || req.path === paths.signIn || req.path === paths.signOut) return false;
  const token = (req.body as { _csrf?: unknown } | undefined)?._csrf;
  return typeof token === 'string' && equal(token, overSession.csrf);
}

function fieldsOf(body: Record<string, unknown>): Sent {
  const isText = (value: unknown) => typeof value === 'string';
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => !NOT_KEPT.has(name) && (isText(value) || (Array.isArray(value) && value.every(isText))),
    ),
  ) as Sent;
}

function idOf({ key }: Record<string, unknown>): string {
  return typeof key === 'string' && /^[\w-]{1,64}$/.test(key) ? key : '1';
}

function address(path: string, query: URLSearchParams, mark: 'again' | 'typed', id: string): string {
  const marked = new URLSearchParams(query);
  for (const each of ['again', 'typed']) marked.delete(each);
  marked.set(mark, id);
  return `${path}?${marked}`;
}

/** Subtracts the time since the refusal from the time to wait. */
function waited(outcome: Outcome, since: number): Outcome {
  const seconds = outcome.details?.retryAfterSeconds;
  if (typeof seconds !== 'number') return outcome;
  const left = Math.max(1, Math.ceil(seconds - since / 1000));
  return { ...outcome, details: { ...outcome.details, retryAfterSeconds: left } };
}
