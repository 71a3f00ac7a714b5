import { aDesk, anAdvisor, aPartner, aQuestion, aTopic } from '../../support/builders';
import { type ApiApp, apiApp, book, problem } from './apiClient';

const PHRASE = { id: 'send', text: { de: 'Zeugnisse schicken.', en: 'Send certificates.', uk: 'Надішліть дипломи.' } };
const DURING = '2026-12-01T09:10:00+01:00';
const WEEK_ON = '2026-12-08T09:00:00+01:00';

let api: ApiApp;
let advisor: Record<string, string>;
beforeEach(async () => {
  const topics = [
    aTopic({ phrases: [PHRASE], questions: [aQuestion({ id: 'since', kind: 'text' })] }),
    aTopic({ id: 'career', modes: ['phone'] }),
  ];
  const advisors = [anAdvisor({ languages: ['de', 'en', 'uk'] }), anAdvisor({ id: 'a2', name: 'Bo Muster' })];
  api = await apiApp({
    desks: [
      aDesk({
        topics,
        advisors,
        partners: [aPartner({ phone: '+49 221 4710 301' }), aPartner({ id: 'city', bookingDesk: 'wuppertal' })],
        mailGraceSeconds: 60,
      }),
      aDesk({ id: 'wuppertal', advisors: [anAdvisor({ id: 'w1', languages: ['de', 'uk'] })] }),
    ],
  });
  advisor = await api.as('advisor', { advisorId: 'a1' });
});
afterEach(() => api.close());

const booked = (part: object = {}) => book(api, { language: 'uk', ...part });
const note = (id: string, body: object, headers: Record<string, string> = advisor) =>
  api.post(`/staff/bookings/${id}/outcome`, body, headers);
const read = async (id: string) => (await api.get(`/staff/bookings/${id}`, advisor).expect(200)).body;
const STEPS = {
  outcome: 'done',
  nextSteps: [
    { phrase: 'send', due: '2026-12-12' },
    { text: 'Bis bald!', language: 'de' },
  ],
};

