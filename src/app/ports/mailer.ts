import type { Message } from '../../domain/notifications/message';

/**
 * `permanent`: the server refused for good (5xx). Otherwise it is worth trying again: 4xx, or an outcome that nobody knows.
 * `reached`: false where there was no server that would have taken any mail (nobody listens or greets, TLS or sign-in fail):
 * then nothing was handed over for certain, and the mail itself is not to blame.
 * `sender`: it is the sender whom the server refuses for good: the operator has to put that right, and then the mail goes out.
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

/** Hands mail over, one message at a time; who tries again, and when, is the outbox's business. */
export interface Mailer {
  /** Resolves once the peer has taken responsibility (SMTP 250). @throws MailRefused */
  send(message: Message): Promise<void>;
  close(): void;
}
