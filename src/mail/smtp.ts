import { createTransport } from 'nodemailer';
import { type Mailer, MailRefused } from '../app/ports/mailer';
import { envelopeOf, rawMessage } from './mime';

/**
 * How long a peer may keep us waiting, in milliseconds: for the connection, its greeting, any later answer, and for one mail in all.
 * The last is for a peer that never falls quite silent.
 */
export interface SmtpTimeouts {
  readonly connection: number;
  readonly greeting: number;
  readonly socket: number;
  readonly mail: number;
}

export interface SmtpOptions extends Partial<SmtpTimeouts> {
  /** Mail goes out under TLS or not at all. Otherwise it does where the server offers it. */
  readonly requireTls?: boolean;
  /** Told, once, that mail waits because the server offers no TLS. */
  readonly noTls?: () => void;
}

/** All together shorter than the outbox lends a message. */
const TIMEOUTS: SmtpTimeouts = { connection: 10_000, greeting: 10_000, socket: 60_000, mail: 120_000 };
/** As many as the outbox sends at once. */
const MAX_CONNECTIONS = 5;

/**
 * Hands mail to an SMTP server, over a few connections that stay open. The outbox alone decides about second attempts,
 * as only it knows what else was sent meanwhile: nodemailer's own are switched off.
 *
 * @param url `smtp://user:pass@host:port`, or `smtps://` for TLS from the first byte; `smtp` uses STARTTLS where offered
 */
export function smtpMailer(url: string, { requireTls = false, noTls, ...given }: SmtpOptions = {}): Mailer {
  const timeouts = { ...TIMEOUTS, ...given };
  let told = false;
  const transport = createTransport({
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
  return {
    async send(message) {
      const signal = AbortSignal.timeout(timeouts.mail);
      const mail = { envelope: envelopeOf(message), raw: await rawMessage(message), signal };
      try {
        await transport.sendMail(mail);
      } catch (error) {
        if (requireTls && !told && (error as Failure).code === 'ETLS') noTls?.();
        told ||= (error as Failure).code === 'ETLS';
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
  const { command, responseCode } = error as Failure;
  const reply = typeof responseCode === 'number' && responseCode >= 400 ? responseCode : null;
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  const reached = !isBeforeAnyMail(error as Failure);
  const forGood = reply !== null && reply >= 500;
  return new MailRefused(forGood && aboutThisMail, reply, { reached, sender: forGood && command === 'MAIL FROM' });
}

/** What nodemailer puts into its errors. */
interface Failure {
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly code?: unknown;
  /** The system's or OpenSSL's own code, where `code` is nodemailer's. */
  readonly originalCode?: unknown;
  readonly timeoutType?: unknown;
}

const FAILED_BEFORE_ANY_MAIL = /^(EDNS|ETLS|EAUTH|ENOAUTH|(CONNECT|GREETING|UPGRADE)_TIMEOUT)$/;
const NO_CONNECTION = /^E(CONNREFUSED|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN)$/;
const NO_TLS = /^(ERR_(TLS|SSL)|EPROTO$)|CERT|CRL|^(HOSTNAME_MISMATCH|UNABLE_TO_|INVALID_|PATH_LENGTH_)/;

/**
 * Whether the server was not there for any mail. Only what surely came before the mail's own commands counts: a server that breaks the
 * connection over one recipient must not keep back the mail of all others.
 */
function isBeforeAnyMail({ code, originalCode, timeoutType }: Failure): boolean {
  if ([code, timeoutType].some((each) => FAILED_BEFORE_ANY_MAIL.test(String(each)))) return true;
  return NO_CONNECTION.test(String(originalCode)) || NO_TLS.test(String(originalCode));
}
