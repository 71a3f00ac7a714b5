import request, { type Response } from 'supertest';
import { isBelow } from '../../src/areas';
import type { Booking } from '../../src/domain/booking/booking';
import { placeOf } from '../../src/domain/booking/operation';
import type { Desk } from '../../src/domain/desk';
import { hoursState } from '../../src/domain/hoursVersion';
import { isPermitted } from '../../src/domain/staff/permissions';
import { ROLES, type Role } from '../../src/domain/staff/roles';
import { API_ROOT, apiPaths, apiUrl, paths, url } from '../../src/paths';
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
  NOW,
  span,
} from '../support/builders';
import { headOnly } from '../support/endless';
import { appWithRoutes, type Route } from '../support/routes';
import { aBrowser, type Browser, hiddenFields, signedInAs } from '../support/staff';
import { aDelivery, aWebhook } from '../support/webhooks';
import { aBookingRequest, asRole } from './api/apiClient';
import { DOORS, LEAD_ELSEWHERE, OPERATIONS, PAGES, type Right } from './routeRights';

const DESK = 'expat-desk';
const OTHER = 'wuppertal';

interface Person {
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
}
/** Every role, and the advisors a1 and a2, at the desk of what is asked for and at another one that has advisors of the same ids. */
const PEOPLE: readonly Person[] = [DESK, OTHER].flatMap((deskId) => [
  ...ROLES.map((role) => ({ role, deskId, advisorId: null })),
  ...['a1', 'a2'].map((advisorId) => ({ role: 'advisor', deskId, advisorId }) as const),
]);

/** A desk that is not theirs to see is, for them, none at all. */
function refusal({ role, deskId, advisorId }: Person, right: Right): 403 | 404 | undefined {
  if (deskId !== DESK && !isPermitted(role, 'see-all-desks')) return 404;
  if (right === 'own-day') return advisorId === null ? 403 : undefined;
  if (typeof right === 'object' && !('all' in right)) {
    const permission = 'advisor' in right ? right.advisor : right.ofCase;
    if (!isPermitted(role, permission) || advisorId === null) return 403;
    return 'advisor' in right || advisorId === 'a1' ? undefined : 404;
  }
  const { all, own } = typeof right === 'string' ? { all: right, own: right } : right;
  return isPermitted(role, all) || (advisorId === 'a1' && isPermitted(role, own)) ? undefined : 403;
}

/** Of these there is one for each who asks. */
const MANY: readonly string[] = [
  paths.staffHoursEntry,
  paths.staffChangeHours,
  paths.staffTopic,
  paths.staffNewQuestion,
  paths.staffQuestion,
  paths.staffPartner,
  paths.staffAdvisor,
  paths.staffWebhookWithdrawal,
  ...[paths.staffCase, paths.staffCaseStrategy, paths.staffCaseData, paths.staffCaseErasure],
];

/** What is sent to the operations that read CSV. */
const CSV: Readonly<Record<string, string>> = {
  [`POST ${apiPaths.staffTexts}`]: 'key,language,text\r\n',
  [`POST ${apiPaths.staffTopics}`]: 'id\r\n',
  [`POST ${apiPaths.staffQuestions}`]: 'topic,id\r\n',
  [`POST ${apiPaths.staffDeskAbsences}`]: 'id\r\n',
  [`POST ${apiPaths.staffPartners}`]: 'id\r\n',
  [`POST ${apiPaths.staffAdvisors}`]: 'id\r\n',
  [`POST ${apiPaths.staffReserves}`]: 'startsPerDay,releaseWorkingDays\r\n',
};

/** Done, or refused for another reason than who asks. */
const LET_IN = [200, 201, 204, 303, 409, 412, 422];

const at = (hour: number) => `2026-12-01T${hour}:00:00+01:00`;
/** The day whose exception and absence are there for the `n`th to ask. */
const dayOf = (n: number) => `2027-01-${n + 10}`;
const CLOSED = { closed: true, reason: { de: 'Feier', en: 'Party' } };
const AWAY = { start: '2026-12-08T09:00:00+01:00', end: '2026-12-08T12:00:00+01:00' };
const WISH = { topic: 'residence', language: 'en', mode: 'in_person', advisor: 'a1' };
const TEXT = 'mail.booked.title';
const CALLER = { source: 'phone', mailLanguage: 'en', name: 'Ola Anrufer' };

