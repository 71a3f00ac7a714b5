import type { Test } from 'supertest';

/**
 * As a browser does it: an answer that leads back to the form, to show it again, is followed; any other redirect is left to the test.
 * superagent only counts redirects, so here the count depends on where it leads.
 */
export function followingForms(test: Test): Test {
  return Object.defineProperty(test, '_redirects', {
    get(this: { res?: { headers: { location?: string } } }) {
      return /[?&]again=/.test(this.res?.headers.location ?? '') ? 1 : 0;
    },
    set() {},
  });
}
