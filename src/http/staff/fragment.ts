import type { RequestHandler, Response } from 'express';

/**
 * Sends the main part of a staff page alone, by the same template, if the request has the header `Fragment: main`: the
 * side panel of the day shows a booking in it, and the board takes its parts from it.
 *
 * It is a header and no part of the address, because a browser sends it along to wherever a form redirects, and because
 * the address stays that of the page. A lane of the board has an address of its own, `?lane=` (see `dayPage`).
 */
export const sendFragments: RequestHandler = (req, res, next) => {
  res.vary('Fragment');
  if (req.get('fragment') !== 'main') return next();
  const render = res.render.bind(res) as (...args: unknown[]) => void;
  res.render = ((name: string, view: object, ...done: unknown[]) =>
    render(name, { ...view, layout: false }, ...done)) as Response['render'];
  next();
};
