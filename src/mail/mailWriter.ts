import type { Occasion, WriteMails } from '../app/ports/mailWriter';
import type { Booking } from '../domain/booking/booking';
import type { Desk } from '../domain/desk';
import { invitation } from '../domain/notifications/invitation';
import { MESSAGE_KINDS } from '../domain/notifications/kinds';
import type { Mailbox, Message } from '../domain/notifications/message';
import {
  type AdvisorNotice,
  advisorNotices,
  type ClientNotice,
  clientNotice,
  type Telling,
} from '../domain/notifications/policy';
import { domainOf } from '../fields/mailAddress';
import type { Templates } from '../presentation/templates';
import { clientLocaleFor, HOUSE_LOCALE, type Locale, type Texts } from '../presentation/texts';
import { checkedMailbox } from './address';
import { advisorView } from './advisorView';
import { invitationFacts, mailboxOf, senderAddress } from './calendarFile';
import { clientView } from './clientView';
import { icsOf } from './ics';

/** What mails are written with. */
export interface ComposerDeps {
  readonly texts: Texts;
  readonly templates: Templates;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The sender now, `desk@city.example` or `Service Desk <desk@city.example>`; null: each desk's own mailbox. */
  readonly mailFrom: string | null;
  /** The secret of the manage link; only ever put into the client's mail. */
  readonly manageToken: (booking: Booking) => string;
}

/**
 * Writes the mails for a change, ready to be kept in the outbox.
 * Date and DTSTAMP are the occasion's time, and Message-IDs follow from the change: a second attempt is the same mail.
 *
 * What carries a calendar part comes from the booking's own organizer, whatever the sender is by now: calendars apply an
 * update or a CANCEL only from the ORGANIZER whom they know. Any other mail comes from the present sender.
 *
 * @throws DomainError `invalid` for an address that is not exactly one plain mail address
 */
export function mailWriter(deps: ComposerDeps): WriteMails {
  return (occasion) => {
    const telling: Telling = { ...occasion, type: occasion.event.type };
    const notice = clientNotice(telling);
    return [
      ...(notice ? [clientMail(deps, occasion, notice)] : []),
      ...advisorNotices(telling).flatMap((advisor) => advisorMail(deps, occasion, advisor)),
    ];
  };
}

function clientMail(deps: ComposerDeps, occasion: Occasion, notice: ClientNotice): Message {
  const { booking, desk, now } = occasion;
  const language = clientLocaleFor(booking.client.language);
  const to = { name: booking.client.name, address: booking.client.email ?? '' };
  const facts = invitationFacts(deps, { desk, booking, language, stamp: now });
  const { subject, view } = clientView({ ...deps, t: facts.t, occasion, notice, language });
  // Sent more than once with one SEQUENCE: each has its own id, or a mail server would drop the second as a duplicate.
  const again =
    MESSAGE_KINDS[notice.kind].sent === 'each-time'
      ? `.${now}`
      : isRetold(notice, booking)
        ? `.${booking.version}`
        : '';
  const method = notice.method;
  const from = method ? facts.organizer : presentSender(deps, desk, language);
  return {
    ...envelope(from, desk, language, to),
    ...printed(deps.templates, 'mail/client', view),
    kind: notice.kind,
    recipient: 'client',
    subject,
    ...threaded(`${booking.uid}.${booking.sequence}.${notice.kind}${again}`, from, {
      first: `${booking.uid}.0.booked`,
      host: domainOf(booking.organizer),
    }),
    date: now,
    calendar: method && { method, content: icsOf(invitation({ ...facts, method, attendee: to })) },
  };
}

function advisorMail(deps: ComposerDeps, occasion: Occasion, { advisorId, kind, words }: AdvisorNotice): Message[] {
  const { booking, desk, now } = occasion;
  const advisor = desk.advisors.find((each) => each.id === advisorId);
  if (!advisor?.email) return [];
  const { subject, view } = advisorView({
    ...deps,
    t: deps.texts.in('staff', HOUSE_LOCALE),
    occasion,
    words,
    language: HOUSE_LOCALE,
  });
  const from = presentSender(deps, desk, HOUSE_LOCALE);
  return [
    {
      ...envelope(from, desk, HOUSE_LOCALE, { name: advisor.name, address: advisor.email }),
      ...printed(deps.templates, 'mail/advisor', view),
      kind,
      recipient: 'staff',
      subject,
      ...threaded(`${booking.uid}.${booking.sequence}.${kind}.${booking.version}-${advisorId}`, from, {
        first: `${booking.uid}.0.booked.1-${advisorId}`,
        host: domainOf(booking.organizer),
      }),
      date: now,
      calendar: null,
    },
  ];
}

/** A confirmation that tells of later changes too, or one of the same time. */
function isRetold({ kind, sameTime }: ClientNotice, { version }: Booking): boolean {
  return sameTime || (kind === 'booked' && version > 1);
}

function presentSender(deps: ComposerDeps, desk: Desk, language: Locale): Mailbox {
  return mailboxOf(deps, desk, language, senderAddress(deps, desk));
}

function envelope(from: Mailbox, desk: Desk, language: Locale, to: Mailbox) {
  return { from, to: checkedMailbox(to), replyTo: checkedMailbox({ name: from.name, address: desk.email }), language };
}

function printed(templates: Templates, name: string, view: Record<string, unknown>) {
  return { html: templates.render(`${name}.html`, view), text: templates.render(`${name}.txt`, view) };
}

/**
 * A Message-ID, and the thread of all that one reader is told of one booking. It follows from the booking alone, so that nobody has to
 * look up what was sent; a thread whose first mail never went out is one nevertheless (RFC 5256, "dummy").
 */
function threaded(local: string, sender: Mailbox, { first, host }: { first: string; host: string }) {
  const id = messageId(local, domainOf(sender.address));
  const thread = messageId(first, host);
  return { messageId: id, thread: id === thread ? null : thread };
}

function messageId(local: string, host: string): string {
  return `<${local.replace(/[^\w.-]/g, '-')}@${host}>`;
}
