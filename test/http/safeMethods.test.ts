import type { Test } from 'supertest';
import request from 'supertest';
import { screenToken } from '../../src/app/queue/readQueue';
import { MINUTE } from '../../src/domain/calendar/interval';
import { waitTokenOf } from '../../src/domain/waiting/link';
import { API_ROOT, apiPaths, paths, url } from '../../src/paths';
import type { TestApp } from '../support/app';
import { booked } from '../support/bookings';
import {
  aCase,
  aDesk,
  aFeed,
  anAdvisor,
  anHoursVersion,
  aPartner,
  aPlan,
  aQuestion,
  aQueueEntry,
  aTopic,
  aWaitingEntry,
  span,
} from '../support/builders';
import { headOnly } from '../support/endless';
import { appWithRoutes, type Route } from '../support/routes';
import { aBrowser, type Browser, signedInAs } from '../support/staff';
import { aDelivery, aWebhook } from '../support/webhooks';
import { BOOK, browse, DETAILS, TIME } from './public/browser';

/** What a route's address must have in its query to be answered; all others are asked for without one. */
const QUERIES: Readonly<Record<string, string>> = {
  [paths.chooseTopic]: 'language=en',
  [paths.topicsExplained]: 'language=en',
  [paths.chooseTime]: 'language=en&topic=residence&mode=phone&date=2026-12-02',
  [paths.staffNewBooking]: 'topic=residence&language=en&mode=phone&date=2026-12-02',
  [`${API_ROOT}/desks/:desk/slots`]: 'topic=residence&language=en',
  [`${API_ROOT}/desks/:desk/slots/explain`]: 'topic=residence&language=en',
  [`${API_ROOT}/desks/:desk/opening-hours`]: 'from=2026-12-01&to=2026-12-08',
  [`${API_ROOT}/staff/bookings`]: 'desk=expat-desk',
};

const STREAM = API_ROOT + apiPaths.staffEvents.replace('{desk}', ':desk');

/**
 * What being looked at may change: how often something was asked for, what nobody could be offered, who looked at the
 * file of a person, and when a session or token was seen last.
 */
const COUNTERS: readonly string[] = ['rate_limit', 'unmet_demand', 'trail_entry'];

let t: TestApp;
let routes: readonly Route[];
let values: Record<string, string>;
let client: Browser;
let staff: Browser;
let bearer: string;
/** Cases are read by their advisors only. */
let advisor: { readonly browser: Browser; readonly bearer: string };

beforeAll(async () => {
  ({ app: t, routes } = await appWithRoutes({ desks: [aDesk({ cases: { keepDays: 365 } })] }));
  const visitor = browse(t);
  await visitor.post(TIME, { start: '2026-12-02T10:00:00+01:00' }).expect(303);
  await visitor.post(`${BOOK}/details`, DETAILS).expect(303);
  client = { ...aBrowser(t), get: visitor.get };
  // A manager who gives consultations as well has a day of their own.
  staff = await signedInAs(t, { role: 'manager', advisorId: 'a1' });
  bearer = 'a-program';
  await addToken(bearer, { role: 'admin', advisorId: null });
  const own = { role: 'advisor', advisorId: 'a1' } as const;
  advisor = { browser: await signedInAs(t, { ...own, email: 'ada@expat-desk.example' }), bearer: 'an-advisor' };
  await addToken(advisor.bearer, own);
});
afterAll(() => t.close());

function addToken(token: string, of: { readonly role: 'admin' | 'advisor'; readonly advisorId: string | null }) {
  const common = { hash: t.deps.tokens.hash(token), deskId: 'expat-desk', endsAt: Number.MAX_SAFE_INTEGER };
  return t.storage.write(({ staff: accounts }) => accounts.addToken({ ...common, ...of, name: token }, t.clock.now()));
}

/** A new part of a path needs a value here, so that its routes are asked for something that there is. */
function filled(path: string): string {
  const id = path.startsWith(paths.mailbox) ? values.mail : values.booking;
  const params: Record<string, string> = { ...values, id: id ?? '' };
  const query = QUERIES[path];
  return url(path.replace('{*name}', 'sprechstunde.css'), params) + (query ? `?${query}` : '');
}

function ask(path: string, method: 'get' | 'head'): Test {
  const address = filled(path);
  const isOfCase = /\/(new-)?cases?\b/.test(path);
  if (path.startsWith(`${API_ROOT}/staff`)) {
    const asked = request(t.http)
      [method](address)
      .set('Authorization', `Bearer ${isOfCase ? advisor.bearer : bearer}`);
    return method === 'get' && path === STREAM ? headOnly(asked) : asked;
  }
  if (method === 'get')
    return (path.startsWith(paths.staff) ? (isOfCase ? advisor.browser : staff) : client).get(address);
  return request(t.http).head(address);
}

