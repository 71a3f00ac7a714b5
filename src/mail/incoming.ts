import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { readBounces } from '../domain/notifications/bounce';
import type { IncomingMail } from '../domain/notifications/incoming';
import { readReply } from '../domain/notifications/reply';

/** As many Message-IDs are looked up for one mail. */
const MAX_ABOUT = 50;
/** The longest HTML that is looked through for words, if a mail has no other text. */
const MAX_HTML_LENGTH = 200_000;

/** Message-IDs as this program writes them: of a booking, with SEQUENCE and kind of mail. */
const OWN_ID = '[\\w-]{1,80}\\.\\d{1,10}\\.[a-z_]{1,40}[\\w.-]{0,100}@[a-z\\d.-]{1,253}';
const MESSAGE_ID = new RegExp(`<${OWN_ID}>`, 'gi');
const ENVELOPE_ID = new RegExp(`^original-envelope-id:[ \\t]*<?(${OWN_ID})>?`, 'gim');
/** Senders of reports: RFC 5321 §4.5.5 has none in the envelope, and servers call themselves so in From. */
const SERVER =
  /^(?:mailer-?daemon|post-?master|poostmaster|mail-?daemon|double-bounce|mdaemon)(?:@|$)|^[^@]*mail.?delivery/i;
const IS_FAILURE =
  /undeliver|deliver(?:y|ed)?[^a-z]+(?:notification|status|failure|fail|has failed|problem)|delivery status|failure notice|returned? (?:mail|to sender)|returning message|mail (?:system )?(?:error|failed|failure)|could not (?:be delivered|send)|couldn'?t be delivered|not delivered|unzustellbar|nicht zugestellt|non recapitabile|delivery report|errors from|delayed/i;

/** How absence notes begin that do not call themselves so in their header. */
const ABSENCE =
  /^(?:auto(?:matic)?[- ]?(?:reply|response|answer)|out of (?:the )?office|automatische antwort|abwesenheit)/i;

/**
 * Reads a mail as it came: a calendar's reply, a report of a delivery that failed, or what somebody wrote. Only what the
 * program needs is returned; the texts of people are not.
 *
 * @throws if the bytes are no mail
 */
export async function readIncoming(bytes: Buffer): Promise<IncomingMail> {
  // It is loaded with the first mail that came, not at the start of the program.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(bytes, {
    ...{ keepDeliveryStatus: true, skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true },
  });
  const from = (mail.from?.value[0]?.address ?? '').toLowerCase();
  const common = { digest: createHash('sha256').update(bytes).digest('hex'), from };
  const answered = idsIn([mail.inReplyTo, mail.references].flat().join(' '));

  const reply = replyIn(mail);
  if (reply) return { ...common, about: answered, kind: 'reply', reply };
  if (isReport(mail, from)) {
    const bounces = readBounces({ ...reportOf(mail, bytes), subject: mail.subject ?? '' });
    const about = [...reportedIn(bytes), ...answered];
    if (bounces.length > 0) return { ...common, about: about.slice(0, MAX_ABOUT), kind: 'bounce', bounces };
    return { ...common, about: answered, kind: 'automatic' };
  }
  return { ...common, about: answered, kind: isAutomatic(mail) ? 'automatic' : 'person' };
}

/** Handling follows the type of the part, not the name of the file (RFC 6047 §2.4). */
function replyIn({ attachments }: ParsedMail) {
  const calendars = attachments.filter(({ contentType }) => /^(?:text\/calendar|application\/ics)$/i.test(contentType));
  for (const { content } of calendars) {
    const reply = readReply(content.toString());
    if (reply) return reply;
  }
  return null;
}

function isReport(mail: ParsedMail, from: string): boolean {
  const type = headerOf(mail, 'content-type');
  if (/report-type="?delivery-status/i.test(type) || mail.attachments.some(isStatus)) return true;
  if (headerOf(mail, 'x-failed-recipients') !== '') return true;
  const name = mail.from?.value[0]?.name ?? '';
  const isFromServer = SERVER.test(from) || SERVER.test(name) || /^\s*<>\s*$/.test(headerOf(mail, 'return-path'));
  return isFromServer && (IS_FAILURE.test(mail.subject ?? '') || IS_FAILURE.test((mail.text ?? '').slice(0, 2_000)));
}

function isStatus({ contentType }: { contentType: string }): boolean {
  return /^message\/(?:global-)?delivery-status$/i.test(contentType);
}

function reportOf(mail: ParsedMail, bytes: Buffer) {
  const status = mail.attachments
    .filter(isStatus)
    .map(({ content }) => content.toString())
    .join('\n\n');
  const html = typeof mail.html === 'string' ? mail.html.slice(0, MAX_HTML_LENGTH) : '';
  const text = mail.text || html.replace(/<[^>]{0,2000}>/g, ' ');
  return {
    failed: headerOf(mail, 'x-failed-recipients').match(/[^\s,<>]+@[^\s,<>]+/g) ?? [],
    status,
    // Where its parts are marked so badly that none is found, the report is read as it came.
    text: status || text ? text : bytes.toString().replace(/^[\s\S]*?\r?\n\r?\n/, ''),
  };
}

/** RFC 3834 §5, and what older programs and lists write. */
function isAutomatic(mail: ParsedMail): boolean {
  const submitted = headerOf(mail, 'auto-submitted');
  if (submitted !== '' && !/^no\b/i.test(submitted)) return true;
  if (ABSENCE.test(mail.subject ?? '')) return true;
  if (/^(?:bulk|junk|list|auto_reply)\b/i.test(headerOf(mail, 'precedence'))) return true;
  return ['list-id', 'x-autoreply', 'x-autorespond', 'x-auto-response'].some((name) => headerOf(mail, name) !== '');
}

/** Returns the value of a field of the header as it was written, unfolded; empty: it is not there. */
function headerOf({ headerLines }: ParsedMail, name: string): string {
  const line = headerLines.find(({ key }) => key === name)?.line ?? '';
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n[ \t]/g, ' ')
    .trim();
}

/**
 * Returns the Message-IDs that a report names: of the mail that was not delivered, wherever servers put it, and the
 * envelope's id, which is the Message-ID without its brackets (RFC 3461 §4.4).
 */
function reportedIn(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const envelope = [...text.matchAll(ENVELOPE_ID)];
  return [...new Set([...envelope.map(([, id]) => `<${id}>`), ...idsIn(text)])];
}

function idsIn(text: string): string[] {
  return [...new Set(text.match(MESSAGE_ID) ?? [])].slice(0, MAX_ABOUT);
}