describe('The outcome of a consultation', () => {
  it('completes it, and stands in the booking for staff, for the client and in what is stored of them', async () => {
    const { id, token } = await booked();
    problem(await note(id, STEPS), 409, 'booking-not-changeable');
    api.clock.set(DURING);
    const { body, headers } = await note(id, { ...STEPS, group: 'family' }).expect(200);
    expect(headers.etag).toBe(`"${body.version}"`);
    expect(body).toMatchObject({
      ...{ status: 'completed', outcome: 'done', group: 'family', referral: null, follows: null },
      nextSteps: [
        { phrase: 'send', text: PHRASE.text.uk, language: 'uk', due: '2026-12-12' },
        { phrase: null, text: 'Bis bald!', language: 'de', due: null },
      ],
    });
    expect((await read(id)).history.map(({ type }: { type: string }) => type)).toEqual([
      ...['booked', 'completed', 'outcome_noted'],
    ]);
    const seen = (await api.get(`/bookings/${token}`).expect(200)).body;
    expect(seen.nextSteps).toHaveLength(2);
    expect([seen.group, seen.outcome, seen.referredTo]).toEqual([undefined, undefined, undefined]);
    const stored = (await api.get(`/bookings/${token}/data`).expect(200)).body;
    expect(stored).toMatchObject({ outcome: 'done', group: 'family', nextSteps: seen.nextSteps });
  });

  it('refers to a partner with the consent of the client alone', async () => {
    const { id, token } = await booked();
    api.clock.set(DURING);
    const to = (referral: object) => note(id, { outcome: 'referred', referral });
    for (const [referral, pointer] of [
      [{ partner: 'authority' }, '/referral/consent'],
      [{ partner: 'authority', consent: false }, '/referral/consent'],
      [{ partner: 'nobody', consent: true }, '/referral/partner'],
    ] as const)
      expect(problem(await to(referral), 422, 'invalid').errors).toMatchObject([{ pointer }]);
    expect((await read(id)).status).toBe('confirmed');
    const { body } = await to({ partner: 'authority', consent: true }).expect(200);
    expect(body.referral).toEqual({ partner: 'authority', consentedAt: DURING });
    expect((await api.get(`/bookings/${token}`)).body.referredTo).toBe('authority');
  });

  it('is mailed in the language of the client, unless it is corrected or taken back before', async () => {
    const { id } = await booked();
    api.clock.set(DURING);
    await api.run('sendOutbox');
    const mails = async () => {
      await api.run('sendOutbox');
      return (await api.mailbox.list()).filter(({ subject }) => subject.includes('Наступні кроки'));
    };
    await note(id, STEPS).expect(200);
    expect(await mails()).toEqual([]);
    await note(id, { ...STEPS, outcome: 'referred', referral: { partner: 'authority', consent: true } }).expect(200);
    await note(id, { ...STEPS, nextSteps: [] }).expect(200);
    api.clock.advance(60_000);
    expect(await mails()).toEqual([]);
    await note(id, STEPS).expect(200);
    await api.post(`/staff/bookings/${id}/reopen`, {}, advisor).expect(200);
    expect(await read(id)).toMatchObject({ status: 'checked_in', outcome: null, nextSteps: [] });
    api.clock.advance(60_000);
    expect(await mails()).toEqual([]);
    await note(id, { ...STEPS, referral: { partner: 'authority', consent: true } }).expect(200);
    await note(id, { ...STEPS, referral: { partner: 'authority', consent: true }, tell: 'nobody' }).expect(200);
    api.clock.advance(60_000);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    for (const said of [PHRASE.text.uk, 'Bis bald! (мова: Німецька)', 'Immigration office', '+49 221 4710 301'])
      expect(mail?.text).toContain(said);
    expect(mail?.calendar).toBeNull();
  });

  it('is refused where it says nothing sensible, and changes nothing then', async () => {
    const { id } = await booked();
    api.clock.set(DURING);
    const before = await read(id);
    for (const [body, pointer] of [
      [{ outcome: 'fine' }, '/outcome'],
      [{}, '/outcome'],
      [{ outcome: 'referred' }, '/referral'],
      [{ outcome: 'done', nextSteps: [{}] }, '/nextSteps/0/text'],
      [{ outcome: 'done', nextSteps: [{ text: 'x', phrase: 'send' }] }, '/nextSteps/0/text'],
      [{ outcome: 'done', nextSteps: [{ phrase: 'gone' }] }, '/nextSteps/0/phrase'],
      [{ outcome: 'done', nextSteps: [{ text: 'x'.repeat(201) }] }, '/nextSteps/0/text'],
      [{ outcome: 'done', nextSteps: [{ text: 'x', due: '2026-02-30' }] }, '/nextSteps/0/due'],
      [{ outcome: 'done', nextSteps: [{ text: 'x', due: '2026-11-30' }] }, '/nextSteps/0/due'],
      [{ outcome: 'done', nextSteps: Array(11).fill({ text: 'x' }) }, '/nextSteps'],
      [{ outcome: 'done', group: 'mrs-smith' }, '/group'],
    ] as const)
      expect(problem(await note(id, body), 422, 'invalid').errors).toMatchObject([{ pointer }]);
    expect(await read(id)).toEqual(before);
  });

  it("is the advisor's, reception's and the manager's to note, and heeds the version that was read", async () => {
    const { id } = await booked();
    api.clock.set(DURING);
    const other = await api.as('advisor', { advisorId: 'a2' });
    problem(await note(id, { outcome: 'done' }, other), 403, 'forbidden');
    problem(
      await note(id, { outcome: 'done' }, await api.as('advisor', { advisorId: 'w1', deskId: 'wuppertal' })),
      404,
      'not-found',
    );
    problem(await note(id, { outcome: 'done' }, { ...advisor, 'If-Match': '"7"' }), 412, 'version-moved-on');
    for (const role of ['receptionist', 'manager'] as const)
      await note(id, { outcome: 'done' }, await api.as(role)).expect(200);
    expect((await read(id)).version).toBe(3);
  });

  it('goes with what else was known, when the client has it erased, but for what the figures count', async () => {
    const { id, token } = await booked();
    api.clock.set(DURING);
    await note(id, { ...STEPS, referral: { partner: 'authority', consent: true } }).expect(200);
    api.clock.set('2026-12-01T10:00:00+01:00');
    await api.run('sendOutbox');
    await api.del(`/bookings/${token}/data`).expect(204);
    expect(await read(id)).toMatchObject({ outcome: 'done', nextSteps: [], referral: { partner: 'authority' } });
    expect(JSON.stringify(await api.everything())).not.toContain('Bis bald!');
  });
});

describe('A missing outcome', () => {
  const missing = async () =>
    (await api.get('/staff/desks/expat-desk/tasks', advisor).expect(200)).body.tasks
      .filter(({ kind }: { kind: string }) => kind === 'outcome')
      .map(({ booking }: { booking: string }) => booking);

  it('is a task from when the desk closes until it is there, or the next consultation is booked, or a week is over', async () => {
    const first = await booked({ advisor: 'a1' });
    const second = await booked({ advisor: 'a1', start: '2026-12-01T10:00:00+01:00' });
    const missed = await booked({ advisor: 'a1', start: '2026-12-01T11:00:00+01:00' });
    api.clock.set('2026-12-01T16:59:59+01:00');
    await api.post(`/staff/bookings/${missed.id}/no-show`, {}, advisor).expect(200);
    await api.post(`/staff/bookings/${first.id}/complete`, {}, advisor).expect(200);
    expect(await missing()).toEqual([]);
    api.clock.set('2026-12-01T17:00:00+01:00');
    expect(await missing()).toEqual([first.id, second.id]);
    await note(first.id, { outcome: 'done' }).expect(200);
    expect(await missing()).toEqual([second.id]);
    await api.post(`/staff/bookings/${first.id}/reopen`, {}, advisor).expect(200);
    expect(await missing()).toEqual([first.id, second.id]);
    await api.post(`/staff/bookings/${first.id}/follow-up`, { start: WEEK_ON }, advisor).expect(201);
    expect(await missing()).toEqual([second.id]);
    api.clock.set('2026-12-08T10:00:00+01:00');
    expect(await missing()).toEqual([second.id]);
    api.clock.advance(1);
    expect(await missing()).toEqual([]);
  });
});

