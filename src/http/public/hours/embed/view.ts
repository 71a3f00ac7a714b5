import type { FirstFree } from '../../../../app/slots/firstFree';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { absolute, paths, url } from '../../../../paths';
import { printed } from '../../../../presentation/deskText';
import { direction } from '../../../../presentation/direction';
import type { Reader } from '../../../../presentation/texts';
import { hoursView } from '../../../pages/hoursView';
import { nearWhen } from '../../../pages/nearWhen';
import { journeyUrl } from '../../journey/journey';
import { languageLabel } from '../../journey/journeyView';

interface Given {
  readonly desk: Desk;
  /** The first free start in each language. */
  readonly firstFree: readonly FirstFree[];
  readonly now: Instant;
  readonly baseUrl: string;
}

/** Returns the desk's hours and its first free start in each language, with whole addresses. */
export function embedView({ desk, firstFree, now, baseUrl }: Given, reader: Reader) {
  const { locale, t } = reader;
  const place = { locale, desk: desk.id };
  const { open, listed, hours, closures } = hoursView(desk, now, reader);
  return {
    lang: locale,
    dir: direction(locale),
    name: printed(desk.name, locale),
    ...{ open, listed, hours, closures },
    nextTitle: t('booking.start.next'),
    next: firstFree.flatMap(({ language, start }) =>
      start === null
        ? []
        : [
            {
              language: languageLabel(language),
              when: nearWhen(start, { timeZone: desk.hours.timeZone, now }, reader),
              href: absolute(baseUrl, journeyUrl('topic', place, { language })),
            },
          ],
    ),
    book: t('booking.embed.book'),
    bookHref: absolute(baseUrl, url(paths.start, place)),
  };
}
