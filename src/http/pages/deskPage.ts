import type { RequestHandler, Response } from 'express';
import type { Desk } from '../../domain/desk';
import { DomainError } from '../../domain/errors';
import { isLocale } from '../../presentation/texts';
import type { HttpDeps } from '../deps';
import { rememberDesk } from './errorFrame';
import { deskFrame } from './frame';

declare global {
  namespace Express {
    interface Locals {
      /** The desk that a public page belongs to, set by `loadDesk`. */
      desk?: Desk;
    }
  }
}

/** For routes with `:locale/:desk`: the desk, and the frame that its pages stand in. Unknown languages and desks are not found. */
export function loadDesk({ storage }: Pick<HttpDeps, 'storage'>): RequestHandler {
  return async (req, res, next) => {
    const desk = isLocale(req.params.locale) ? await storage.desks.find(String(req.params.desk)) : undefined;
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

/** The desk of a route behind `loadDesk`. */
export function deskIn(res: Response): Desk {
  if (!res.locals.desk) throw new Error('route without loadDesk');
  return res.locals.desk;
}
