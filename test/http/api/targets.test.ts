import { aDesk, anAdvisor } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, book, problem } from './apiClient';

const at = (time: string, day = '2026-12-01') => `${day}T${time}:00+01:00`;
const TUESDAY = 'FREQ=WEEKLY;BYDAY=TU';
/** Open on Tuesdays from nine to half past ten; a1 speaks no Japanese, and a2 comes at half past nine. */
const DESK = aDesk({
  fixedMinutes: 0,
  hours: { ...aDesk().hours, rules: [{ rrule: TUESDAY, start: '09:00', end: '10:30' }] },
  advisors: [
    anAdvisor({ id: 'a1', languages: ['de', 'en'] }),
    anAdvisor({
      id: 'a2',
      languages: ['de', 'en', 'ja'],
      workingRules: [{ rrule: TUESDAY, start: '09:30', end: '10:30' }],
    }),
  ],
});

interface Target {
  readonly start: string;
  readonly advisor: string;
  readonly kind: string;
  readonly others: readonly { readonly booking: string; readonly to: { start?: string; advisor: string } }[];
}

let api: ApiApp;
let reception: Record<string, string>;
beforeEach(async () => {
  api = await apiApp({ desks: [DESK, aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'w1' })] })] });
  reception = await api.as('receptionist');
});
afterEach(() => api.close());

/** Books by phone, with this advisor and nobody else. */
async function tied(advisor: string, start: string): Promise<string> {
  const { consent: _, ...request } = aBookingRequest({ advisor, start, source: 'phone' });
  const { body } = await api.post('/staff/desks/expat-desk/bookings', request, reception).expect(201);
  return body.id;
}

const get = (id: string, query = '', headers: Record<string, string> = reception) =>
  api.get(`/staff/bookings/${id}/targets${query}`, headers);
const shown = ({ start, advisor, kind }: Target) => `${start.slice(11, 16)} ${advisor} ${kind}`;

