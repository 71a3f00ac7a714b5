/**
 * All codes with which a request can be refused. They are part of the contract: pages translate them, the API returns
 * them under /problems/.
 */
export type ErrorCode =
  | 'not-found'
  | 'forbidden'
  | 'unauthenticated'
  | 'invalid'
  | 'invalid-rule'
  | 'invalid-time'
  | 'slot-unavailable'
  | 'hold-expired'
  | 'booking-not-changeable'
  | 'moves-refused'
  | 'undo-expired'
  | 'plan-undone'
  | 'queue-not-changeable'
  | 'case-not-changeable'
  | 'no-effect'
  | 'version-moved-on'
  | 'version-required'
  | 'idempotency-key-reused'
  | 'already-done'
  | 'too-many-bookings'
  | 'too-many-requests'
  | 'unavailable';

/** A field that is wrong: `pointer` is a JSON Pointer into the request (RFC 6901), `detail` says what is expected. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** Facts for the message and the log; they never contain personal data. */
type ErrorDetails = Readonly<Record<string, unknown>>;

/** An expected refusal. Anything else that is thrown is a defect, and is answered with 500. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  /** @param options `cause`: the underlying error, for the log and for deciding whether to retry */
  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(typeof details.reason === 'string' ? `${code}: ${details.reason}` : code, options);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

/** Tells whether `error` is a refusal with this code. */
export function isRefusal(error: unknown, code: ErrorCode): error is DomainError {
  return error instanceof DomainError && error.code === code;
}
