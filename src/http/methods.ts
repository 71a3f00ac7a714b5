import type { RequestHandler } from 'express';
import { isPageLocale } from '../presentation/texts';

/** A layer as Express builds it: a route, or a middleware that may be a router itself. */
interface Layer {
  readonly route?: { readonly methods?: Readonly<Record<string, boolean>> } | undefined;
  readonly handle: unknown;
  /** Whether it is mounted at the root. */
  readonly slash?: boolean;
  match(path: string): { readonly params: Readonly<Record<string, unknown>> } | false;
}

interface Routes {
  readonly stack: readonly unknown[];
}

/**
 * Returns the methods that the routes of `router` answer at `path`, including those of the routers inside it. Routers
 * that are mounted at a path of their own are left out, because they answer for themselves.
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

/**
 * Answers OPTIONS with the methods of the address. Must be mounted before the routes, which would otherwise each answer
 * for themselves.
 */
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
 * Answers a method that the address does not have with 405, and names those it has in `Allow` (RFC 9110 §15.5.6). Must
 * be mounted after the routes.
 *
 * @param mountedAt the path at which this is mounted, if the routes' own paths begin with it
 */
export function refuseMethod(router: () => Routes, mountedAt = ''): RequestHandler {
  return (req, res, next) => {
    const methods = methodsAt(router(), mountedAt + req.path);
    if (methods.length === 0 || methods.includes(req.method)) return next();
    res.setHeader('Allow', allowing(methods));
    next(Object.assign(new Error(`${req.method} is not for this address`), { status: 405 }));
  };
}

/**
 * Tells whether the layer is at the path. `/:locale/…` also matches many addresses that are no pages, so the language
 * is checked.
 */
function isAt(layer: Layer, path: string): boolean {
  const found = layer.match(path);
  return found && (found.params.locale === undefined || isPageLocale(found.params.locale));
}

function allowing(methods: readonly string[]): string {
  return [...methods, 'OPTIONS'].join(', ');
}

function isRouter(handle: unknown): handle is Routes {
  return typeof handle === 'function' && Array.isArray((handle as unknown as Partial<Routes>).stack);
}