/** How a person asks: at a browser, and by a program. */
interface SignedIn {
  readonly browser: Browser;
  readonly _csrf: string;
  readonly token: Record<string, string>;
}

let t: TestApp;
let routes: readonly Route[];
/** Two bookings of a1, as each is moved and cancelled by who may. */
let ofPages: string;
let ofApi: string;
const signedIn = new Map<Person, SignedIn>();

beforeAll(async () => {
  const byCase = { cases: { keepDays: 365 } };
  ({ app: t, routes } = await appWithRoutes({ desks: [aDesk(byCase), aDesk({ id: OTHER, ...byCase })] }));
  const query = { topicId: 'residence', language: 'en', mode: 'video', advisorId: 'a1' } as const;
  ({ id: ofPages } = await booked(t, { query }));
  ({ id: ofApi } = await booked(t, { query, start: Date.parse(at(12)) }));
  t.clock.set('2026-12-01T08:30:00+01:00');
  await t.storage.write(
    async ({ bookings, cases, desks, feeds, hoursVersions, operations, plans, queue, tasks, waiting, webhooks }) => {
      await tasks.add({ id: 'task', deskId: DESK, bookingId: ofPages, kind: 'mail_failed', createdAt: NOW });
      // An operation has the id of its only booking, which is changed by others meanwhile, so that nobody can undo it.
      for (const id of [ofPages, ofApi]) {
        const before = placeOf((await bookings.find(id)) as Booking);
        const lines = [{ bookingId: id, isAsked: true, tell: 'mail' as const, before, version: 99 }];
        await operations.add({ id, deskId: DESK, at: t.clock.now(), undoes: null, undoneAt: null, lines });
        await plans.save(aPlan({ id, deskId: DESK }));
        await queue.add(aQueueEntry({ id, arrivedAt: t.clock.now() }), id);
        // Nothing is offered to them, so that no room is taken from what the others do.
        await waiting.add(aWaitingEntry({ id, state: 'lapsed', endedAt: NOW }));
      }
      await webhooks.add(aWebhook({ id: ofPages }));
      await webhooks.queue([aDelivery({ id: ofApi, webhookId: ofPages })]);
      // One for each who asks, as the first who may removes it.
      for (const n of PEOPLE.keys()) {
        const [day, next] = [dayOf(n), dayOf(n + 1)];
        const times = { closed: true, windows: [], reason: { de: 'x', en: 'y' } };
        await desks.addException(DESK, { id: `of-${n}`, from: day, to: next, ...times }, 'staff');
        const other = { from: `2027-05-${10 + n}`, to: `2027-05-${11 + n}` };
        await desks.addException(DESK, { id: `on-page-${n}`, ...other, ...times }, 'staff');
        const time = span(`${day}T09:00:00+01:00`, 60);
        for (const id of [`of-${n}`, `on-page-${n}`]) {
          await desks.putTopic(DESK, aTopic({ id, questions: [aQuestion()] }), 'staff');
          await desks.putPartner(DESK, aPartner({ id }), 'staff');
          await desks.putAdvisor(DESK, anAdvisor({ id }), 'staff');
          await webhooks.add(aWebhook({ id }));
          await feeds.add(aFeed({ id }), id);
          await cases.add(aCase({ id }));
        }
        await desks.addAbsence(DESK, { id: `of-${n}`, advisorId: 'a1', time, reason: null });
      }
      const pageAbsence = { id: ofPages, advisorId: 'a1', time: span('2027-06-01T09:00:00+02:00', 60), reason: null };
      await desks.addAbsence(DESK, pageAbsence);
      // The hours as they are, so that bringing them back changes nothing that others ask for.
      const now = t.clock.now();
      const absences = await desks.absences(DESK, { start: now, end: Number.MAX_SAFE_INTEGER });
      const state = hoursState((await desks.find(DESK)) as Desk, absences, now);
      for (const [i, id] of [ofPages, ofApi].entries())
        await hoursVersions.add(anHoursVersion({ id, number: i + 1, state }));
    },
  );
  for (const [n, person] of PEOPLE.entries()) signedIn.set(person, await signIn(person, n));
});
afterAll(() => t.close());

