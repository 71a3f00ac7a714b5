import request from 'supertest';
import type { Booking } from '../../src/domain/booking/booking';
import { placeOf } from '../../src/domain/booking/operation';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { paths, url } from '../../src/paths';
import type { TestApp } from '../support/app';
import { booked } from '../support/bookings';
import { aCase, aDesk, aPartner, aPlan, aQuestion, NOW, span } from '../support/builders';
import { appWithRoutes, type Route } from '../support/routes';
import { addStaff, hiddenFields, PASSWORD } from '../support/staff';
import { aWebhook } from '../support/webhooks';
import { BOOK, DETAILS, TIME, textOf } from './public/browser';

const EMAIL = 'receptionist@expat-desk.example';
const FIND = '/en/expat-desk/find-booking';

let t: TestApp;
let routes: readonly Route[];
let booking: Booking;
let other: Booking;
let cancelled: Booking;
let video: Booking;
let requested: Booking;
let values: Record<string, string>;
/** Whoever asks about career is asked one thing. */
const desk = aDesk({ interpreters: { through: 'de', deadlineHours: 48 }, cases: { keepDays: 365 } });
const [, career] = desk.topics;
if (career) Object.assign(career, { questions: [aQuestion({ max: 10 })] });

beforeAll(async () => {
  ({ app: t, routes } = await appWithRoutes({ desks: [desk] }));
  await addStaff(t);
  await addStaff(t, { role: 'manager' });
  await addStaff(t, { role: 'advisor', advisorId: 'a1' });
  [booking, other, cancelled, video, requested] = [
    await booked(t),
    await booked(t, { start: Date.parse('2026-12-01T10:00:00+01:00') }),
    await booked(t, { start: Date.parse('2026-12-01T11:00:00+01:00') }),
    await booked(t, {
      start: Date.parse('2026-12-01T12:00:00+01:00'),
      query: { topicId: 'residence', language: 'en', mode: 'video' },
    }),
    await booked(t, {
      start: Date.parse('2026-12-01T13:00:00+01:00'),
      query: { topicId: 'residence', language: 'ti', mode: 'in_person', interpreter: true },
    }),
  ];
  await t.app.cancelBooking({ bookingId: cancelled.id, reason: null, who: { kind: 'client' } });
  await t.storage.write(async ({ cases, desks, operations, plans, webhooks }) => {
    await cases.add(aCase());
    await webhooks.add(aWebhook({ id: 'hook' }));
    await plans.save(aPlan());
    const time = span('2027-06-01T09:00:00+02:00', 60);
    await desks.putPartner('expat-desk', aPartner(), 'staff');
    const closed = { from: '2027-06-02', to: '2027-06-03', closed: true, windows: [], reason: { de: 'x', en: 'y' } };
    await desks.addException('expat-desk', { id: 'closed', ...closed }, 'staff');
    await desks.addAbsence('expat-desk', { id: 'away', advisorId: 'a1', time, reason: null });
    // What it did was changed since, so it cannot be undone.
    const lines = [
      { bookingId: booking.id, isAsked: true, tell: 'mail' as const, before: placeOf(booking), version: 9 },
    ];
    await operations.add({ id: 'moves', deskId: 'expat-desk', at: NOW, undoes: null, undoneAt: null, lines });
  });
  const token = t.deps.tokens.tokenFor(booking.id);
  values = {
    locale: 'en',
    desk: 'expat-desk',
    id: booking.id,
    question: 'visa',
    key: 'mail.booked.subject',
    list: 'topics',
    token,
  };
});
afterAll(() => t.close());

/** Somebody at a browser that follows nothing by itself. */
function somebody() {
  const agent = request.agent(t.http);
  agent.set({ 'Sec-Fetch-Site': 'same-origin', 'Accept-Language': 'en' });
  return {
    get: (path: string) => agent.get(path),
    post: (path: string, fields: Record<string, string | string[]>) => agent.post(path).type('form').send(fields),
  };
}
type Somebody = ReturnType<typeof somebody>;

const token = async (who: Somebody) =>
  /name="_csrf" value="([^"]+)"/.exec((await who.get('/staff/expat-desk/tasks')).text)?.[1] ?? '';

async function staff(email = EMAIL): Promise<Somebody> {
  const who = somebody();
  await who.post('/staff/sign-in', { email, password: PASSWORD }).expect(303);
  return who;
}

