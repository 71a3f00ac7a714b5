import type { Test } from 'supertest';

/**
 * Lets a request follow a redirect that shows its form again (`again=` in the address), as a browser does; the test
 * gets any other redirect as its answer. superagent decides by comparing a count of redirects with its maximum, so here
 * that count depends on the address to which the answer leads.
 */
export function followingForms(test: Test): Test {
  return Object.defineProperty(test, '_redirects', {
    get(this: { res?: { headers: { location?: string } } }) {
      return /[?&]again=/.test(this.res?.headers.location ?? '') ? 1 : 0;
    },
    set() {},
  });
}
