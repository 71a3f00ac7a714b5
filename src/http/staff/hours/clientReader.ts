import { clientLocaleFor, type Locale, type Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';

/** Returns a reader of the sentences that clients read about the hours. */
export function clientReader({ texts }: Pick<HttpDeps, 'texts'>, locale: Locale): Reader {
  const own = clientLocaleFor(locale);
  return { locale: own, t: texts.in('client', own) };
}
