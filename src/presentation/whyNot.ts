import { localDate } from '../domain/calendar/zone';
import type { Desk } from '../domain/desk';
import type { WhyNot } from '../domain/slots/whyNot';
import { inLanguage } from '../domain/text';
import { deskTime, languageName } from './format';
import type { Reader } from './texts';

/**
 * Says why a booking cannot come to an advisor at a start, in a few words of the reader's language: "spricht kein
 * Türkisch", "bis 13:00 abwesend".
 *
 * @param start the start that is meant; the end of an absence is said only if it is on the same day
 * @param reader a member of the staff
 */
export function whyNotText(
  { topics, hours: { timeZone } }: Desk,
  start: number,
  against: WhyNot,
  { locale, t }: Reader,
): string {
  const time = (at: number) => deskTime(locale, timeZone).time(at);
  switch (against.why) {
    case 'topic': {
      const topic = topics.find(({ id }) => id === against.topicId);
      return t('staff.whyNot.topic', { topic: inLanguage(topic?.name ?? { de: against.topicId }, locale) });
    }
    case 'language':
      return t('staff.whyNot.language', { language: languageName(locale, against.language) });
    case 'mode':
      return t('staff.whyNot.mode', { mode: t(`staff.mode.${against.mode}`) });
    case 'not-in-mode':
      return t(`staff.whyNot.notInMode.${against.mode}`);
    case 'kind':
      return t(`staff.whyNot.kind.${against.kind}`);
    case 'closed':
      return against.until === null
        ? t('staff.whyNot.closed')
        : t('staff.whyNot.closesAt', { time: time(against.until) });
    case 'grid':
      return t('staff.whyNot.grid', { minutes: against.gridMinutes });
    case 'outside-hours':
      return against.until === null
        ? t('staff.whyNot.notWorking')
        : t('staff.whyNot.worksUntil', { time: time(against.until) });
    case 'away':
      return localDate(against.until, timeZone) === localDate(start, timeZone)
        ? t('staff.whyNot.awayUntil', { time: time(against.until) })
        : t('staff.whyNot.away');
    case 'rooms':
      return t('staff.whyNot.rooms', { mode: t(`staff.mode.${against.mode}`), capacity: against.capacity });
    case 'taken':
      return against.bookingId === null
        ? t('staff.whyNot.held')
        : t('staff.whyNot.takenUntil', { time: time(against.until) });
    case 'buffer':
      return t('staff.whyNot.buffer', { minutes: against.minutes });
    case 'past':
    case 'reserved':
      return t(`staff.whyNot.${against.why}`);
  }
}