describe('A follow-up', () => {
  const follow = (id: string, body: object, headers: Record<string, string> = advisor) =>
    api.post(`/staff/bookings/${id}/follow-up`, body, headers);

  it('is a booking of its own, tied to the advisor, with what was told before', async () => {
    const first = await booked({ answers: { since: '2024' }, note: 'Only once.', support: ['child'] });
    problem(await follow(first.id, { start: WEEK_ON }), 409, 'booking-not-changeable');
    api.clock.set(DURING);
    const key = { ...advisor, 'Idempotency-Key': 'booked-but-once' };
    const { body, headers } = await follow(first.id, { start: WEEK_ON }, key).expect(201);
    expect(body).toMatchObject({
      ...{
        follows: first.id,
        status: 'confirmed',
        start: WEEK_ON,
        language: 'uk',
        mode: 'in_person',
        topic: 'residence',
      },
      ...{ answers: { since: '2024' }, note: null, support: ['child'], advisor: { id: 'a1' } },
      client: { name: 'Kim Probe', email: 'kim@client.example' },
    });
    expect(body.reference).not.toBe(first.reference);
    expect(headers.location).toContain(`/staff/bookings/${body.id}`);
    expect((await follow(first.id, { start: WEEK_ON }, key).expect(201)).body.id).toBe(body.id);
    await api.run('sendOutbox');
    expect((await api.mailbox.list()).filter(({ calendar }) => calendar?.method === 'REQUEST')).not.toEqual([]);
    await api.post(`/staff/bookings/${body.id}/cancel`, {}, advisor).expect(200);
  });

  it('may be about another topic in another way, where that is free', async () => {
    const { id } = await booked({
      client: { name: 'Kim Probe', email: 'kim@client.example', phone: '+49 30 23125 001' },
    });
    api.clock.set(DURING);
    const { body } = await follow(id, { start: WEEK_ON, topic: 'career' }).expect(201);
    expect(body).toMatchObject({ topic: 'career', mode: 'phone' });
    const taken = problem(await follow(id, { start: WEEK_ON }), 409, 'slot-unavailable');
    expect(taken.alternatives).toBeDefined();
    problem(await follow(id, { start: WEEK_ON, topic: 'none' }), 422, 'invalid');
    const other = await api.as('advisor', { advisorId: 'a2' });
    problem(await follow(id, { start: '2026-12-08T10:00:00+01:00' }, other), 403, 'forbidden');
  });
});

describe('The next step at another desk of this program', () => {
  const elsewhere = (id: string, body: object, headers: Record<string, string> = advisor) =>
    api.post(`/staff/bookings/${id}/elsewhere`, body, headers);
  const THERE = { topic: 'residence', start: WEEK_ON };

  it('is booked for the same client, who was referred there, and takes nothing of the first consultation along', async () => {
    const { id } = await booked({ note: 'Only here.', support: ['child'] });
    api.clock.set(DURING);
    expect(problem(await elsewhere(id, THERE), 409, 'booking-not-changeable').why).toBe('not-referred');
    await note(id, { outcome: 'referred', referral: { partner: 'authority', consent: true } }).expect(200);
    problem(await elsewhere(id, THERE), 409, 'booking-not-changeable');
    await note(id, { outcome: 'referred', referral: { partner: 'city', consent: true } }).expect(200);
    problem(await elsewhere(id, THERE, await api.as('advisor', { advisorId: 'a2' })), 403, 'forbidden');
    const { body } = await elsewhere(id, THERE).expect(201);
    expect(body).toMatchObject({ desk: 'wuppertal', start: WEEK_ON, topic: 'residence' });
    const there = await api.deps.storage.bookings.findByReference('wuppertal', body.reference);
    expect(there).toMatchObject({
      ...{ language: 'uk', note: null, support: [], answers: {}, follows: null },
      client: { name: 'Kim Probe', email: 'kim@client.example' },
    });
    problem(await elsewhere(id, THERE), 409, 'slot-unavailable');
    problem(await api.get(`/staff/bookings/${there?.id}`, advisor), 404, 'not-found');
  });
});