async function held(): Promise<unknown> {
  const all = Object.entries(await t.everything()).filter(([table]) => !COUNTERS.includes(table));
  const tables = Object.fromEntries(all);
  return {
    ...tables,
    session: (tables.session as { seen_at: number }[]).map((session) => ({ ...session, seen_at: null })),
    api_token: (tables.api_token as { last_used_at: number }[]).map((token) => ({ ...token, last_used_at: null })),
    mailbox: (await t.mailbox.list()).length,
  };
}

describe('Looking', () => {
  it('is tried on every route that is registered, of the pages as of the API', () => {
    const all = routes.map(({ path }) => path);
    for (const path of Object.values(paths).filter((each) => !PREFIXES.includes(each))) expect(all).toContain(path);
    expect(all.filter((path) => path.startsWith(API_ROOT)).length).toBeGreaterThan(20);
    for (const path of Object.values(apiPaths).filter((each) => each !== apiPaths.staff))
      expect(all).toContain(API_ROOT + path.replace(/\{(\w+)\}/g, ':$1'));
    for (const path of Object.keys(QUERIES)) expect(all).toContain(path);
  });

  it.each(['confirmed', 'cancelled'])(
    'changes nothing, by GET or HEAD, on any route (a %s booking)',
    async (status) => {
      const booking = await booked(t, status === 'confirmed' ? {} : { start: Date.parse('2026-12-03T10:00:00+01:00') });
      await t.run('sendOutbox');
      if (status === 'cancelled')
        await t.app.cancelBooking({ bookingId: booking.id, reason: null, who: { kind: 'client' } });
      await t.run('sendOutbox');
      await t.storage.write(async ({ cases, desks, feeds, hoursVersions, plans, queue, waiting, webhooks }) => {
        const closed = { closed: true, windows: [], reason: { de: 'x', en: 'y' } };
        const days = { from: '2026-12-29', to: '2026-12-30' };
        await desks.addException('expat-desk', { id: booking.id, ...days, ...closed }, 'staff');
        await desks.putTopic('expat-desk', aTopic({ id: booking.id, questions: [aQuestion()] }), 'staff');
        await desks.putPartner('expat-desk', aPartner({ id: booking.id }), 'staff');
        await desks.putAdvisor('expat-desk', anAdvisor({ id: booking.id }), 'staff');
        const time = span('2026-12-29T09:00:00+01:00', 60);
        await desks.addAbsence('expat-desk', { id: booking.id, advisorId: 'a1', time, reason: null });
        await plans.save(aPlan({ id: booking.id }));
        await webhooks.add(aWebhook({ id: booking.id }));
        await feeds.add(aFeed({ id: booking.id }), t.deps.tokens.hash(t.deps.tokens.tokenFor(booking.id)));
        await webhooks.queue([aDelivery({ id: booking.id, webhookId: booking.id })]);
        const number = status === 'confirmed' ? 1 : 2;
        await hoursVersions.add(anHoursVersion({ id: booking.id, number }));
        await waiting.add(aWaitingEntry({ id: booking.id }));
        await cases.add(aCase({ id: booking.id }));
        await queue.add(aQueueEntry({ id: booking.id }), t.deps.tokens.hash(t.deps.tokens.tokenFor(booking.id)));
      });
      values = {
        locale: 'en',
        desk: 'expat-desk',
        table: 'topics',
        list: 'topics',
        question: 'visa',
        date: '2026-12-01',
        page: 'privacy',
        key: 'mail.booked.intro',
        code: 'not-found',
        token: t.deps.tokens.tokenFor(booking.id),
        manageToken: t.deps.tokens.tokenFor(booking.id),
        ticketToken: t.deps.tokens.tokenFor(booking.id),
        waitToken: waitTokenOf(booking.id, t.deps.tokens.tokenFor),
        feedToken: t.deps.tokens.tokenFor(booking.id),
        screenToken: screenToken(t.deps.tokens, 'expat-desk'),
        advisor: 'a1',
        booking: booking.id,
        mail: (await t.mailbox.list()).find(({ to, calendar }) => calendar && to.includes('client.example'))?.id ?? '',
      };
      const before = await held();
      const refused: unknown[] = [];
      for (const { path, methods } of routes.filter(({ methods: all }) => all.includes('GET') || all.includes('HEAD')))
        for (const method of ['head', 'get', 'get'] as const) {
          expect(methods).toContain('HEAD');
          const { status: answered } = await ask(path, method);
          if (answered >= 400 && !OVER.includes(path)) refused.push([method, path, answered]);
        }
      t.clock.advance(5 * MINUTE);
      for (const { path } of routes.filter(({ methods }) => methods.includes('GET'))) await ask(path, 'get');
      expect(refused).toEqual([]);
      expect(await held()).toEqual(before);
    },
  );
});

/** It only begins others. */
const PREFIXES: readonly string[] = [paths.journey];
/** Refused for a booking that is cancelled. */
const OVER: readonly string[] = [
  ...[paths.staffMove, paths.staffExchange, paths.staffCancel, paths.staffTargets],
  ...[paths.staffOutcome, paths.staffFollowUp, paths.staffElsewhere],
  API_ROOT + apiPaths.staffTargets.replace('{id}', ':id'),
];
