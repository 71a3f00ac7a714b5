import type { ErrorRequestHandler, Response } from 'express';
import { areaOf } from '../../areas';
import type { Desk } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { inLanguage } from '../../domain/text';
import { phoneHref } from '../../fields/phone';
import type { HttpDeps } from '../deps';
import { deskFrame } from './frame';

type Known = Pick<Desk, 'id' | 'name' | 'phone'>;

const MINUTE_MS = 60_000;
/** With more desks, phone numbers are not shown, because they would not help on an error page. */
const MAX_PHONE_NUMBERS = 5;

/**
 * Adds the desk's phone number and the legal pages to error pages, so that people who meet an error can reach somebody.
 * While the database is away, it uses the desks of earlier pages, see `rememberDesk`.
 */
export function errorFrame({ storage, now }: Pick<HttpDeps, 'storage' | 'now'>): ErrorRequestHandler {
  let readAt = Number.NEGATIVE_INFINITY;
  return async (error: unknown, req, res, next) => {
    const { locals } = res;
    if (res.headersSent || !locals.t || 'nav' in locals || areaOf(req.path) === 'api') return next(error);
    if (!isRefusal(error, 'unavailable') && now() - readAt > MINUTE_MS) {
      readAt = now();
      for (const desk of await storage.desks.list().catch(() => [])) rememberDesk(res, desk);
    }
    const known = [...remembered(res).values()];
    const here = locals.desk ?? remembered(res).get(req.path.split('/')[2] ?? '');
    const desks = here ? [here] : known;
    const [first] = desks;
    if (first) {
      const { site, aboutLinks } = deskFrame(first, locals);
      Object.assign(locals, { aboutLinks, ...(here && { site }) });
    }
    if (desks.length <= MAX_PHONE_NUMBERS)
      locals.contacts = desks.map(({ name, phone }) => ({
        name: here ? null : inLanguage(name, locals.locale),
        phone,
        phoneHref: phoneHref(phone),
      }));
    next(error);
  };
}

/** Remembers the desk of a page, for the error pages of this server. */
export function rememberDesk(res: Pick<Response, 'app'>, { id, name, phone }: Known): void {
  remembered(res).set(id, { id, name, phone });
}

function remembered({ app }: Pick<Response, 'app'>): Map<string, Known> {
  app.locals.desksOfErrors ??= new Map<string, Known>();
  return app.locals.desksOfErrors;
}
