import type { WriteMail } from '../app/ports/mailWriter';
import { invitation } from '../domain/notifications/invitation';
import {
  type AdvisorMailFacts,
  type AnyMailFacts,
  type ClientMailFacts,
  MAIL_FACTS_SHAPE,
  type WaitingMailFacts,
} from '../domain/notifications/mailFacts';
import type { Message } from '../domain/notifications/message';
import { filledIn } from '../domain/notifications/textFaults';
import type { Templates } from '../presentation/templates';
import { type ClientLocale, HOUSE_LOCALE, type Texts, type Translate } from '../presentation/texts';
import { advisorView } from './advisorView';
import { calendarFacts, ics } from './calendarFile';
import { clientView } from './clientView';
import { contentOf } from './mime';
import { waitingView } from './waitingView';

/** What mails are written with, besides their facts. */
export interface WriterDeps {
  readonly texts: Texts;
  readonly templates: Templates;
  /** The secret of the manage link of the booking with this id; only ever put into the client's mail. */
  readonly manageToken: (bookingId: string) => string;
}

/** Writes mails in the format in which they are sent. */
export function mailWriter(deps: WriterDeps): WriteMail {
  const write = messageWriter(deps);
  return (from) => contentOf('shape' in from ? write(from) : from);
}

/**
 * Writes texts, HTML and calendar part of a mail from its facts.
 *
 * @throws Error for facts of a shape that this version does not read
 */
export function messageWriter(deps: WriterDeps): (facts: AnyMailFacts) => Message {
  return (facts) => {
    if (facts.shape !== MAIL_FACTS_SHAPE) throw new Error(`mail facts of the unknown shape ${facts.shape}`);
    if ('waiting' in facts) return waitingMail(deps, facts);
    return facts.recipient === 'client' ? clientMail(deps, facts) : advisorMail(deps, facts);
  };
}

function clientMail({ texts, templates, manageToken }: WriterDeps, facts: ClientMailFacts): Message {
  const { desk, booking, method, stamp, baseUrl, to, from: organizer } = facts;
  const language = facts.language as ClientLocale;
  const t = texts.in('client', language);
  const { subject, view } = clientView({ t: wordedAs(facts.own, t), mail: facts, language, manageToken });
  const invited = () => calendarFacts({ t, desk, booking, language, stamp, baseUrl, organizer });
  return {
    ...headOf(facts),
    ...printed(templates, 'mail/client', view),
    subject: facts.trial ? texts.in('staff', HOUSE_LOCALE)('mail.trial.subject', { subject }) : subject,
    calendar: method && { method, content: ics().icsOf(invitation({ ...invited(), method, attendee: to })) },
  };
}

/** Looks texts up among the desk's own first. They are filled in and never evaluated, as they come from people. */
function wordedAs(own: ClientMailFacts['own'], t: Translate): Translate {
  if (own === undefined) return t;
  return (key, values = {}) => {
    const wording = own[key];
    return wording === undefined ? t(key, values) : filledIn(wording, values);
  };
}

function advisorMail({ texts, templates }: WriterDeps, facts: AdvisorMailFacts): Message {
  const { subject, view } = advisorView({ t: texts.in('staff', HOUSE_LOCALE), mail: facts, language: HOUSE_LOCALE });
  return { ...headOf(facts), ...printed(templates, 'mail/advisor', view), subject, calendar: null };
}

function waitingMail({ texts, templates, manageToken }: WriterDeps, facts: WaitingMailFacts): Message {
  const language = facts.language as ClientLocale;
  const { subject, view } = waitingView({ t: texts.in('client', language), mail: facts, language, manageToken });
  return { ...headOf(facts), ...printed(templates, 'mail/client', view), subject, calendar: null };
}

function headOf({ kind, recipient, from, to, replyTo, language, messageId, thread }: AnyMailFacts) {
  return { kind, recipient, from, to, replyTo, language, messageId, thread };
}

function printed(templates: Templates, name: string, view: Record<string, unknown>) {
  return { html: templates.render(`${name}.html`, view), text: templates.render(`${name}.txt`, view) };
}
