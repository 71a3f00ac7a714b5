import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { type Instant, MINUTE } from '../domain/calendar/interval';
import { DomainError, type ErrorCode } from '../domain/errors';
import { areaOf, paths, url } from '../paths';
import { isLocale } from '../presentation/texts';
import { pathCookieName, readCookies, secretCookie } from './cookies';
import type { HttpDeps } from './deps';
import { equal } from './middleware/csrf';
import { languageSwitch, parts } from './middleware/locale';

/*
 * A form that does not lead on is shown by a GET, so that "back" and "reload" never meet the browser's own page about sending it again.
 *
 * A POST that would print a page is answered by a 303 to the form's own address with `again`. What was sent goes along in a sealed cookie, with
 * what came of each deed: done, or refused for a reason that is a code, so that another language can tell it. The GET hands that to the
 * same handler, which judges the fields once more, while `deed` does nothing and tells what came of it.
 *
 * `typed` instead of `again` only fills the form: after a change of the language, a new sign-in, or "back" to an earlier step.
 *
 * Where it does not fit into a cookie the POST prints the page itself: what was typed counts for more than "back" does then.
 */

declare global {
  namespace Express {
    interface Locals {
      /** What came of each deed of this POST so far. */
      deeds?: Outcome[];
      /** The same of the POST that this GET shows again; each is taken from it as it is told. */
      shownAgain?: Outcome[];
    }
  }
}

type Deps = Pick<HttpDeps, 'sealer' | 'now' | 'baseUrl'>;

/** Of one deed: empty when it was done. */
interface Outcome {
  readonly refused?: ErrorCode;
  readonly details?: Readonly<Record<string, unknown>>;
}

type Sent = Readonly<Record<string, string | string[]>>;

interface Kept {
  readonly at: Instant;
  /** Which form it is: its key, where it has one, so that two tabs do not show each other's text. */
  readonly id: string;
  readonly sent: Sent;
  /** Absent: it was not judged. */
  readonly deeds?: readonly Outcome[];
}

/** Also named in the privacy notice. */
export const FORM_COOKIE = 'form';
/** Long enough for a form to be put right; whoever sits down at the device later finds nothing. */
export const FORM_COOKIE_MS = 20 * MINUTE;
/** Browsers take 4096 bytes with name and attributes (RFC 6265 §6.1). */
const MAX_COOKIE_BYTES = 3_700;
/** Never kept: what belongs to the session, what is secret, and the button that was pressed. */
const NOT_KEPT = new Set(['_csrf', 'password', 'lang']);

/** Behind the body parser and `identify`, before all pages. */
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
 * What a form's handler does, as against what it looks up: once, when the form is sent. Where its page is shown again, this tells what came of it.
 *
 * @param seen what stands for the result then, in handlers that print a page after a deed that was done
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

/** What was wrong is not any more: the form is shown with what was typed, ready to be sent. Behind all pages. */
export const formInstead: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (!(error instanceof NotDone) || res.headersSent) return next(error);
  const { path, query } = parts(req.originalUrl);
  res.redirect(303, address(path, query, 'typed', query.get('again') ?? ''));
};

/** Takes what is kept for these addresses from the browser. */
export function forgetForms({ baseUrl }: Pick<Deps, 'baseUrl'>, res: Response, addresses: readonly string[]): void {
  for (const path of addresses)
    res.clearCookie(pathCookieName(FORM_COOKIE, baseUrl), { ...secretCookie(baseUrl), path });
}

/** A handler came to a deed that the form, when it was sent, did not come to. */
class NotDone extends Error {}

/** Where what was typed is wanted unsent: in another language, or behind a new sign-in. */
function goesAlong(deps: Deps, req: Request, res: Response): string | undefined {
  const { path, query, body, id } = formOf(req);
  const here = address(path, query, 'typed', id);
  if (isLocale(body.lang)) {
    const there = languageSwitch(here, res.locals.locale).find(({ tag }) => tag === body.lang)?.href ?? here;
    if (keep(deps, res, { path: parts(there).path, id, body })) return there;
    // Its fields are longer than any that is accepted. The browser still has them.
    throw Object.assign(new Error('more was typed than can be kept'), { status: 413 });
  }
  const isKept = endedWhileTyping(req, res) && keep(deps, res, { path, id, body });
  return isKept ? url(paths.signIn, {}, { next: here }) : undefined;
}

/** Instead of a page the answer is a redirect to it. Whoever is led on has no use for the form any more. */
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

/** A form that was sent before: judged again for `again`, only filled in for `typed`. */
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
    // That a POST was refused is no fault of this GET; only "wait" is for programs, too.
    if (!isErrorPage(args) && res.statusCode !== 429) res.status(200);
    render(...args);
  }) as Response['render'];
}

/** A redirect of ours led here, whose cookie did not come along; and not a link from elsewhere, or a bookmark. */
function takesNoCookies({ headers }: Request): boolean {
  return headers.cookie === undefined && headers['sec-fetch-site'] === 'same-origin';
}

/** Those are printed with a callback. They show nothing that was typed. */
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
  // Of a page for staff whose reader is not known.
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

/** Nobody else at the same device reads it, and no other page. */
function about(path: string, owner: string): string {
  return `form ${JSON.stringify([path, owner])}`;
}

function ownerOf({ locals: { staff, overSession } }: Response): string {
  return staff?.id ?? overSession?.userId ?? '';
}

/** Whether somebody of the staff sent a form of their own whose session had ended meanwhile. */
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

/** Who had to wait has waited since. */
function waited(outcome: Outcome, since: number): Outcome {
  const seconds = outcome.details?.retryAfterSeconds;
  if (typeof seconds !== 'number') return outcome;
  const left = Math.max(1, Math.ceil(seconds - since / 1000));
  return { ...outcome, details: { ...outcome.details, retryAfterSeconds: left } };
}
