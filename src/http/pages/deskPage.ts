import type { RequestHandler, Response } from 'express';
import type { DeskSnapshot } from '../../app/ports/snapshot';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { isClientLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { rememberDesk } from './errorFrame';
import { deskFrame } from './frame';

declare global {
  namespace Express {
    interface Locals {
      /** The desk of a public page, set by `loadDesk`. */
      desk?: Desk;
      /** The snapshot from which `loadDesk` read the desk. After a change of the same request it is too old. */
      deskSnapshot?: DeskSnapshot;
    }
  }
}

/**
 * Loads the desk of a route with `:locale/:desk`, and puts the page into its frame. Unknown languages and desks are
 * answered with 404.
 */
export function loadDesk({ storage }: Pick<HttpDeps, 'storage'>): RequestHandler {
  return async (req, res, next) => {
    if (!isClientLocale(req.params.locale)) throw new DomainError('not-found');
    const snapshot = await storage.snapshot(String(req.params.desk));
    const desk = await snapshot.desk();
    if (!desk) throw new DomainError('not-found');
    res.locals.deskSnapshot = snapshot;
    standInFrame(res, desk);
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
