import type { Test } from 'supertest';

/** Makes a request that is over with the head of its answer, because a stream has no end. The answer's text is empty. */
export function headOnly(asked: Test): Test {
  return asked.buffer(true).parse((res, done) => {
    done(null, '');
    (res as unknown as { destroy(): void }).destroy();
  });
}
