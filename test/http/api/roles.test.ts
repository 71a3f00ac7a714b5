import { aDesk, anAdvisor, span } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

const OTHER = aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'w1' })] });
const NINE = '2026-12-01T09:00:00+01:00';
const TEN = '2026-12-01T10:00:00+01:00';
const RULES = { rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', start: '09:00', end: '17:00' }] };
const CLOSED = { from: '2026-12-23', to: '2026-12-24', closed: true, reason: { de: 'Feier', en: 'Party' } };
const ANY = { 'If-Match': '*' };
const AWAY_TOO = { start: '2026-12-08T09:00:00+01:00', end: '2026-12-08T12:00:00+01:00' };
const AWAY = { start: '2026-12-02T09:00:00+01:00', end: '2026-12-03T09:00:00+01:00' };

let api: ApiApp;
let id: string;
let token: string;
beforeEach(async () => {
  api = await apiApp({ desks: [aDesk(), OTHER] });
  ({ id, token } = await book(api, { advisor: 'a1' }));
  api.clock.set('2026-12-01T08:30:00+01:00');
  await api.deps.storage.write(async ({ desks }) => {
    const day = { closed: true, windows: [], reason: { de: 'x', en: 'y' } };
    await desks.addException('expat-desk', { id: 'ex', from: '2026-12-09', to: '2026-12-10', ...day }, 'staff');
    const time = span('2026-12-08T09:00:00+01:00', 60);
    await desks.addAbsence('expat-desk', { id: 'ab', advisorId: 'a1', time, reason: null });
  });
});
afterEach(() => api.close());

/** Everything that staff can ask, at the desk of the tests' booking. */
const requests: Record<string, (headers: Record<string, string>) => ReturnType<ApiApp['get']>> = {
  'reads the day': (as) => api.get('/staff/desks/expat-desk/day', as),
  searches: (as) => api.get('/staff/bookings?desk=expat-desk', as),
  'reads a booking': (as) => api.get(`/staff/bookings/${id}`, as),
  'reads the rules': (as) => api.get('/staff/desks/expat-desk/opening-rules', as),
  'moves a booking of a1': (as) => api.post(`/staff/bookings/${id}/reschedule`, { start: TEN }, as),
  'moves several of a1': (as) =>
    api.post('/staff/desks/expat-desk/moves', { moves: [{ booking: id, version: 2, start: NINE }] }, as),
  'checks a client of a1 in': (as) => api.post(`/staff/bookings/${id}/check-in`, {}, as),
  'prints the link of a booking of a1': (as) => api.post(`/staff/bookings/${id}/print-link`, {}, as),
  'takes that back': (as) => api.post(`/staff/bookings/${id}/undo-check-in`, {}, as),
  'cancels a booking of a1': (as) => api.post(`/staff/bookings/${id}/cancel`, {}, as),
  'restores a booking of a1': (as) => api.post(`/staff/bookings/${id}/restore`, {}, as),
  'reopens a booking of a1': (as) => api.post(`/staff/bookings/${id}/reopen`, {}, as),
  'books for a1': (as) =>
    api.post('/staff/desks/expat-desk/bookings', aBookingRequest({ start: TEN, advisor: 'a1' }), as),
  'books for anybody': (as) => api.post('/staff/desks/expat-desk/bookings', aBookingRequest({ start: TEN }), as),
  'enters an absence of a1': (as) => api.post('/staff/advisors/a1/absences', AWAY, as),
  'closes a day': (as) => api.post('/staff/desks/expat-desk/exceptions', CLOSED, as),
  'changes the rules': (as) => api.put('/staff/desks/expat-desk/opening-rules', RULES, as),
  'lists exceptions': (as) => api.get('/staff/desks/expat-desk/exceptions', as),
  'changes an exception': (as) => api.put('/staff/desks/expat-desk/exceptions/ex', CLOSED, { ...as, ...ANY }),
  'withdraws an exception': (as) => api.del('/staff/desks/expat-desk/exceptions/ex', { ...as, ...ANY }),
  'lists texts': (as) => api.get('/staff/desks/expat-desk/texts', as),
  'words a text': (as) =>
    api.put('/staff/desks/expat-desk/texts/mail.greeting', { text: { de: 'Hallo,' } }, { ...as, ...ANY }),
  "takes the program's text": (as) => api.del('/staff/desks/expat-desk/texts/mail.greeting', { ...as, ...ANY }),
  'lists absences': (as) => api.get('/staff/desks/expat-desk/absences', as),
  'changes an absence of a1': (as) => api.put('/staff/absences/ab', AWAY_TOO, { ...as, ...ANY }),
  'withdraws an absence of a1': (as) => api.del('/staff/absences/ab', { ...as, ...ANY }),
};

const READS = [
  'reads the day',
  'searches',
  'reads a booking',
  'reads the rules',
  'lists exceptions',
  'lists texts',
  'lists absences',
];
const CHANGES = [
  'moves a booking of a1',
  'moves several of a1',
  'checks a client of a1 in',
  'prints the link of a booking of a1',
  'takes that back',
  'cancels a booking of a1',
  'restores a booking of a1',
  'reopens a booking of a1',
  'books for a1',
];
const ABSENCES = ['enters an absence of a1', 'changes an absence of a1', 'withdraws an absence of a1'];
const HOURS = [...ABSENCES, 'closes a day', 'changes the rules', 'changes an exception', 'withdraws an exception'];
const TEXTS = ['words a text', "takes the program's text"];
const ALL = Object.keys(requests);

describe('Roles', () => {
  it.each([
    ['advisor', 'a1', [...READS, ...CHANGES, ...ABSENCES]],
    ['advisor', 'a2', READS],
    ['advisor', undefined, READS],
    ['receptionist', undefined, [...READS, ...CHANGES, 'books for anybody']],
    ['manager', undefined, [...READS, ...CHANGES, 'books for anybody', ...HOURS, ...TEXTS]],
    ['admin', undefined, ALL],
  ] as const)('let %s %s do what is theirs, and change nothing otherwise', async (role, advisorId, may) => {
    const as = await api.as(role, advisorId ? { advisorId } : {});
    for (const [what, ask] of Object.entries(requests)) {
      const before = await api.rows();
      const answer = await ask(as);
      if (may.includes(what)) {
        // 409 where an earlier request of the list has moved or cancelled the booking.
        expect([200, 201, 409]).toContain(answer.status);
        expect(answer.text).not.toContain('manageUrl');
        expect(answer.text.includes(token)).toBe(
          what === 'prints the link of a booking of a1' && answer.status === 200,
        );
        continue;
      }
      problem(answer, 403, 'forbidden');
      expect(await api.rows()).toEqual(before);
    }
  });

  it('let an advisor move bookings within their own calendar, as on the pages', async () => {
    const as = await api.as('advisor', { advisorId: 'a1' });
    const move = (body: object) => api.post(`/staff/bookings/${id}/reschedule`, body, as);
    problem(await move({ start: TEN, advisor: 'a2' }), 403, 'forbidden');
    const { body } = await move({ start: TEN }).expect(200);
    expect(body).toMatchObject({ start: TEN, advisor: { id: 'a1' } });
  });

  it('hide another desk from the staff of a desk as if it did not exist', async () => {
    const as = await api.as('manager', { deskId: 'wuppertal', advisorId: 'w1' });
    const foreign = problem(await api.get('/staff/desks/expat-desk/day', as), 404, 'not-found');
    expect(problem(await api.get('/staff/desks/nowhere/day', as), 404, 'not-found')).toEqual(foreign);
    const ofOthers = problem(await api.get(`/staff/bookings/${id}`, as), 404, 'not-found');
    expect(problem(await api.get('/staff/bookings/unknown', as), 404, 'not-found')).toEqual(ofOthers);
  });

  it('make an admin name the desk where several have such an advisor', async () => {
    const two = await apiApp({
      desks: [aDesk(), aDesk({ id: 'second' }), aDesk({ id: 'third', advisors: [anAdvisor({ id: 'c1' })] })],
    });
    const as = await two.as('admin', { deskId: 'third' });
    expect(problem(await two.post('/staff/advisors/a1/absences', AWAY, as), 422, 'invalid').errors?.[0]?.pointer).toBe(
      '/desk',
    );
    await two.post('/staff/advisors/a1/absences', { ...AWAY, desk: 'second' }, as).expect(201);
    problem(await two.post('/staff/advisors/a1/absences', { ...AWAY, desk: 'third' }, as), 404, 'not-found');
    await two.close();
  });

  it('make strangers say who they are, whatever they ask', async () => {
    for (const headers of [
      {},
      { Authorization: 'Basic eDp5' },
      { Authorization: 'Bearer wrong' },
      { Cookie: 'session=x' },
    ] as Record<string, string>[])
      for (const [what, ask] of Object.entries(requests)) {
        const answer = await ask(headers);
        // A form of a foreign page could carry the cookie; that is refused before anybody asks whose it is.
        if (headers.Cookie && !READS.includes(what)) problem(answer, 403, 'forbidden');
        else {
          problem(answer, 401, 'unauthenticated');
          expect(answer.headers['www-authenticate']).toBe('Bearer');
        }
      }
    problem(await api.get('/staff/anything'), 401, 'unauthenticated');
  });

  it('follow from a session of the pages, too, but not for a page of another site', async () => {
    const { tokens, storage } = api.deps;
    const at = api.clock.now();
    await storage.write(async ({ staff }) => {
      const user = { id: 'u1', email: 'u1@expat-desk.example', name: 'Rezeption', passwordHash: 'x', advisorId: null };
      await staff.addUser({ ...user, role: 'receptionist', deskId: 'expat-desk' });
      await staff.addSession({ idHash: tokens.hash('secret'), userId: 'u1', csrf: 'c', createdAt: at, seenAt: at });
    });
    const cookie = { Cookie: 'session=secret' };
    await api.get(`/staff/bookings/${id}`, cookie).expect(200);
    const foreign = { ...cookie, 'Sec-Fetch-Site': 'cross-site' };
    problem(await api.post(`/staff/bookings/${id}/check-in`, {}, foreign), 403, 'forbidden');
    const own = { ...cookie, 'Sec-Fetch-Site': 'same-origin' };
    expect((await api.post(`/staff/bookings/${id}/check-in`, {}, own).expect(200)).body.status).toBe('checked_in');
  });
});