let hour = 9;
async function client(time = TIME): Promise<Somebody> {
  const who = somebody();
  const start = `2026-12-02T${String(hour++).padStart(2, '0')}:00:00+01:00`;
  await who.post(time, { start }).expect('Location', `${BOOK}/details`);
  return who;
}

interface Refused {
  readonly who: () => Promise<Somebody>;
  readonly send: Record<string, string | string[]>;
  /** Behind the address. */
  readonly query?: string;
  /** Instead of the booking ahead. */
  readonly id?: () => string;
  /** What the page says. */
  readonly says: RegExp;
  /** What was typed, as it stands in the page's fields. */
  readonly keeps?: readonly string[];
}

const LONG = 'x'.repeat(501);
const WISH = { topic: 'residence', language: 'en', mode: 'phone', start: '2026-12-01T09:00:00+01:00' };
const stale = { who: staff, send: { version: '99' }, says: /.+/ };

/** Each form, with something that it refuses. A new one needs a line here. */
const REFUSED: Readonly<Record<string, Refused>> = {
  [paths.chooseTime]: {
    who: () => client(),
    send: {},
    query: `?${TIME.split('?')[1]}&date=2026-12-01`,
    says: /choose a time/,
  },
  [paths.yourDetails]: {
    who: () => client(),
    send: { ...DETAILS, email: 'kim@@client', note: 'A word' },
    says: /email/,
    keeps: ['value="kim@@client"', 'A word'],
  },
  [paths.checkAnswers]: {
    who: async () => {
      const who = await client();
      await who.post(`${BOOK}/details`, DETAILS).expect(303);
      return who;
    },
    send: { shown: 'something else' },
    says: /changed/,
    keeps: ['kim@client.example'],
  },
  [paths.findBooking]: {
    who: async () => somebody(),
    send: { reference: 'hello', email: 'nobody' },
    says: /reference/,
    keeps: ['value="hello"', 'value="nobody"'],
  },
  [paths.moveBooking]: { who: async () => somebody(), send: { date: '2026-12-02' }, says: /choose a time/ },
  [paths.correctBooking]: {
    who: async () => somebody(),
    send: { email: 'kim@@client', note: 'A word' },
    says: /email/,
    keeps: ['value="kim@@client"', 'A word'],
  },
  [paths.bookingData]: { who: async () => somebody(), send: {}, says: /confirm/ },
  [paths.cancelBooking]: {
    who: async () => somebody(),
    send: { reason: 'Because of it' },
    says: /why|reason/i,
    keeps: ['value="Because of it"'],
  },
  [paths.restoreBooking]: { who: async () => somebody(), send: {}, says: /confirm/ },
  [paths.signIn]: {
    who: async () => somebody(),
    send: { email: 'rezi@expat-desk.example', password: 'wrong' },
    says: /password/i,
    keeps: ['value="rezi@expat-desk.example"'],
  },
  [paths.staffNewBooking]: {
    who: staff,
    send: { ...WISH, step: 'book', source: 'phone', mailLanguage: 'en', name: 'Ola Anrufer', email: 'a@@b' },
    says: /address/,
    keeps: ['value="Ola Anrufer"', 'value="a@@b"'],
  },
  [paths.staffMove]: { who: staff, send: { version: '1' }, says: /choose/i },
  [paths.staffUndoMove]: { who: staff, send: { operation: 'moves' }, says: /.+/ },
  [paths.staffHours]: {
    who: () => staff('manager@expat-desk.example'),
    send: { kind: 'closed', from: '2026-12-01', reasonDe: 'Ein Grund' },
    says: /reason/,
    keeps: ['value="Ein Grund"', 'value="2026-12-01"'],
  },
  [paths.staffChangeHours]: {
    who: () => staff('manager@expat-desk.example'),
    send: { kind: 'closed', from: '2027-06-02', reasonDe: 'Ein Grund', reasonEn: '', seen: '1' },
    id: () => 'closed',
    says: /reason/,
    keeps: ['value="Ein Grund"', 'value="2027-06-02"'],
  },
  [paths.staffWebhook]: {
    who: () => staff('manager@expat-desk.example'),
    send: { step: 'change', url: 'http://program.example/hook', 'event-hours-changed': 'true', version: '1' },
    id: () => 'hook',
    says: /https/,
    keeps: ['value="http://program.example/hook"'],
  },
  [paths.staffNewTopic]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'name.de': 'Arbeit', durationMinutes: 'long' },
    says: /text is missing.*number from 5/,
    keeps: ['value="Arbeit"', 'value="long"'],
  },
  [paths.staffTopic]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'name.de': 'Arbeit', durationMinutes: 'long', version: '1' },
    id: () => 'career',
    says: /text is missing.*number from 5/,
    keeps: ['value="Arbeit"', 'value="long"'],
  },
  [paths.staffNewQuestion]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'label.de': 'Seit wann?', kind: 'date', keepDays: 'long' },
    id: () => 'career',
    says: /number from 0.*text is missing/,
    keeps: ['value="Seit wann?"', 'value="long"'],
  },
  [paths.staffQuestion]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'label.de': 'Seit wann?', keepDays: 'long', version: '1' },
    id: () => 'career',
    says: /number from 0.*text is missing/,
    keeps: ['value="Seit wann?"', 'value="long"'],
  },
  [paths.staffNewPartner]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'name.de': 'Kammer', website: 'http://kammer.example' },
    says: /text is missing.*begins with https/,
    keeps: ['value="Kammer"', 'value="http://kammer.example"'],
  },
  [paths.staffPartner]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'name.de': 'Kammer', email: 'kammer@@', version: '1' },
    id: () => 'authority',
    says: /text is missing.*mail address/,
    keeps: ['value="Kammer"', 'value="kammer@@"'],
  },
  [paths.staffNewAdvisor]: {
    who: () => staff('manager@expat-desk.example'),
    send: { name: 'Cem Neuling', email: 'cem@@', 'rule.0.MO': 'true', 'rule.0.start': '12:00' },
    says: /mail address.*one language/i,
    keeps: ['value="Cem Neuling"', 'value="cem@@"', 'value="12:00"'],
  },
  [paths.staffAdvisor]: {
    who: () => staff('manager@expat-desk.example'),
    send: { name: 'Cem Neuling', email: 'cem@@', version: '1' },
    id: () => 'a2',
    says: /mail address/,
    keeps: ['value="Cem Neuling"', 'value="cem@@"'],
  },
  [paths.staffReserves]: {
    who: () => staff('manager@expat-desk.example'),
    send: { 'row.0.starts': '2', 'capacity.phone': 'some', version: '1' },
    says: /a language, a topic.*number from 0/i,
    keeps: ['value="some"'],
  },
  [paths.staffImportCsv]: {
    who: () => staff('manager@expat-desk.example'),
    send: { csv: 'id,durationMinutes\ncareer,long', key: 'a-key' },
    says: /line 2, column durationMinutes: a number from 5/i,
    keeps: ['career,long</textarea>'],
  },
  [paths.staffText]: {
    who: () => staff('manager@expat-desk.example'),
    send: { step: 'save', wording: 'On {{wen}}' },
    says: /no placeholder \{\{wen\}\}/,
    keeps: ['On {{wen}}</textarea>'],
  },
  [paths.staffWebhooks]: {
    who: () => staff('manager@expat-desk.example'),
    send: { url: 'http://program.example/hook', 'event-hours-changed': 'true', key: 'a-key' },
    says: /must begin with https/,
    keeps: ['value="http://program.example/hook"'],
  },
  [paths.staffCalendars]: {
    who: () => staff('manager@expat-desk.example'),
    send: { step: 'add', whose: 'nobody' },
    says: /choose whose/,
  },
  [paths.staffRule]: {
    who: () => staff('manager@expat-desk.example'),
    send: { pattern: 'weekly', start1: '09:15', why: 'A reason' },
    says: /at least one day/,
    keeps: ['value="09:15"', 'value="A reason"'],
  },
  [paths.staffCopyHours]: {
    who: () => staff('manager@expat-desk.example'),
    send: { step: 'preview', other: '' },
    says: /choose a desk/,
  },
  [paths.staffAbsence]: {
    who: () => staff('manager@expat-desk.example'),
    send: { step: 'save', from: '2027-06-01T09:00', until: '', reason: 'A cold' },
    id: () => 'away',
    says: /day and time/,
    keeps: ['value="2027-06-01T09:00"', 'value="A cold"'],
  },
  [paths.staffPlans]: {
    who: staff,
    send: { from: 'now', reason: 'A cold' },
    says: /choose/i,
    keeps: ['value="now"', 'value="A cold"'],
  },
  [paths.staffMyDay]: {
    who: () => staff('advisor@expat-desk.example'),
    send: { step: 'block', gap: '17:00', from: '12:15', until: '12:00' },
    says: /a start and a later end/,
    keeps: ['value="12:15"'],
  },
  [paths.staffMyAbsence]: {
    who: () => staff('advisor@expat-desk.example'),
    send: { from: 'now', kind: 'sick', reason: 'A cold' },
    says: /day and (a )?time/i,
    keeps: ['value="now"', 'value="A cold"'],
  },
  [paths.staffQueue]: {
    who: staff,
    send: { do: 'add', name: 'Ola Wartend', urgent: LONG },
    says: /choose/i,
    keeps: ['value="Ola Wartend"', `value="${LONG}"`],
  },
  [paths.waitingList]: {
    who: async () => somebody(),
    send: { topic: 'residence', languages: ['en'], daytime: 'any', name: 'Ola Wartend', email: 'nobody' },
    says: /mail address/,
    keeps: ['value="Ola Wartend"', 'value="nobody"'],
  },
  [paths.staffWaitingList]: { who: staff, send: { entry: 'nobody', step: 'leave' }, says: /somebody else was faster/ },
  [paths.staffNewCase]: {
    who: () => staff('advisor@expat-desk.example'),
    send: { name: 'Ola Beginn', email: 'ola@@', language: 'uk' },
    says: /mail address/,
    keeps: ['value="Ola Beginn"', 'value="ola@@"'],
  },
  [paths.staffCase]: {
    who: () => staff('advisor@expat-desk.example'),
    send: { form: 'step', stepText: 'Find a course', stepOwner: 'client', stepDue: 'soon', version: '1' },
    id: () => 'case',
    says: /give a day/,
    keeps: ['value="Find a course"', 'value="soon"'],
  },
  [paths.staffCaseErasure]: {
    who: () => staff('advisor@expat-desk.example'),
    send: { version: '99' },
    id: () => 'case',
    says: /somebody else has changed/i,
  },
  [paths.staffPlan]: { who: staff, send: { step: 'undo' }, id: () => 'plan', says: /.+/ },
  [paths.staffExchange]: { who: staff, send: { reference: 'K7MQ-4XWT' }, says: /.+/, keeps: ['value="K7MQ-4XWT"'] },
  [paths.staffCancel]: { who: staff, send: { reason: LONG, version: '1' }, says: /.+/, keeps: [`value="${LONG}"`] },
  [paths.staffSlip]: { who: staff, send: { key: 'a-key' }, id: () => cancelled.id, says: /.+/ },
  [paths.staffFalseBookings]: {
    who: () => staff('manager@expat-desk.example'),
    get send() {
      return { booking: [booking.id, other.id], step: 'cancel', reason: LONG };
    },
    says: /.+/,
    keeps: [`value="${LONG}"`],
  },
  [paths.staffOutcome]: {
    who: staff,
    send: { outcome: 'referred', 'own.1': LONG, version: '1' },
    says: /choose the place/,
    keeps: [`value="${LONG}"`],
  },
  [paths.staffElsewhere]: { who: staff, send: { start: 'never' }, says: /not referred to a desk/ },
  [paths.staffFollowUp]: { who: staff, send: { start: 'never' }, says: /choose a time/ },
  [paths.staffCheckIn]: stale,
  [paths.staffCall]: stale,
  [paths.staffBegin]: stale,
  [paths.staffUndoBegin]: stale,
  [paths.staffComplete]: stale,
  [paths.staffNoShow]: stale,
  [paths.staffUndoCheckIn]: stale,
  [paths.staffReopen]: stale,
  [paths.staffInterpreter]: { ...stale, id: () => requested.id },
  [paths.staffSendAgain]: {
    who: staff,
    send: { email: 'no address' },
    says: /email address/i,
    keeps: ['value="no address"'],
  },
  [paths.staffVideoLink]: {
    who: staff,
    send: { videoLink: 'no link' },
    id: () => video.id,
    says: /link/i,
    keeps: ['value="no link"'],
  },
  [paths.staffRestore]: { ...stale, id: () => cancelled.id },
};

