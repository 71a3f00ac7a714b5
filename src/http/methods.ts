import type { RequestHandler } from 'express';
import { isLocale } from '../presentation/texts';

/** As Express builds them: a route, or a middleware that may be a router itself. */
interface Layer {
  readonly route?: { readonly methods?: Readonly<Record<string, boolean>> } | undefined;
  readonly handle: unknown;
  /** Mounted at the root. */
  readonly slash?: boolean;
  match(path: string): { readonly params: Readonly<Record<string, unknown>> } | false;
}

interface Routes {
  readonly stack: readonly unknown[];
}

/**
 * The methods that the routes of `router` answer at `path`, those of the routers inside it included. Routers that are mounted at
 * an address of their own answer for themselves.
 */
export function methodsAt(router: Routes, path: string): string[] {
  const found = new Set<string>();
  for (const layer of router.stack as Layer[]) {
    if (layer.route) {
      if (isAt(layer, path))
        for (const method of Object.keys(layer.route.methods ?? {})) found.add(method.toUpperCase());
    } else if (layer.slash && isRouter(layer.handle)) {
      for (const method of methodsAt(layer.handle, path)) found.add(method);
    }
  }
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
}

/** For OPTIONS: what there is at this address. To stand before the routes, which would answer each for itself. */
export function answerOptions(router: () => Routes): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'OPTIONS') return next();
    const methods = methodsAt(router(), req.path);
    if (methods.length === 0) return next();
    res.setHeader('Allow', allowing(methods));
    res.status(204).end();
  };
}

/**
 * Behind the routes: another method than those that the address has is 405, and `Allow` says which it has (RFC 9110 §15.5.6).
 *
 * @param mountedAt where this stands, if the routes' own paths begin with it
 */
export function refuseMethod(router: () => Routes, mountedAt = ''): RequestHandler {
  return (req, res, next) => {
    const methods = methodsAt(router(), mountedAt + req.path);
    if (methods.length === 0 || methods.includes(req.method)) return next();
    res.setHeader('Allow', allowing(methods));
    next(Object.assign(new Error(`${req.method} is not for this address`), { status: 405 }));
  };
}

/** `/:locale/…` is the pattern of much that is no page. */
function isAt(layer: Layer, path: string): boolean {
  const found = layer.match(path);
  return found && (found.params.locale === undefined || isLocale(found.params.locale));
}

function allowing(methods: readonly string[]): string {
  return [...methods, 'OPTIONS'].join(', ');
}

function isRouter(handle: unknown): handle is Routes {
  return typeof handle === 'function' && Array.isArray((handle as unknown as Partial<Routes>).stack);
}
