import type { Occasion } from '../app/ports/mailWriter';
import type { AdvisorNotice } from '../domain/notifications/policy';
import { inLanguage } from '../domain/text';
import { absolute, paths, url } from '../paths';
import { deskTime, languageName } from '../presentation/format';
import type { StaffLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { fact, facts, videoLinkFact, whenLine } from './facts';

interface Input {
  readonly t: Translate;
  readonly baseUrl: string;
  readonly occasion: Occasion;
  readonly words: AdvisorNotice['words'];
  readonly language: StaffLocale;
}

/**
 * Builds the data of the advisor's mail: who comes, when, about which topic and in which language. What the client
 * wrote is not in the mail, only on the page behind the link, which needs a sign-in. The subject names no person.
 */
export function advisorView({ t, baseUrl, occasion, words, language }: Input) {
  const { booking, before, desk } = occasion;
  const at = deskTime(language, desk.hours.timeZone);
  // An advisor who handed the booking over knows it by the time at which it was their own.
  const time = words === 'handed_over' && before ? before.time : booking.time;
  const topic = desk.topics.find((each) => each.id === booking.topicId);
  const reassigned = occasion.event.type === 'reassigned';
  const moved = (words === 'moved' || words === 'taken') && before && before.time.start !== time.start;
  return {
    subject: t(`mail.${words}.subject`, {
      when: t('mail.when.title', { date: at.date(time.start), time: at.time(time.start) }),
    }),
    view: {
      t,
      language,
      deskName: inLanguage(desk.name, language),
      title: t(`mail.${words}.title`),
      preview: whenLine(t, time, at),
      lead: t(`mail.${words}.${reassigned ? 'leadReassigned' : 'lead'}`),
      facts: facts(
        fact(t, moved ? 'whenNew' : 'when', [whenLine(t, time, at)], { main: true }),
        moved ? fact(t, 'whenOld', [whenLine(t, before.time, at)], { over: true }) : null,
        fact(t, 'client', [oneLine(booking.client.name)]),
        fact(t, 'what', topic ? [inLanguage(topic.name, language)] : []),
        fact(t, 'language', [languageName(language, booking.language)]),
        fact(t, 'mode', [t(`mail.mode.${booking.mode}`)]),
        words === 'handed_over' ? null : videoLinkFact(t, occasion),
        fact(t, 'reference', [booking.reference]),
      ),
      action: { label: t('mail.action.open'), href: absolute(baseUrl, url(paths.staffBooking, { id: booking.id })) },
      automatic: t('mail.automatic'),
    },
  };
}
