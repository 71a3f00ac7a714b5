import { createHash } from 'node:crypto';
import type MimeNode from 'nodemailer/lib/mime-node';
import { DomainError } from '../domain/errors';
import { perObject } from '../domain/memo';
import type { Message, WrittenMail } from '../domain/notifications/message';
import { checkedMailbox, oneLine } from './address';

/** Is loaded with the first mail, not at the start of the program. */
export const mimeNode = (): typeof MimeNode => require('nodemailer/lib/mime-node');

/** A Message-ID (RFC 5322 §3.6.4) of the form that this program writes. */
const MESSAGE_ID = /^<[\w.-]+@[a-z0-9.-]+>$/i;
/** A language tag (BCP 47). */
const LANGUAGE = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i;
/** The longest line of base64, in characters (RFC 2045 §6.8). */
const BASE64_LINE = 76;

/**
 * Writes a message as it is sent (RFC 5322, ASCII with CRLF), but for Date and Sender, which `rawMessage` puts before
 * it. The same message gives the same content: boundaries are derived from the Message-ID.
 *
 * A calendar part is written twice, as calendar programs expect it (RFC 6047): inline as the last alternative, with
 * `method=`, and again as the file invite.ics. All bodies are base64, so that no relay changes or rewraps them.
 * Nodemailer encodes and folds the fields; the parts are put together here, because its streams take ten times as long.
 *
 * @throws DomainError `invalid` if an address is not exactly one plain mail address, or Message-ID or language are
 *   malformed
 */
export function contentOf(message: Message): string {
  const { messageId, thread = null, language, calendar } = message;
  if (!MESSAGE_ID.test(messageId)) throw new DomainError('invalid', { reason: 'malformed Message-ID' });
  if (thread !== null && !MESSAGE_ID.test(thread)) throw new DomainError('invalid', { reason: 'malformed References' });
  if (!LANGUAGE.test(language)) throw new DomainError('invalid', { reason: 'malformed language tag' });

  const boundary = `--_${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`;
  const entry = calendar && base64(calendar.content);
  const headers = headersBy(mimeNode());
  const texts = [
    `${headers.text}${base64(withCrlf(message.text))}`,
    `${headers.html}${base64(withCrlf(message.html))}`,
    ...(calendar ? [`${headers[calendar.method]}${entry}`] : []),
  ];
  const fields = topOf(message);
  const alternative = { fields: calendar ? '' : fields, boundary: `${boundary}-alternative`, parts: texts };
  const body = multipart('alternative', alternative);
  if (!calendar) return body;
  return multipart('mixed', { fields, boundary: `${boundary}-mixed`, parts: [body, `${headers.file}${entry}`] });
}

/**
 * Returns the bytes of a mail as they are sent: its content, with Date and, if another mailbox than its author's sends
 * it, Sender (RFC 5322 §3.6.2).
 *
 * @throws DomainError `invalid` if the sender is not exactly one plain mail address
 */
export function rawMessage(mail: WrittenMail): Buffer {
  const { from } = envelopeOf(mail);
  const sender = from === mail.from.address ? '' : `Sender: ${from}\r\n`;
  return Buffer.from(`Date: ${new Date(mail.date).toUTCString().replace('GMT', '+0000')}\r\n${sender}${mail.content}`);
}

/**
 * Returns the SMTP envelope, with exactly one recipient.
 *
 * @throws DomainError `invalid` if an address is not exactly one plain mail address
 */
export function envelopeOf({ sender, from, to }: Pick<WrittenMail, 'sender' | 'from' | 'to'>): {
  from: string;
  to: [string];
} {
  const { address } = checkedMailbox({ name: '', address: sender ?? from.address });
  return { from: address, to: [checkedMailbox(to).address] };
}

type Fields = readonly (readonly [name: string, value: string | Message['from']])[];

function topOf({ from, to, replyTo, subject, messageId, thread, language }: Message): string {
  const fields = fieldsOf([
    ['From', checkedMailbox(from)],
    ['To', checkedMailbox(to)],
    ['Reply-To', checkedMailbox(replyTo)],
    ['Subject', oneLine(subject)],
    ['Message-ID', messageId],
    ...(thread
      ? ([
          ['In-Reply-To', thread],
          ['References', thread],
        ] as const)
      : []),
  ]);
  return `Content-Language: ${language}\r\n${AUTOMATIC}${fields}MIME-Version: 1.0\r\n`;
}

/**
 * RFC 3834 §5 keeps absence notes from answering. `All` instead of these two would also suppress bounces (MS-OXCMAIL
 * §2.1.3.2.20).
 */
const AUTOMATIC = 'Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: OOF, AutoReply\r\n';

/**
 * Writes a multipart with the fields of its header that come before Content-Type.
 *
 * @param boundary begins with `--_`, which no line of base64 contains
 */
function multipart(
  type: 'mixed' | 'alternative',
  {
    fields,
    boundary,
    parts,
  }: { readonly fields: string; readonly boundary: string; readonly parts: readonly string[] },
): string {
  const head = `${fields}Content-Type: multipart/${type};\r\n boundary="${boundary}"\r\n\r\n`;
  return `${head}${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
}

/** Writes fields of a header, encoded and folded by nodemailer. */
function fieldsOf(fields: Fields): string {
  const Node = mimeNode();
  const root = rootOf(Node);
  // A node below a root gets no fields of its own, and only a multipart prints its base boundary.
  const node = new Node(false, { rootNode: root, parentNode: root, baseBoundary: 'none' });
  for (const [name, value] of fields) node.setHeader(name, typeof value === 'string' ? value : { ...value });
  return `${node.buildHeaders()}\r\n`;
}

const rootOf = perObject((Node: typeof MimeNode) => new Node());
const ENCODED = ['Content-Transfer-Encoding', 'base64'] as const;
/** The headers of the parts, each with the empty line that ends it. */
const headersBy = perObject((_: typeof MimeNode) => ({
  text: `${fieldsOf([['Content-Type', 'text/plain; charset=utf-8'], ENCODED])}\r\n`,
  html: `${fieldsOf([['Content-Type', 'text/html; charset=utf-8'], ENCODED])}\r\n`,
  REQUEST: `${fieldsOf([['Content-Type', 'text/calendar; charset=utf-8; method=REQUEST'], ENCODED])}\r\n`,
  CANCEL: `${fieldsOf([['Content-Type', 'text/calendar; charset=utf-8; method=CANCEL'], ENCODED])}\r\n`,
  file: `${fieldsOf([
    ['Content-Type', 'application/ics; name=invite.ics'],
    ['Content-Disposition', 'attachment; filename=invite.ics'],
    ENCODED,
  ])}\r\n`,
}));

/** Encodes a text in lines of base64 (RFC 2045 §6.8). */
function base64(text: string): string {
  const encoded = Buffer.from(text).toString('base64');
  const lines: string[] = [];
  for (let start = 0; start < encoded.length; start += BASE64_LINE)
    lines.push(encoded.slice(start, start + BASE64_LINE));
  return lines.join('\r\n');
}

/** Ends lines as a text in base64 has to (RFC 2045 §6.8). */
function withCrlf(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}
