import type { ErrorCode } from '../../src/domain/errors';

/** For `toThrow` and `rejects`: a refusal with this code. */
export function refusal(code: ErrorCode) {
  return expect.objectContaining({ name: 'DomainError', code });
}
