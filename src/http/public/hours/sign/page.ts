import type { Desk } from '../../../../domain/desk';
import { type ClientLocale, clientLocaleFor, HOUSE_LOCALE, type Reader } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import type { Page } from '../../../wiring';
import { signView } from './view';

/** The sign for the door, to be printed: the hours in German and in the language of the page, and a code that leads to booking. */
export function signPage({ texts, now, baseUrl }: Pick<HttpDeps, 'texts' | 'now' | 'baseUrl'>): Page<Desk> {
  const readerOf = (locale: ClientLocale): Reader => ({ locale, t: texts.in('client', locale) });
  return {
    get(desk, _req, res) {
      const other = clientLocaleFor(res.locals.locale);
      const readers = ([HOUSE_LOCALE, other === HOUSE_LOCALE ? 'en' : other] as const).map(readerOf);
      res.render('pages/public/hours/sign', signView({ desk, now: now(), baseUrl }, readers, res.locals));
    },
  };
}
