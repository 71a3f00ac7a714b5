import type { ErrorCode } from '../../src/domain/errors';

/** Returns a matcher, for `toThrow` and `rejects`, of a refusal with this code. */
export function refusal(code: ErrorCode) {
  return expect.objectContaining({ name: 'DomainError', code });
}
