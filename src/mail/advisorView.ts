import type { AdvisorMailFacts } from '../domain/notifications/mailFacts';
import { absolute, paths, url } from '../paths';
import { deskTime, languageName } from '../presentation/format';
import type { StaffLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { row, rows, videoLinkRow, whenLine } from './rows';

interface Input {
  readonly t: Translate;
  readonly mail: AdvisorMailFacts;
  readonly language: StaffLocale;
}

/**
 * Builds the data of the advisor's mail: who comes, when, about which topic and in which language. What the client
 * wrote is not in the mail, only on the page behind the link, which needs a sign-in. The subject names no person.
 */
export function advisorView({ t, mail, language }: Input) {
  const { booking, before, desk, words, client, reassigned, baseUrl } = mail;
  const at = deskTime(language, desk.timeZone);
  // An advisor who handed the booking over knows it by the time at which it was their own.
  const time = words === 'handed_over' && before ? before : booking.time;
  const moved = (words === 'moved' || words === 'taken') && before && before.start !== time.start;
  return {
    subject: t(`mail.${words}.subject`, {
      when: t('mail.when.title', { date: at.date(time.start), time: at.time(time.start) }),
    }),
    view: {
      t,
      language,
      deskName: desk.name,
      title: t(`mail.${words}.title`),
      preview: whenLine(t, time, at),
      intro: t(`mail.${words}.${reassigned ? 'introReassigned' : 'intro'}`),
      rows: rows(
        row(t, moved ? 'whenNew' : 'when', [whenLine(t, time, at)], { main: true }),
        moved ? row(t, 'whenOld', [whenLine(t, before, at)], { over: true }) : null,
        row(t, 'client', [oneLine(client)]),
        row(t, 'what', booking.topic ? [booking.topic.name] : []),
        row(t, 'language', [languageName(language, booking.interpreted ?? booking.language)]),
        row(t, 'mode', [t(`mail.mode.${booking.mode}`)]),
        words === 'handed_over' ? null : videoLinkRow(t, booking),
        row(t, 'reference', [booking.reference]),
      ),
      action: { label: t('mail.action.open'), href: absolute(baseUrl, url(paths.staffBooking, { id: booking.id })) },
      automatic: t('mail.automatic'),
    },
  };
}
