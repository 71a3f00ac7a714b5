import type { useCases } from '../../../app/useCases';
import type { Instant } from '../../../domain/calendar/interval';
import { toIso } from '../../../domain/calendar/zone';
import { plainText } from '../../../presentation/deskText';
import { CLIENT_LOCALES, type Texts } from '../../../presentation/texts';
import { hoursView } from '../../pages/hoursView';
import type { Json } from '../present';
import type * as schema from '../schemas';

type DeskStatus = Awaited<ReturnType<ReturnType<typeof useCases>['readStatus']>>;

/** The hours in words are the sentences of the desk's start page. */
export function statusJson(
  { desk, languages, firstFree, ...now }: DeskStatus,
  at: Instant,
  texts: Texts,
): Json<typeof schema.Status> {
  const zone = desk.hours.timeZone;
  const openNow = ({ until, opensAgain }: Pick<DeskStatus, 'until' | 'opensAgain'>) => ({
    open: until !== null,
    until: until === null ? null : toIso(until, zone),
    opensAgain: opensAgain === null ? null : toIso(opensAgain, zone),
  });
  return {
    ...openNow(now),
    sentences: Object.fromEntries(
      CLIENT_LOCALES.map((locale) => {
        const { hours, closures } = hoursView(desk, at, { locale, t: texts.in('client', locale) });
        return [locale, [...hours, ...closures.map(plainText)]];
      }),
    ),
    languages: languages.map(({ language, ...each }) => ({ language, ...openNow(each) })),
    next: firstFree.flatMap(({ language, start }) => (start === null ? [] : [{ language, start: toIso(start, zone) }])),
  };
}