async function signIn(person: Person, n: number): Promise<SignedIn> {
  const { role, deskId, advisorId } = person;
  const browser = await signedInAs(t, { ...person, email: `u${n}@${DESK}.example` });
  const { text } = await browser.get(url(paths.staffTasks, { desk: deskId })).expect(200);
  const token = await asRole(t, role, { deskId, ...(advisorId && { advisorId }) });
  // When a token was first used is noted.
  await request(t.http)
    .get(apiUrl(apiPaths.staffDay, { desk: deskId }))
    .set(token)
    .expect(200);
  return { browser, _csrf: hiddenFields(text, paths.signOut)._csrf ?? '', token };
}

/** What is sent with a form; what does not stand here is pressed only. */
const fieldsOf = (route: string): Record<string, string> =>
  ({
    [`POST ${paths.staffBookings}`]: { q: 'Kim' },
    [`POST ${paths.staffNewBooking}`]: { ...WISH, ...CALLER, start: at(10), step: 'book' },
    [`POST ${paths.staffTasks}`]: { task: 'task' },
    [`POST ${paths.staffWaitingList}`]: { step: 'leave', entry: ofPages },
    [`POST ${paths.staffNewCase}`]: { name: 'Ola Beginn', language: 'uk' },
    [`POST ${paths.staffCase}`]: { form: 'step', stepText: 'x', stepOwner: 'client', version: '1' },
    [`POST ${paths.staffQueue}`]: { topic: 'residence', language: 'en' },
    [`POST ${paths.staffMove}`]: { start: at(14), advisor: 'a1' },
    [`POST ${paths.staffUndoMove}`]: { operation: ofPages },
    [`POST ${paths.staffCancel}`]: { reason: 'ill' },
    [`POST ${paths.staffFalseBookings}`]: { booking: ofPages, step: 'cancel' },
    [`POST ${paths.staffSendAgain}`]: { email: 'kim@client.example' },
    [`POST ${paths.staffVideoLink}`]: { videoLink: 'https://video.example/x' },
    [`POST ${paths.staffCalendars}`]: { whose: 'a1', step: 'add' },
    [`POST ${paths.staffWebhooks}`]: { url: 'https://program.example/hook' },
  })[route] ?? {};

/** Their wish is refused, so that nobody waits and takes what the others book. */
const CALLER_OF_LIST = { name: 'Ola Wartend', phone: '+492115550100' };

/** What is sent to an operation that reads fields. */
const bodyOf = (operation: string, n: number): object =>
  ({
    [`POST ${apiPaths.staffDeskBookings}`]: aBookingRequest({ start: at(11), advisor: 'a1' }),
    [`POST ${apiPaths.staffMove}`]: { start: at(15) },
    [`POST ${apiPaths.staffOutcome}`]: { outcome: 'done' },
    [`POST ${apiPaths.staffFollowUp}`]: { start: at(15) },
    [`POST ${apiPaths.staffElsewhere}`]: { topic: 'residence', start: at(15) },
    [`POST ${apiPaths.staffWebhooks}`]: { url: 'https://program.example/hook', events: ['start.freed'] },
    [`PUT ${apiPaths.staffWebhook}`]: { url: 'https://program.example/hook', events: ['start.freed'] },
    [`POST ${apiPaths.staffFeeds}`]: { advisor: 'a1', desk: DESK },
    [`POST ${apiPaths.staffConfirm}`]: { interpreter: 'phone' },
    [`POST ${apiPaths.staffMoves}`]: { moves: [{ booking: ofApi, version: 2, start: at(16) }] },
    [`PATCH ${apiPaths.staffBooking}`]: { videoLink: 'https://video.example/y' },
    [`POST ${apiPaths.staffFalseBookings}`]: { bookings: [ofApi] },
    [`POST ${apiPaths.staffPlans}`]: { desk: true, start: at(20), end: at(21), kind: 'other' },
    [`POST ${apiPaths.staffCases}`]: { client: { name: 'Ola Beginn' } },
    [`POST ${apiPaths.staffCaseAdvisors}`]: { advisor: 'a1' },
    [`POST ${apiPaths.staffWaitingOffer}`]: { start: at(14) },
    [`POST ${apiPaths.staffWaitingBook}`]: { start: at(14) },
    [`POST ${apiPaths.staffWaitingList}`]: { topic: 'none', languages: ['en'], client: CALLER_OF_LIST },
    [`POST ${apiPaths.staffWalkIns}`]: { topic: 'residence', language: 'en' },
    [`POST ${apiPaths.staffExceptions}`]: { ...CLOSED, from: '2027-02-01', to: '2027-02-02' },
    [`PUT ${apiPaths.staffException}`]: { ...CLOSED, from: dayOf(n), to: dayOf(n + 1) },
    [`PUT ${apiPaths.staffOpeningRules}`]: { rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '17:00' }] },
    [`PUT ${apiPaths.staffTopic}`]: { name: { de: 'x', en: 'y' }, durationMinutes: 30, modes: ['phone'] },
    [`PUT ${apiPaths.staffPartner}`]: { name: { de: 'x', en: 'y' }, description: { de: 'x', en: 'y' } },
    [`PUT ${apiPaths.staffTopicOrder}`]: { ids: ['residence'] },
    [`PUT ${apiPaths.staffQuestions}`]: { questions: [] },
    [`PUT ${apiPaths.staffAdvisor}`]: { name: 'Ada', email: 'ada@expat-desk.example', languages: ['de'], topics: [] },
    [`POST ${apiPaths.staffAdvisorAbsences}`]: { ...AWAY, desk: DESK },
    [`POST ${apiPaths.staffTextPreview}`]: { language: 'de' },
    [`POST ${apiPaths.staffTextTrial}`]: { language: 'de' },
    [`PUT ${apiPaths.staffText}`]: { text: { de: `Wir sind ${n}.` } },
    [`PUT ${apiPaths.staffAbsence}`]: { start: `${dayOf(n)}T12:00:00+01:00`, end: `${dayOf(n)}T13:00:00+01:00` },
  })[operation] ?? {};

