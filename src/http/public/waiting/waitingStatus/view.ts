import { startOfDay } from '../../../../domain/calendar/zone';
import { isVisit } from '../../../../domain/desk';
import { inLanguage } from '../../../../domain/text';
import { isOpen, MAX_OFFERS } from '../../../../domain/waiting/entry';
import { apiPaths, apiUrl, paths, url } from '../../../../paths';
import { deskTime, languageName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import type { OpenedEntry } from './openedEntry';

interface Given extends OpenedEntry {
  readonly news: string | undefined;
  /** Of the booking that came of it. */
  readonly bookingHref: string | undefined;
  /** Whether there is still something to wait for; not once the booking that was to become earlier is no more. */
  readonly mayWait: boolean;
}

/** Returns what somebody who waits reads of their entry, and what they can do. */
export function waitingStatusView({ entry, desk, token, news, bookingHref, mayWait }: Given, { locale, t }: Reader) {
  const at = deskTime(locale, desk.hours.timeZone);
  const topic = desk.topics.find(({ id }) => id === entry.topicId);
  const { state, offer, deadline } = entry;
  const to = (path: string) => url(path, { waitToken: token });
  const isOut = state === 'lapsed' && entry.offers >= MAX_OFFERS;
  const hasLeft = state === 'left' && mayWait;
  const leadOf = hasLeft ? 'gone' : isOut ? 'out' : state;
  return {
    title: t(`booking.waitingStatus.title.${state}`),
    said: news && t(`booking.waitingStatus.news.${news}`),
    kind: news === 'gone' ? 'warning' : 'success',
    lead: t(`booking.waitingStatus.lead.${leadOf}`),
    rows: [
      { key: t('booking.rows.topic'), value: topic ? inLanguage(topic.name, locale) : '' },
      { key: t('booking.rows.language'), lines: entry.languages.map((tag) => languageName(locale, tag)) },
      ...(deadline
        ? [{ key: t('booking.waitingStatus.deadline'), value: at.date(startOfDay(deadline, desk.hours.timeZone)) }]
        : []),
    ],
    offer: offer && {
      when: at.dateAndSpan(offer.time),
      where: isVisit(offer.mode) ? desk.address : t(`booking.mode.${offer.mode}.name`),
      language: languageName(locale, offer.language),
      until: t('booking.waitingStatus.until', { until: at.dateAndTime(offer.until) }),
      keeps: entry.bookingId === null ? undefined : t('booking.waitingStatus.keeps'),
      acceptAction: to(paths.acceptOffer),
      passAction: to(paths.passOffer),
    },
    leaveAction: isOpen(entry) ? to(paths.leaveWaitingList) : undefined,
    stayAction: hasLeft ? to(paths.stayOnWaitingList) : undefined,
    forgetAction: isOpen(entry) ? undefined : to(paths.forgetWaiting),
    dataHref: apiUrl(apiPaths.waitingData, { waitToken: token }),
    bookingHref,
    againHref:
      state === 'lapsed' || (state === 'left' && !hasLeft)
        ? url(paths.waitingList, { locale, desk: desk.id }, { topic: entry.topicId, language: entry.languages })
        : undefined,
    contact: contactView(desk),
  };
}