/** They refuse nothing: what is sent to them is done, or was done already. */
const NEVER_REFUSE: readonly string[] = [
  ...[
    paths.forget,
    paths.giveBack,
    paths.signOut,
    paths.staffTasks,
    paths.staffTopics,
    paths.staffBookings,
    paths.staffCases,
    paths.staffHoursEntry,
    paths.staffWebhookWithdrawal,
    paths.staffHoursVersion,
    paths.staffFind,
    paths.acceptTime,
    paths.keepBooking,
    paths.sayLate,
    paths.cannotCome,
    paths.alarm,
    paths.waitForEarlier,
    paths.acceptOffer,
    paths.passOffer,
    paths.leaveWaitingList,
    paths.stayOnWaitingList,
    paths.forgetWaiting,
  ],
];

it('This test knows every form of the pages', () => {
  const forms = routes.filter(({ path, methods }) => methods.includes('POST') && !path.startsWith('/api/'));
  expect(forms.map(({ path }) => path).sort()).toEqual([...Object.keys(REFUSED), ...NEVER_REFUSE].sort());
});

describe('A form that is refused', () => {
  it.each(Object.keys(REFUSED))('%s is shown again by a GET, with the reason and with what was typed', async (path) => {
    const { who, send, query = '', id, says, keeps = [] } = REFUSED[path] as Refused;
    const me = await who();
    const address = url(path, { ...values, ...(id && { id: id() }) });
    const before = await t.storage.bookings.history(booking.id);
    const _csrf = path.startsWith('/staff') ? await token(me) : '';
    const refused = await me.post(address + query, { ...send, _csrf }).expect(303);
    const location = String(refused.headers.location);
    expect(location).toMatch(new RegExp(`^${address}\\?.*again=[^&]+#error-summary$`));
    expect(location).not.toMatch(/kim|nobody|rezi|Anrufer|xxx|Because/);
    const set = String(refused.headers['set-cookie']);
    expect(set).toMatch(
      new RegExp(`form=[\\w-]+; Max-Age=1200; Path=${address}; Expires=[^;]+; HttpOnly; SameSite=Lax`),
    );

    for (const _ of [1, 2]) {
      const page = await me.get(location.split('#')[0] ?? '').expect(200);
      expect(page.headers['cache-control']).toBe('no-store');
      expect(page.text).toMatch(/<div class="notice [^>]*role="alert"[^>]* tabindex="-1" id="error-summary">/);
      expect(textOf(page)).toMatch(says);
      for (const kept of keeps) expect(page.text).toContain(kept);
      expect(page.text).not.toContain('wrong"');
    }
    expect(await t.storage.bookings.history(booking.id)).toEqual(before);
    // Whoever sits down at another browser with the address sees nothing of it.
    for (const kept of keeps) expect((await somebody().get(location.split('#')[0] ?? '')).text).not.toContain(kept);
  });

  it('is put right, and then nothing of it is left', async () => {
    const me = somebody();
    const { headers } = await me.post(FIND, { email: 'nobody' }).expect(303);
    const sent = await me.post(FIND, { email: 'nobody@client.example' }).expect(303);
    expect(sent.headers.location).toBe(`${FIND}?sent=1`);
    expect(String(sent.headers['set-cookie'])).toMatch(
      /form=; Path=\/en\/expat-desk\/find-booking; Expires=Thu, 01 Jan 1970/,
    );
    expect((await me.get(String(headers.location).split('#')[0] ?? '')).text).not.toContain('nobody');
  });

  it('is forgotten after twenty minutes, and with what the device knows', async () => {
    const me = somebody();
    const { headers } = await me.post(FIND, { email: 'nobody' }).expect(303);
    const page = String(headers.location).split('#')[0] ?? '';
    expect((await me.get(page)).text).toContain('value="nobody"');
    const forgotten = await me.post(`${BOOK}/forget`, {}).expect(303);
    expect(String(forgotten.headers['set-cookie'])).toContain('form=; Path=/de/expat-desk/find-booking');
    expect((await me.get(page)).text).not.toContain('nobody');

    const later = somebody();
    await later.post(FIND, { email: 'nobody' }).expect(303);
    t.clock.advance(20 * MINUTE);
    expect((await later.get(page)).text).not.toContain('nobody');
  });

  it('that is too long for a cookie is shown in the answer itself', async () => {
    const noise = Array.from({ length: 1500 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('');
    const me = somebody();
    const answer = await me.post(url(paths.cancelBooking, values), { reason: noise }).expect(422);
    expect(answer.text).toContain(noise);
  });
});

describe('What was typed', () => {
  it('is said to be lost by a browser that takes no cookies, and not by who only follows such a link', async () => {
    const { headers } = await somebody().post(FIND, { email: 'kaputt' }).expect(303);
    const address = String(headers.location);
    const lost = await somebody().get(address).expect(403);
    expect(textOf(lost)).toContain('your browser takes no cookies');
    await request(t.http).get(address).set('Sec-Fetch-Site', 'none').expect(200);
  });

  it('goes along into another language, unsent and without a word about errors', async () => {
    const me = somebody();
    const { text } = await me.get(FIND).expect(200);
    expect(text).toMatch(/<button [^>]*form="find" formnovalidate type="submit" name="lang" value="de"/);
    const { headers } = await me.post(FIND, { email: 'nobody', reference: '', lang: 'de' }).expect(303);
    expect(headers.location).toBe('/de/expat-desk/find-booking?typed=1');
    const page = await me.get('/de/expat-desk/find-booking?typed=1').expect(200);
    expect(page.text).toContain('<html lang="de"');
    expect(page.text).toContain('value="nobody"');
    expect(page.text).not.toContain('error-summary');
  });

  it('goes along in the journey, with the client’s reason and with a caller’s details, too', async () => {
    const me = await client();
    const details = await me.post(`${BOOK}/details`, { ...DETAILS, name: 'Kim Halb', lang: 'de' }).expect(303);
    expect((await me.get(String(details.headers.location)).expect(200)).text).toContain('value="Kim Halb"');

    const cancel = url(paths.cancelBooking, values);
    const why = await me.post(cancel, { why: 'ill', reason: 'Fever', lang: 'de' }).expect(303);
    const reason = await me.get(String(why.headers.location)).expect(200);
    expect(reason.text).toContain('<html lang="de"');
    expect(reason.text).toContain('value="Fever"');
    expect(reason.text).toMatch(/value="ill" checked/);

    const reception = await staff();
    const NEW = '/staff/expat-desk/bookings/new';
    const fields = { ...WISH, name: 'Ola Anrufer', key: 'one-key', _csrf: await token(reception), lang: 'de' };
    const caller = await reception.post(NEW, fields).expect(303);
    const page = await reception.get(String(caller.headers.location)).expect(200);
    expect(page.text).toContain('<html lang="de"');
    expect(page.text).toContain('value="Ola Anrufer"');
    expect(page.text).not.toContain('error-summary');
  });

  it('of a caller is there again by "back", and each tab has its own', async () => {
    const me = await staff();
    const NEW = '/staff/expat-desk/bookings/new';
    const first = await me.get(`${NEW}?date=2026-12-01`).expect(200);
    const key = /name="typed" value="([^"]+)"/.exec(first.text)?.[1] ?? '';
    const details = `${NEW}?${new URLSearchParams({ ...WISH, typed: key })}`;
    const form = hiddenFields((await me.get(details).expect(200)).text, NEW);
    expect(form.key).toBe(key);
    const caller = { source: 'phone', mailLanguage: 'en', name: 'Ola Anrufer', phone: '0211 1234567', email: '' };
    const check = await me.post(NEW, { ...form, ...WISH, ...caller, attendees: '1', step: 'times' }).expect(303);
    expect(check.headers.location).toBe(`${NEW}?again=${key}`);
    expect((await me.get(`${NEW}?again=${key}`).expect(200)).text).toContain('value="Ola Anrufer"');
    const back = await me.get(details).expect(200);
    expect(back.text).toContain('value="Ola Anrufer"');
    expect((await me.get(details.replace(key, 'another-tab')).expect(200)).text).not.toContain('Ola Anrufer');
    expect((await me.get(NEW).expect(200)).text).not.toContain('Ola Anrufer');
  });

  it('outlives the end of a session, for who typed it and nobody else', async () => {
    const me = await staff();
    const cancel = url(paths.staffCancel, { id: other.id });
    const form = hiddenFields((await me.get(cancel).expect(200)).text, cancel);
    t.clock.advance(13 * HOUR);
    const { headers } = await me.post(cancel, { ...form, reason: 'The room is flooded' }).expect(303);
    const signIn = String(headers.location);
    expect(signIn).toMatch(/^\/staff\/sign-in\?next=/);
    expect(signIn).not.toContain('flooded');
    const next = new URL(signIn, 'http://x').searchParams.get('next') ?? '';
    expect((await t.storage.bookings.find(other.id))?.status).toBe('confirmed');
    expect((await me.get(next)).status).toBe(303);

    await me.post('/staff/sign-in', { email: 'manager@expat-desk.example', password: PASSWORD, next }).expect(303);
    expect((await me.get(next).expect(200)).text).not.toContain('flooded');
    const done = await me.post('/staff/sign-in', { email: EMAIL, password: PASSWORD, next }).expect('Location', next);
    expect(done.status).toBe(303);
    expect((await me.get(next).expect(200)).text).toContain('value="The room is flooded"');
  });
});
