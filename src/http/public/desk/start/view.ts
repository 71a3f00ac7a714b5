import type { FirstFree } from '../../../../app/slots/firstFree';
import type { Instant } from '../../../../domain/calendar/interval';
import { type Desk, topicsOnOffer } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { aboutOf, headlineOf } from '../../../../domain/wordableTexts';
import { paths, url } from '../../../../paths';
import { clientLocaleFor, type Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { hoursView } from '../../../pages/hoursView';
import { nearWhen } from '../../../pages/nearWhen';
import { journeyUrl } from '../../journey/journey';
import { languageLabel } from '../../journey/journeyView';

interface Given {
  readonly desk: Desk;
  /** The first free start in each language. */
  readonly firstFree: readonly FirstFree[];
  /** The reader's booking has just been erased, and has no page any more. */
  readonly isErased?: boolean;
  readonly now: Instant;
}

/** Returns what the desk does and when, and the ways into a booking. */
export function startView({ desk, firstFree, isErased = false, now }: Given, reader: Reader) {
  const { locale, t } = reader;
  const place = { locale, desk: desk.id };
  return {
    title: inLanguage(headlineOf(desk), locale),
    said: isErased ? t('booking.data.erased') : undefined,
    headline: headlineOf(desk),
    about: aboutOf(desk, { [locale]: t('booking.start.about') }),
    bookHref: journeyUrl('language', place, {}),
    findHref: url(paths.findBooking, place),
    notSureHref: journeyUrl('topics', place, {}),
    ...hoursView(desk, now, reader),
    next: firstFree.map((found) => firstFreeView({ desk, now }, found, reader)),
    subscribeHref: url(paths.hoursIcs, { desk: desk.id }, { lang: clientLocaleFor(locale) }),
    onRequest: t('booking.start.onRequest'),
    topics: topicsOnOffer(desk).map((topic) => ({
      name: topic.name,
      description: topic.description,
      href: journeyUrl('language', place, { topic }),
    })),
    contact: contactView(desk),
  };
}

/** Returns lines such as "English: tomorrow, 10:30". */
function firstFreeView(
  { desk, now }: Pick<Given, 'desk' | 'now'>,
  { language, start }: FirstFree,
  { locale, t }: Reader,
) {
  const { timeZone } = desk.hours;
  return {
    language: languageLabel(language),
    isFree: start !== null,
    when: start === null ? t('booking.start.nothingFree') : nearWhen(start, { timeZone, now }, { locale, t }),
    href: journeyUrl('topic', { locale, desk: desk.id }, { language }),
  };
}
