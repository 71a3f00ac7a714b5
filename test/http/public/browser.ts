import request, { type Response } from 'supertest';
import type { TestApp } from '../../support/app';
import { followingForms } from '../../support/forms';

/** A browser without scripts: keeps cookies, sends forms, follows one redirect where it is told to. */
export function browse(app: Pick<TestApp, 'http'>) {
  const agent = request.agent(app.http);
  const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' };
  return {
    get: (path: string) => agent.get(path),
    post: (path: string, fields: Record<string, string> = {}) =>
      followingForms(agent.post(path)).type('form').set(sameOrigin).send(fields),
  };
}

export type Browsing = ReturnType<typeof browse>;

export const DETAILS = {
  name: 'Kim Probe',
  email: 'kim@client.example',
  phone: '0211 1234567',
  forWhom: 'me',
  attendees: '1',
};
export const BOOK = '/en/expat-desk/book';
export const QUERY = 'language=en&topic=residence&mode=phone';
/** Where a time is taken, on one and the same journey. */
export const TIME = `${BOOK}/time?${QUERY}&journey=one-journey`;

/** As far as the page that asks to check: a time held, the details told. */
export async function toCheck({ post }: Browsing, start: string): Promise<void> {
  await post(TIME, { start }).expect(303);
  await post(`${BOOK}/details`, DETAILS).expect(303, /.*/).expect('Location', `${BOOK}/check`);
}

/** What the page that asks to check carries in its form. */
export async function checkForm({ get }: Pick<Browsing, 'get'>, book = BOOK): Promise<Record<string, string>> {
  const { text } = await get(`${book}/check`).expect(200);
  return Object.fromEntries(
    [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, n, v]) => [n, v]),
  );
}

/** What a reader sees, without tags. */
export function textOf({ text }: Pick<Response, 'text'>): string {
  return text
    .replace(/<(style|script)[\s\S]*?<\/\1>|<nav class="languages"[\s\S]*?<\/nav>/g, ' ')
    .replace(/<\/?bdi[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;|&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}
