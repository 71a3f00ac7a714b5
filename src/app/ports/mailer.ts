import type { WrittenMail } from '../../domain/notifications/message';

/**
 * A mail was not accepted.
 *
 * `permanent` is `true` if the server refused for good (5xx); otherwise it is worth trying again after a 4xx or an
 * unknown outcome. `reached` is `false` if no server would have accepted any mail (none listens or greets, TLS or
 * sign-in fails); the mail was then certainly not sent, and is not the cause. `sender` is `true` if the server refuses
 * the sender for good; the operator has to correct that, and the mail is sent then.
 */
export class MailRefused extends Error {
  readonly permanent: boolean;
  /** The SMTP reply code, or null if the outcome is unknown. */
  readonly code: number | null;
  readonly reached: boolean;
  readonly sender: boolean;

  constructor(permanent: boolean, code: number | null, { reached = true, sender = false } = {}) {
    super(`mail refused: ${code ?? 'outcome unknown'}`);
    this.name = 'MailRefused';
    this.permanent = permanent;
    this.code = code;
    this.reached = reached;
    this.sender = sender;
  }
}

/** Sends mail, one message at a time. Further attempts are made by the outbox. */
export interface Mailer {
  /** Resolves once the server has accepted the message (SMTP 250). @throws MailRefused */
  send(mail: WrittenMail): Promise<void>;
  close(): void;
}