describe('The targets of a booking', () => {
  it('are those of its day, with who else moves, and are accepted as they are', async () => {
    const { id } = await book(api, { start: at('09:00') });
    const japanese = (await book(api, { start: at('09:30'), language: 'ja' })).id;
    const english = (await book(api, { start: at('10:00'), language: 'en' })).id;
    const inTheWay = await tied('a1', at('09:30'));
    const { body } = await get(id).expect(200);
    expect(body.targets.map(shown)).toEqual(['09:30 a1 swap', '10:00 a1 handover', '10:00 a2 free']);
    const [swap, handover] = body.targets as Target[];
    expect(swap?.others).toEqual([{ booking: inTheWay, to: { start: at('09:00'), advisor: 'a1' } }]);
    expect(handover?.others).toEqual([{ booking: english, to: { advisor: 'a2' } }]);
    expect(body.refused).toBeUndefined();

    const line = (target: Target) => ({ booking: id, version: 1, start: target.start, advisor: target.advisor });
    const versionOf = async (other: string) => (await api.storage.bookings.find(other))?.version;
    for (const target of body.targets as Target[]) {
      const more = [];
      for (const { booking, to } of target.others)
        if (to.start) more.push({ booking, version: await versionOf(booking), ...to });
      const moves = [line(target), ...more];
      const { body: answer } = await api
        .post('/staff/desks/expat-desk/moves', { moves, dryRun: true }, reception)
        .expect(200);
      expect(answer.others.map(({ booking }: { booking: string }) => booking)).toEqual(
        target.others.filter(({ to }) => !to.start).map(({ booking }) => booking),
      );
    }
    expect(japanese).toBeDefined();
  });

  it('leave out the holds of clients, whose ids are secret', async () => {
    const { id } = await book(api, { start: at('09:00') });
    const wish = { topic: 'residence', language: 'en', mode: 'phone', start: at('10:00') };
    await api.post('/desks/expat-desk/holds', wish).expect(201);
    const { body } = await get(id, '?refused=true').expect(200);
    const handover = body.targets.filter(({ kind }: Target) => kind === 'handover');
    expect(handover).toEqual([{ start: at('10:00'), advisor: 'a1', kind: 'handover', others: [] }]);
    await api.post('/desks/expat-desk/holds', wish).expect(201);
    const full = await get(id, '?refused=true').expect(200);
    expect(full.body.refused).toContainEqual({
      start: at('10:00'),
      end: at('10:30'),
      advisor: 'a2',
      why: 'taken',
      reason: 'being booked just now',
    });
  });

  it('name the rule that must be left, and say why else it cannot be', async () => {
    const { id } = await book(api, { start: at('09:30'), language: 'ja' });
    await tied('a2', at('10:00'));
    const { body } = await get(id, '?override=true&refused=true').expect(200);
    const noJapanese = { why: 'language', reason: 'speaks no Japanese' };
    expect(body).toEqual({
      targets: [
        { start: at('09:00'), advisor: 'a1', kind: 'override', others: [], ...noJapanese },
        {
          start: at('09:00'),
          advisor: 'a2',
          kind: 'override',
          others: [],
          why: 'outside-hours',
          reason: 'not on duty',
        },
        { start: at('09:30'), advisor: 'a1', kind: 'override', others: [], ...noJapanese },
        { start: at('10:00'), advisor: 'a1', kind: 'override', others: [], ...noJapanese },
        {
          start: at('10:00'),
          advisor: 'a2',
          kind: 'swap',
          others: [{ booking: expect.any(String), to: { start: at('09:30'), advisor: 'a2' } }],
        },
      ],
      refused: [],
    });
    const refused = await get(id, '?refused=true&override=false').expect(200);
    expect(refused.body.targets).toHaveLength(1);
    expect(refused.body.refused).toEqual([
      { start: at('09:00'), end: at('10:30'), advisor: 'a1', ...noJapanese },
      { start: at('09:00'), end: at('09:30'), advisor: 'a2', why: 'outside-hours', reason: 'not on duty' },
    ]);
  });

  it('are those of the days that are asked about, at most eight', async () => {
    const { id } = await book(api, { start: at('09:00') });
    const days = async (query: string) => {
      const { body } = await get(id, query).expect(200);
      return [...new Set(body.targets.map(({ start }: Target) => start.slice(0, 10)))];
    };
    expect(await days('')).toEqual(['2026-12-01']);
    expect(await days('?from=2026-12-01&to=2026-12-09')).toEqual(['2026-12-01', '2026-12-08']);
    expect(await days('?from=2026-12-08')).toEqual(['2026-12-08']);
    expect(await days(`?from=2026-12-08&to=${encodeURIComponent(at('09:00', '2026-12-08'))}`)).toEqual([]);
    // The week in which clocks go back has an hour more.
    expect(await days('?from=2027-10-26&to=2027-11-03')).toEqual(['2027-10-26', '2027-11-02']);
    const wrong = async (query: string) =>
      problem(await get(id, query), 422, 'invalid').errors?.map(({ pointer }) => pointer);
    expect(await wrong('?from=2026-12-01&to=2026-12-10')).toEqual(['/to']);
    expect(await wrong('?from=2026-12-02&to=2026-12-01')).toEqual(['/to']);
    expect(await wrong('?to=2026-11-30')).toEqual(['/to']);
    expect(await wrong('?from=tomorrow')).toEqual(['/from']);
    expect(await wrong('?override=yes')).toEqual(['/override']);
    expect(await wrong('?advisor=a1')).toEqual(['/advisor']);
  });

  it('have an ETag that holds until something changes', async () => {
    const { id } = await book(api, { start: at('09:00') });
    const { headers } = await get(id).expect(200);
    const known = { ...reception, 'If-None-Match': String(headers.etag) };
    expect((await get(id, '', known).expect(304)).text).toBe('');
    await tied('a2', at('10:00'));
    await get(id, '', known).expect(200);
  });

  it('are for whoever may move it, and an advisor sees their own calendar only', async () => {
    const { id } = await book(api, { start: at('10:00'), advisor: 'a2' });
    const who = async (headers: Record<string, string>) => {
      const { body } = await get(id, '?override=true&refused=true', headers).expect(200);
      return [...new Set([...body.targets, ...body.refused].map(({ advisor }: Target) => advisor))].sort();
    };
    expect(await who(reception)).toEqual(['a1', 'a2']);
    expect(await who(await api.as('manager'))).toEqual(['a1', 'a2']);
    expect(await who(await api.as('admin', { deskId: 'wuppertal' }))).toEqual(['a1', 'a2']);
    expect(await who(await api.as('advisor', { advisorId: 'a2' }))).toEqual(['a2']);
    problem(await get(id, '', await api.as('advisor', { advisorId: 'a1' })), 403, 'forbidden');
    problem(await get(id, '', await api.as('receptionist', { deskId: 'wuppertal' })), 404, 'not-found');
    problem(await get('3b241101-e2bb-4255-8caf-4136c566a962'), 404, 'not-found');
    problem(await get(id, '', {}), 401, 'unauthenticated');
  });

  it('are none of a booking that may not move any more', async () => {
    const { id } = await book(api, { start: at('09:00') });
    await api.post(`/staff/bookings/${id}/cancel`, {}, reception).expect(200);
    problem(await get(id), 409, 'booking-not-changeable');
  });
});
