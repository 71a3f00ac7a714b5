import type { RequestHandler, Response } from 'express';
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
    }
  }
}

/**
 * Loads the desk of a route with `:locale/:desk`, and puts the page into its frame. Unknown languages and desks are
 * answered with 404.
 */
export function loadDesk({ storage }: Pick<HttpDeps, 'storage'>): RequestHandler {
  return async (req, res, next) => {
    const desk = isClientLocale(req.params.locale) ? await storage.desks.find(String(req.params.desk)) : undefined;
    if (!desk) throw new DomainError('not-found');
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
