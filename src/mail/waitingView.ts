import { isVisit } from '../domain/desk';
import type { WaitingMailFacts } from '../domain/notifications/mailFacts';
import { waitTokenOf } from '../domain/waiting/link';
import { phoneHref } from '../fields/phone';
import { absolute, paths, url } from '../paths';
import { direction } from '../presentation/direction';
import { deskTime, languageName } from '../presentation/format';
import type { ClientLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { greeting } from './greeting';
import { type MailRow, row, rows, when } from './rows';

interface Input {
  readonly t: Translate;
  readonly mail: WaitingMailFacts;
  readonly language: ClientLocale;
  readonly manageToken: (name: string) => string;
}

/** Builds the data of a mail to somebody on the waiting list, for the template of all mails to clients. */
export function waitingView({ t, mail, language, manageToken }: Input) {
  const { kind, desk, waiting, baseUrl } = mail;
  const at = deskTime(language, desk.timeZone);
  const { offer } = waiting;
  const until = offer ? at.dateAndTime(offer.until) : '';
  const isOver = kind === 'waiting_over';
  const status = absolute(baseUrl, url(paths.waitingStatus, { waitToken: waitTokenOf(waiting.entryId, manageToken) }));
  const again = absolute(
    baseUrl,
    url(
      paths.waitingList,
      { locale: language, desk: desk.id },
      { topic: waiting.topicId, language: waiting.languages },
    ),
  );
  return {
    subject: oneLine(t(`mail.${kind}.subject`, { desk: desk.name })),
    view: {
      t,
      language,
      dir: direction(language),
      rightToLeft: direction(language) === 'rtl',
      deskName: desk.name,
      title: t(`mail.${kind}.title`),
      preview: offer ? at.dateAndTime(offer.time.start) : '',
      greeting: greeting(t, mail.to.name),
      intro: t(`mail.${kind}.intro${mannerOf(mail)}`, { until }).split('\n'),
      rows: rowsOf({ t, mail, language }),
      times: null,
      calendar: null,
      action: isOver
        ? { label: t('mail.action.waitAgain'), href: again }
        : { label: t(kind === 'waiting_offer' ? 'mail.action.takeOffer' : 'mail.action.waiting'), href: status },
      find: null,
      secret: isOver ? null : t('mail.secretWaiting'),
      contact: { text: t('mail.footer.contact'), phone: desk.phone, href: phoneHref(desk.phone) },
      address: desk.address,
      automatic: t('mail.footer.automatic'),
    },
  };
}

/** Chooses between several wordings of the intro; the result is the ending of the text's key. */
function mannerOf({ kind, waiting }: WaitingMailFacts): string {
  if (kind === 'waiting_over') return waiting.isOutOfOffers ? 'Offers' : '';
  return kind === 'waiting_offer' && waiting.isForEarlier ? 'Earlier' : '';
}

function rowsOf({ t, mail, language }: Pick<Input, 't' | 'mail' | 'language'>): MailRow[] {
  const { kind, desk, waiting } = mail;
  const at = deskTime(language, desk.timeZone);
  const { offer, topic } = waiting;
  const what = row(t, 'what', topic === null ? [] : [topic]);
  const spoken = row(t, 'language', [waiting.languages.map((tag) => languageName(language, tag)).join(' · ')]);
  if (!offer) return rows(what, spoken);
  const over = kind !== 'waiting_offer';
  const time = { ...when(t, 'when', offer.time, at, desk.timeZone), over };
  if (over) return rows(what, time);
  return rows(
    what,
    time,
    row(t, 'answerUntil', [at.dateAndTime(offer.until)], { main: true }),
    row(t, 'where', isVisit(offer.mode) ? [desk.address] : [t(`mail.mode.${offer.mode}`)]),
    row(t, 'language', [languageName(language, offer.language)]),
    row(t, 'price', [t('mail.price')]),
  );
}
