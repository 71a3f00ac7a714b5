import type { Request, Response } from 'express';
import type { Ticket } from '../../../../app/queue/readQueue';
import { absolute, paths, url } from '../../../../paths';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { speak, wasAsked } from '../../../middleware/locale';
import type { Page } from '../../../wiring';
import { ticketView } from './view';

/** Browsers load the page again by themselves after so many seconds. */
const RENEWED_AFTER_S = 30;

/** Makes the page speak the language of the consultation, unless the reader has chosen another. */
export function speakTo({ texts }: Pick<HttpDeps, 'texts'>) {
  return ({ entry }: Ticket, req: Request, res: Response): void => {
    if (!wasAsked(req)) speak(res, texts, req.originalUrl, clientLocaleFor(entry.language));
  };
}

/** A place in the line, for the phone of whoever waits. */
export function ticketPage({ baseUrl }: Pick<HttpDeps, 'baseUrl'>): Page<Ticket> {
  return {
    get(ticket, req, res) {
      const address = absolute(baseUrl, url(paths.ticket, { token: String(req.params.token) }));
      res.set('Refresh', String(RENEWED_AFTER_S));
      res.render('pages/public/waiting/ticket', ticketView(ticket, address, res.locals));
    },
  };
}
