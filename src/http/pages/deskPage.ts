import type { Request, RequestHandler, Response } from 'express';
import type { DeskSnapshot } from '../../app/ports/snapshot';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { isPageLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import type { Guard } from '../wiring';
import { rememberDesk } from './errorFrame';
import { deskFrame } from './frame';

declare global {
  namespace Express {
    interface Locals {
      /** The desk of a public page, set by `atDesk` and `loadDesk`. */
      desk?: Desk;
      /** The snapshot from which the desk was read. After a change of the same request it is too old. */
      deskSnapshot?: DeskSnapshot;
    }
  }
}

/**
 * The guard of a page at `:locale/:desk`: returns its desk, and puts the page into the desk's frame.
 *
 * @throws DomainError `not-found` for unknown languages and desks
 */
export function atDesk({ storage }: Pick<HttpDeps, 'storage'>) {
  return async (req: Request, res: Response): Promise<Desk> => {
    if (!isPageLocale(req.params.locale)) throw new DomainError('not-found');
    const snapshot = await storage.snapshot(String(req.params.desk));
    const desk = await snapshot.desk();
    if (!desk) throw new DomainError('not-found');
    res.locals.deskSnapshot = snapshot;
    standInFrame(res, desk);
    return desk;
  };
}

/** Does the same for a whole area; its pages read the desk by `deskIn`. */
export function loadDesk(deps: Pick<HttpDeps, 'storage'>): RequestHandler {
  const enter = atDesk(deps);
  return async (req, res, next) => {
    await enter(req, res);
    next();
  };
}

/** Puts the page into the desk's frame. */
export function standInFrame(res: Response, desk: Desk): void {
  res.locals.desk = desk;
  rememberDesk(res, desk);
  Object.assign(res.locals, deskFrame(desk, res.locals));
}

/** Returns the desk of a route behind `loadDesk`. */
export function deskIn(res: Response): Desk {
  if (!res.locals.desk) throw new Error('route without loadDesk');
  return res.locals.desk;
}

/** The guard of a page in an area behind `loadDesk`. */
export const loadedDesk: Guard<Desk> = (_req, res) => deskIn(res);
