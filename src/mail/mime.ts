import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { DomainError } from '../domain/errors';
import type { Message } from '../domain/notifications/message';
import { checkedMailbox, oneLine } from './address';

/** RFC 5322 §3.6.4, as the composer writes it. */
const MESSAGE_ID = /^<[\w.-]+@[a-z0-9.-]+>$/i;
/** BCP 47. */
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;

/**
 * The message as it goes on the wire (RFC 5322, CRLFs). The same message gives the same bytes: boundaries follow from the
 * Message-ID, and the Date is the message's own.
 *
 * A calendar part is written twice, as calendars want it (RFC 6047): inline as the last alternative, with `method=`, and
 * the same bytes as the file invite.ics. Bodies are encoded, so that no relay can rewrap or change them.
 *
 * @throws DomainError `invalid` if an address is not exactly one plain mail address, or Message-ID or language are malformed
 */
export function rawMessage(message: Message): Promise<Buffer> {
  if (!MESSAGE_ID.test(message.messageId)) throw new DomainError('invalid', { reason: 'malformed Message-ID' });
  const { thread = null } = message;
  if (thread !== null && !MESSAGE_ID.test(thread)) throw new DomainError('invalid', { reason: 'malformed References' });
  if (!LANGUAGE.test(message.language)) throw new DomainError('invalid', { reason: 'malformed language tag' });
  const encoded = { contentTransferEncoding: 'quoted-printable' };
  const mail = new MailComposer({
    from: checkedMailbox(message.from),
    ...(isSentByAnother(message) && { sender: envelopeOf(message).from }),
    to: checkedMailbox(message.to),
    replyTo: checkedMailbox(message.replyTo),
    subject: oneLine(message.subject),
    messageId: message.messageId,
    ...(thread !== null && { inReplyTo: thread, references: thread }),
    date: new Date(message.date),
    text: { content: message.text, ...encoded },
    html: { content: message.html, ...encoded },
    ...(message.calendar && {
      icalEvent: {
        method: message.calendar.method,
        content: message.calendar.content,
        filename: 'invite.ics',
        // Not quoted-printable: line breaks and trailing spaces must arrive as they are.
        contentTransferEncoding: 'base64',
      },
    }),
    headers: {
      'Content-Language': message.language,
      // RFC 3834 §5: nobody's absence note answers it.
      'Auto-Submitted': 'auto-generated',
      // Not `All`: that would suppress bounces too (MS-OXCMAIL §2.1.3.2.20).
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 32),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return mail.build();
}

/** RFC 5322 §3.6.2: who hands it over is named where that is not the author. */
function isSentByAnother(message: Message): boolean {
  return envelopeOf(message).from !== message.from.address;
}

/** The SMTP envelope: exactly one recipient. @throws DomainError `invalid` */
export function envelopeOf(message: Message): { from: string; to: [string] } {
  const from = checkedMailbox({ name: '', address: message.sender ?? message.from.address });
  return { from: from.address, to: [checkedMailbox(message.to).address] };
}
