import { createTransport } from 'nodemailer';
import { type Mailer, MailRefused } from '../app/ports/mailer';
import { envelopeOf, rawMessage } from './mime';

/** How long a peer may keep us waiting, in milliseconds: for the connection, its greeting, and any later answer. */
export interface SmtpTimeouts {
  readonly connection: number;
  readonly greeting: number;
  readonly socket: number;
}

const TIMEOUTS: SmtpTimeouts = { connection: 10_000, greeting: 10_000, socket: 60_000 };

/**
 * Hands mail to an SMTP server, over a few connections that stay open. The outbox alone decides about second attempts,
 * as only it knows what else was sent meanwhile: nodemailer's own are switched off.
 *
 * @param url `smtp://user:pass@host:port`, or `smtps://` for TLS from the first byte; `smtp` uses STARTTLS where offered
 */
export function smtpMailer(url: string, timeouts: SmtpTimeouts = TIMEOUTS): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    maxRequeues: 0,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.socket,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      const mail = { envelope: envelopeOf(message), raw: await rawMessage(message) };
      try {
        await transport.sendMail(mail);
      } catch (error) {
        throw refusal(error);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * 451 and 550 both come as EENVELOPE, so only the reply code tells them apart (RFC 5321 §4.2.1). Without one the outcome is
 * unknown: nobody answered, or the connection broke after the mail was handed over. A 5xx is for good only if it is about
 * this recipient or this mail; a refused connection, password or sender is the operator's to put right, and then it goes out.
 */
function refusal(error: unknown): MailRefused {
  const { command, responseCode } = error as { command?: unknown; responseCode?: unknown };
  const reply = typeof responseCode === 'number' && responseCode >= 400 ? responseCode : null;
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  return new MailRefused(reply !== null && reply >= 500 && aboutThisMail, reply);
}
