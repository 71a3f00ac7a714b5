import { type Request, type RequestHandler, type Response, Router } from 'express';

/** Where the reader belongs instead of on the page that was asked for. */
export class Elsewhere {
  constructor(readonly href: string) {}
}

/**
 * Reads what a page is about, for this reader. It throws a DomainError if there is no such thing or the reader may not
 * see it, and returns `Elsewhere` if the reader belongs on another page. It never answers.
 */
export type Guard<Given> = (req: Request, res: Response) => Given | Elsewhere | Promise<Given | Elsewhere>;

type Handler<Given> = (given: Given, req: Request, res: Response) => unknown;

/** The methods of one address. What is left out is answered with 405. */
export interface Page<Given> {
  readonly get?: Handler<Given>;
  readonly post?: Handler<Given>;
}

/**
 * Wires a page: its address, its guard, its methods. The token of a form is checked by the middleware of the whole area,
 * before any page.
 */
export function at<Given>(path: string, guard: Guard<Given>, { get, post }: Page<Given>): Router {
  const guarded =
    (handler: Handler<Given>): RequestHandler =>
    async (req, res) => {
      const given = await guard(req, res);
      if (given instanceof Elsewhere) return res.redirect(303, given.href);
      await handler(given, req, res);
    };
  const router = Router();
  if (get) router.get(path, guarded(get));
  if (post) router.post(path, guarded(post));
  return router;
}

/** Leads a reader who opens an address that has no page of its own to the one where they belong. */
export function leadOn(path: string, to: (req: Request, res: Response) => string): Router {
  return Router().get(path, (req, res) => res.redirect(303, to(req, res)));
}
