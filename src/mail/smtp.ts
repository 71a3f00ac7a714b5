import type * as Nodemailer from 'nodemailer';
import { type Mailer, MailRefused } from '../app/ports/mailer';
import type { WrittenMail } from '../domain/notifications/message';
import { envelopeOf, rawMessage } from './mime';

/** Is loaded with the first mail, not at the start of the program. */
export const nodemailer = (): typeof Nodemailer => require('nodemailer');

/**
 * How long the program waits for a mail server, in milliseconds: for the connection, the greeting, each later answer,
 * and for one mail as a whole. The last bounds a server that answers slowly but never falls silent.
 */
interface SmtpTimeouts {
  readonly connection: number;
  readonly greeting: number;
  readonly socket: number;
  readonly mail: number;
}

interface SmtpOptions extends Partial<SmtpTimeouts> {
  /** `true` if mail is sent only with TLS. Otherwise TLS is used where the server offers it. */
  readonly requireTls?: boolean;
  /** Called once if mail waits because the server offers no TLS. */
  readonly noTls?: () => void;
}

/** Their sum is shorter than the lease of a message in the outbox. */
const TIMEOUTS: SmtpTimeouts = { connection: 10_000, greeting: 10_000, socket: 60_000, mail: 120_000 };
/** The most connections, as many as the outbox sends messages at a time. */
const MAX_CONNECTIONS = 5;

/**
 * Sends mail to an SMTP server over a few connections that stay open. Nodemailer's own second attempts are switched
 * off, because only the outbox knows what else was sent meanwhile.
 *
 * @param url `smtp://user:pass@host:port`, or `smtps://` for TLS from the first byte; `smtp` uses STARTTLS where
 *   offered
 */
export function smtpMailer(url: string, { requireTls = false, noTls, ...given }: SmtpOptions = {}): Mailer {
  const timeouts = { ...TIMEOUTS, ...given };
  let told = false;
  const connect = () =>
    nodemailer().createTransport({
      url,
      pool: true,
      maxConnections: MAX_CONNECTIONS,
      maxRequeues: 0,
      requireTLS: requireTls,
      connectionTimeout: timeouts.connection,
      greetingTimeout: timeouts.greeting,
      socketTimeout: timeouts.socket,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  let transport: ReturnType<typeof connect> | undefined;
  return {
    async send(written) {
      const signal = AbortSignal.timeout(timeouts.mail);
      const mail = { envelope: envelopeOf(written), raw: rawMessage(written), dsn: wantedReports(written), signal };
      transport ??= connect();
      try {
        await transport.sendMail(mail);
      } catch (error) {
        if (requireTls && !told && (error as Failure).code === 'ETLS') noTls?.();
        told ||= (error as Failure).code === 'ETLS';
        throw refusal(error);
      }
    },
    close: () => transport?.close(),
  };
}

/**
 * Asks a server that can (RFC 3461) to report what it could not deliver, with the Message-ID as the envelope's id, so
 * that the report names the mail also where it returns nothing of it.
 */
function wantedReports({ messageId }: WrittenMail) {
  return { id: messageId.slice(1, -1), return: 'headers' as const, notify: ['failure' as const, 'delay' as const] };
}

/**
 * Turns an error of nodemailer into a MailRefused. Both 451 and 550 come as EENVELOPE, so only the reply code tells
 * them apart (RFC 5321 §4.2.1). Without a reply code the outcome is unknown: the server did not answer, or the
 * connection broke after the mail was sent. A 5xx is final only if it concerns this recipient or this mail; an operator
 * can correct a refused connection, password or sender, and the mail is sent after that.
 */
function refusal(error: unknown): MailRefused {
  const { command, responseCode } = error as Failure;
  const reply = typeof responseCode === 'number' && responseCode >= 400 ? responseCode : null;
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  const reached = !isBeforeAnyMail(error as Failure);
  const forGood = reply !== null && reply >= 500;
  return new MailRefused(forGood && aboutThisMail, reply, { reached, sender: forGood && command === 'MAIL FROM' });
}

/** The properties of nodemailer's errors. */
interface Failure {
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly code?: unknown;
  /** The code of the system or of OpenSSL; `code` is nodemailer's own. */
  readonly originalCode?: unknown;
  readonly timeoutType?: unknown;
}

const FAILED_BEFORE_ANY_MAIL = /^(EDNS|ETLS|EAUTH|ENOAUTH|(CONNECT|GREETING|UPGRADE)_TIMEOUT)$/;
const NO_CONNECTION = /^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN)$/;
const NO_TLS = /^(ERR_(TLS|SSL)|EPROTO$)|CERT|CRL|^(HOSTNAME_MISMATCH|UNABLE_TO_|INVALID_|PATH_LENGTH_)/;

/**
 * Returns `true` if the server could not be reached for any mail. Only errors that certainly came before the commands
 * of this mail count, because a server that breaks the connection over one recipient must not hold back the mail of all
 * others.
 */
function isBeforeAnyMail({ code, originalCode, timeoutType }: Failure): boolean {
  if ([code, timeoutType].some((each) => FAILED_BEFORE_ANY_MAIL.test(String(each)))) return true;
  return NO_CONNECTION.test(String(originalCode)) || NO_TLS.test(String(originalCode));
}