/** Asks for the page, or sends its form, as somebody, or as nobody. */
async function askPage(route: string, person?: Person, more: Record<string, string> = {}): Promise<Response> {
  const [method, path = ''] = route.split(' ');
  const n = person ? PEOPLE.indexOf(person) : 0;
  const own = MANY.includes(path) ? `on-page-${n}` : ofPages;
  const about = { desk: DESK, id: own, key: TEXT, table: 'topics', list: 'topics', question: 'visa' };
  const address = url(path, { ...about, ...(path === paths.staffMyDayPrint && { date: '2026-12-01' }) });
  const { browser, _csrf } = (person && signedIn.get(person)) ?? { browser: aBrowser(t), _csrf: '' };
  if (method === 'POST') return browser.post(address, { _csrf, ...fieldsOf(route), ...more });
  const query = path === paths.staffNewBooking ? { ...WISH, ...more } : {};
  return browser.get(url(address, {}, query));
}

/** Sends the operation with the token of a program of this role, or with none. */
async function askApi(operation: string, person?: Person, more: object = {}): Promise<Response> {
  const [method = '', path = ''] = operation.split(' ');
  const n = person ? PEOPLE.indexOf(person) : 0;
  const isOneOfMany = /exceptions|absences|topics|partners|webhooks|cases|feeds|advisors.\{id/.test(path);
  const address = apiUrl(path, {
    desk: DESK,
    advisor: 'a1',
    id: isOneOfMany ? `of-${n}` : ofApi,
    key: TEXT,
    table: 'topics',
  });
  const asked = request(t.http)[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](
    path === apiPaths.staffBookings || path === apiPaths.staffBusyCalendar ? `${address}?desk=${DESK}` : address,
  );
  asked.set({ 'If-Match': '*', ...(person && signedIn.get(person)?.token) });
  if (path === apiPaths.staffEvents) return headOnly(asked);
  const csv = CSV[operation];
  if (csv) return asked.type('text/csv').send(csv);
  return method === 'GET' ? asked : asked.send({ ...bodyOf(operation, n), ...more });
}

/** All that is held, but counts of refusals. */
async function held() {
  const { rate_limit: _counts, ...tables } = await t.everything();
  return tables;
}

/** Methods and paths of the program's routes at `root` and below it, as the tables here write them. */
function registered(root: string): string[] {
  const found = routes.filter(({ path }) => isBelow(path, root));
  const each = found.flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
  // Express answers HEAD wherever it answers GET.
  return [...new Set(each)].filter((route) => !route.startsWith('HEAD ')).sort();
}

type Ask = (person?: Person) => Promise<Response>;

/** Those who may not are refused, and have changed nothing; then come those who may. */
async function expectOnlyThoseWhoMay(right: Right, ask: Ask): Promise<void> {
  const refused = PEOPLE.filter((person) => refusal(person, right));
  const allowed = PEOPLE.filter((person) => !refusal(person, right));
  const before = await held();
  const answers = [];
  for (const person of refused) answers.push({ ...person, status: (await ask(person)).status });
  expect(answers).toEqual(refused.map((person) => ({ ...person, status: refusal(person, right) })));
  expect(await held()).toEqual(before);
  expect(allowed.length).toBeGreaterThan(0);
  for (const person of allowed) {
    const { status } = await ask(person);
    expect({ ...person, status: LET_IN.includes(status) ? 'let in' : status }).toEqual({ ...person, status: 'let in' });
  }
}

describe('Each page for staff', () => {
  it('stands in routeRights, and nothing else does', () => {
    expect(registered(paths.staff)).toEqual([...Object.keys(PAGES), ...LEAD_ELSEWHERE, ...DOORS].sort());
  });

  it.each([...Object.keys(PAGES), ...LEAD_ELSEWHERE])('%s sends who is not signed in to sign in', async (route) => {
    const before = await held();
    const { status, headers } = await askPage(route);
    expect([status, headers.location?.split('?')[0]]).toEqual([303, paths.signIn]);
    expect(await held()).toEqual(before);
  });

  it.each(Object.entries(PAGES))('%s is there for who has the right, and for nobody else', async (route, right) => {
    await expectOnlyThoseWhoMay(right, (person) => askPage(route, person));
  });

  it.each(LEAD_ELSEWHERE)('%s leads everybody to a page that asks who they are', async (route) => {
    for (const person of PEOPLE) {
      const { status, headers } = await askPage(route, person);
      const day = url(person.advisorId ? paths.staffMyDay : paths.staffDay, { desk: person.deskId });
      expect([status, headers.location]).toEqual([
        303,
        route.endsWith(paths.staff) ? day : url(paths.staffBooking, { id: ofPages }),
      ]);
    }
  });
});

describe('Each operation for staff', () => {
  it('stands in routeRights, and nothing else does', () => {
    const below = registered(API_ROOT + apiPaths.staff).map((route) =>
      route.replace(API_ROOT, '').replace(/:(\w+)/g, '{$1}'),
    );
    expect(below.sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it.each(Object.keys(OPERATIONS))('%s asks whoever has no token who they are', async (operation) => {
    const before = await held();
    expect((await askApi(operation)).status).toBe(401);
    expect(await held()).toEqual(before);
  });

  it.each(Object.entries(OPERATIONS))(
    '%s is there for who has the right, and for nobody else',
    async (operation, right) => {
      await expectOnlyThoseWhoMay(right, (person) => askApi(operation, person));
    },
  );
});

describe('An advisor', () => {
  const advisor = PEOPLE.find(({ deskId, advisorId }) => deskId === DESK && advisorId === 'a1');

  it.each([
    [`GET ${paths.staffNewBooking}`, 'a2'],
    [`GET ${paths.staffNewBooking}`, ''],
    [`POST ${paths.staffNewBooking}`, 'a2'],
    [`POST ${paths.staffNewBooking}`, ''],
    [`POST ${paths.staffMove}`, 'a2'],
    [`POST ${paths.staffMove}`, ''],
  ])("is led by %s into no calendar but the own: '%s'", async (route, name) => {
    const before = await held();
    expect((await askPage(route, advisor, { advisor: name })).status).toBe(403);
    expect(await held()).toEqual(before);
  });

  it.each([
    [`POST ${apiPaths.staffDeskBookings}`, () => ({ advisor: 'a2' })],
    [`POST ${apiPaths.staffDeskBookings}`, () => ({ advisor: undefined })],
    [`POST ${apiPaths.staffMove}`, () => ({ advisor: 'a2' })],
    [`POST ${apiPaths.staffMoves}`, () => ({ moves: [{ booking: ofApi, version: 1, start: at(10), advisor: 'a2' }] })],
  ])('is led by %s into no calendar but the own', async (operation, more) => {
    const before = await held();
    expect((await askApi(operation, advisor, more())).status).toBe(403);
    expect(await held()).toEqual(before);
  });
});
