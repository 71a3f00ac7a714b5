import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { DomainError } from '../domain/errors';
import type { Message } from '../domain/notifications/message';
import { checkedMailbox, oneLine } from './address';

/** A Message-ID (RFC 5322 §3.6.4) of the form that this program writes. */
const MESSAGE_ID = /^<[\w.-]+@[a-z0-9.-]+>$/i;
/** A language tag (BCP 47). */
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;

/**
 * Writes a message as it is sent (RFC 5322, with CRLF). The same message gives the same bytes: boundaries are derived
 * from the Message-ID, and Date is the message's own.
 *
 * A calendar part is written twice, as calendar programs expect it (RFC 6047): inline as the last alternative, with
 * `method=`, and again as the file invite.ics. Bodies are encoded, so that no relay changes or rewraps them.
 *
 * @throws DomainError `invalid` if an address is not exactly one plain mail address, or Message-ID or language are
 *   malformed
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
        // Base64 instead of quoted-printable keeps line breaks and trailing spaces as they are.
        contentTransferEncoding: 'base64',
      },
    }),
    headers: {
      'Content-Language': message.language,
      // RFC 3834 §5: keeps absence notes from answering.
      'Auto-Submitted': 'auto-generated',
      // `All` would also suppress bounces (MS-OXCMAIL §2.1.3.2.20).
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
    baseBoundary: createHash('sha256').update(message.messageId).digest('hex').slice(0, 32),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return mail.build();
}

/**
 * Returns `true` if the message needs a Sender header, because it is sent by another mailbox than its author's (RFC
 * 5322 §3.6.2).
 */
function isSentByAnother(message: Message): boolean {
  return envelopeOf(message).from !== message.from.address;
}

/**
 * Returns the SMTP envelope, with exactly one recipient.
 *
 * @throws DomainError `invalid` if an address is not exactly one plain mail address
 */
export function envelopeOf(message: Message): { from: string; to: [string] } {
  const from = checkedMailbox({ name: '', address: message.sender ?? message.from.address });
  return { from: from.address, to: [checkedMailbox(message.to).address] };
}
