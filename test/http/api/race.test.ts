import { allBookings } from '../../support/bookings';
import { aDesk, anAdvisor, aTopic } from '../../support/builders';
import { type ApiApp, aBookingRequest, apiApp, problem } from './apiClient';

const SEATS = 3;
const STARTS = ['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'].map((time) => `2026-12-01T${time}:00+01:00`);
const RUSH = 600;

describe('Six hundred clients for six times', () => {
  let api: ApiApp;
  beforeAll(async () => {
    const advisors = Array.from({ length: SEATS }, (_, i) => anAdvisor({ id: `a${i + 1}`, name: `Advisor ${i + 1}` }));
    api = await apiApp({ desks: [aDesk({ advisors })] });
  });
  afterAll(() => api.close());

  it('get every seat once; the others are told what else is free', async () => {
    const answers = await Promise.all(
      Array.from({ length: RUSH }, (_, i) =>
        api.post(
          '/desks/expat-desk/bookings',
          aBookingRequest({
            start: STARTS[i % STARTS.length],
            client: { name: `Client ${i}`, email: `client${i}@client.example` },
          }),
        ),
      ),
    );

    const sold = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(sold).toHaveLength(SEATS * STARTS.length);
    for (const answer of others) expect(problem(answer, 409, 'slot-unavailable').alternatives).toHaveLength(5);

    const bookings = await allBookings(api);
    expect(bookings.map(({ id }) => id).sort()).toEqual(sold.map(({ body }) => body.id).sort());
    const places = bookings.map(({ advisorId, time }) => `${advisorId} ${time.start}`);
    expect(new Set(places).size).toBe(places.length);
    expect(new Set(sold.map(({ body }) => body.reference)).size).toBe(sold.length);
    expect(await api.rows()).toMatchObject({
      booking: sold.length,
      booking_event: sold.length,
      outbox: 2 * sold.length,
    });
  }, 120_000);
});

describe('Six hundred clients of two topics for six times', () => {
  const career = aTopic({ id: 'career', name: { de: 'Beruf', en: 'Career' } });
  const advisors = [
    anAdvisor({ id: 'a1', languages: ['en'], topics: ['residence', 'career'] }),
    anAdvisor({ id: 'a2', languages: ['en', 'ja'], topics: ['residence'] }),
  ];
  let api: ApiApp;
  beforeAll(async () => {
    api = await apiApp({ desks: [aDesk({ advisors, topics: [aTopic(), career] })] });
  });
  afterAll(() => api.close());

  it('get the seats of the best assignment, in whatever order they come', async () => {
    // One of each time takes residence first, which both advisors cover; if it kept the first of them, career would be full.
    const answers = await Promise.all(
      Array.from({ length: RUSH }, (_, i) =>
        api.post(
          '/desks/expat-desk/bookings',
          aBookingRequest({
            topic: i < STARTS.length ? 'residence' : 'career',
            start: STARTS[i % STARTS.length],
            client: { name: `Client ${i}`, email: `client${i}@client.example` },
          }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(advisors.length * STARTS.length);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const bookings = await allBookings(api);
    for (const { advisorId, topicId } of bookings)
      expect(advisors.find(({ id }) => id === advisorId)?.topics).toContain(topicId);
    const places = bookings.map(({ advisorId, time }) => `${advisorId} ${time.start}`);
    expect(new Set(places).size).toBe(advisors.length * STARTS.length);
  }, 120_000);
});
