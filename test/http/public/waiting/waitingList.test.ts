import request from 'supertest';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import { CLIENT } from '../../../../src/domain/staff/caller';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { TUESDAY_NINE } from '../../../support/builders';
import { followingForms } from '../../../support/forms';
import { aSmallDesk } from '../../../support/waiting';

const FORM = '/en/expat-desk/waiting-list';
const API = '/api/v1/desks/expat-desk/waiting-list';
const typed = { topic: 'residence', languages: ['en'], daytime: 'any', name: 'Ana', email: 'ana@client.example' };
const sameOrigin = { 'Sec-Fetch-Site': 'same-origin' };

describe('Waiting until something becomes free', () => {
  let t: TestApp;
  let first: string;
  let second: string;
  beforeEach(async () => {
    t = await testApp({ desks: [aSmallDesk()] });
    first = (await booked(t)).id;
    second = (await booked(t, { start: TUESDAY_NINE.start + 30 * MINUTE })).id;
  });
  afterEach(() => t.close());

  const post = (path: string, body: object = {}) => request(t.http).post(path).set(sameOrigin).type('form').send(body);
  const read = async (path: string) => (await request(t.http).get(path).expect(200)).text;
  /** @returns the page of the entry */
  const joined = async () => String((await post(FORM, typed).expect(303)).headers.location).split('?')[0] ?? '';
  const cancel = () => t.app.cancelBooking({ bookingId: first, reason: null, who: CLIENT });

  it('is offered where nothing is free, and the form knows what was looked for', async () => {
    const time = '/en/expat-desk/book/time?language=en&topic=residence';
    const { text } = await request(t.http).get(time).expect(200);
    expect(text).toContain(`${FORM}?topic&#x3D;residence&amp;language&#x3D;en`);
    const form = await request(t.http).get(`${FORM}?topic=residence&language=en`).expect(200);
    expect(form.text).toMatch(/value="residence" selected/);
    expect(form.text).toMatch(/name="languages" type="checkbox" value="en" checked/);
  });

  it('goes from the form to the list, and in one press from the offer to the booking', async () => {
    const { headers } = await post(FORM, typed).expect(303);
    const status = String(headers.location).split('?')[0] ?? '';
    expect(
      (
        await request(t.http)
          .get(headers.location ?? '')
          .expect(200)
      ).text,
    ).toContain('You are on the waiting list');
    await cancel();
    const { text } = await request(t.http).get(status).expect(200);
    expect(text).toContain('An appointment is free for you');
    const accepted = await post(`${status}/accept`).expect(303);
    expect(accepted.headers.location).toMatch(/^\/b\//);
    expect((await request(t.http).get(status).expect(200)).text).toContain('Your appointment is booked');
  });

  it('passes an offer, leaves the list, changes their mind, and is forgotten', async () => {
    const status = await joined();
    await cancel();
    await post(`${status}/pass`).expect(303);
    expect((await post(`${status}/accept`).expect(303)).headers.location).toBe(`${status}?gone=1`);
    expect((await post(`${status}/leave`).expect(303)).headers.location).toBe(status);
    expect(await read(status)).toContain('You have left the list.');
    expect((await post(`${status}/stay`).expect(303)).headers.location).toBe(`${status}?back=1`);
    expect(await read(`${status}?back=1`)).toContain('You are waiting again, in your old place.');
    await post(`${status}/leave`).expect(303);
    expect((await post(`${status}/forget`).expect(303)).headers.location).toContain('left=1');
    await request(t.http).get(status).expect(404);
    expect(await t.storage.waiting.open('expat-desk')).toEqual([]);
  });

  it('leads whoever has joined anew meanwhile to the new entry, and keeps only that', async () => {
    const old = await joined();
    await post(`${old}/leave`).expect(303);
    const anew = await joined();
    expect(anew).not.toBe(old);
    expect((await post(`${old}/stay`).expect(303)).headers.location).toBe(`${anew}?back=1`);
    expect(await t.storage.waiting.open('expat-desk')).toHaveLength(1);
  });

  it('offers no way back to who waited for an earlier start than that of a booking that is no more', async () => {
    const link = `/b/${t.deps.tokens.tokenFor(second)}`;
    const status = String((await post(`${link}/earlier`).expect(303)).headers.location).split('?')[0] ?? '';
    await post(`${status}/leave`).expect(303);
    expect(await read(status)).toContain('Keep waiting after all');
    await t.app.cancelBooking({ bookingId: second, reason: null, who: CLIENT });
    expect(await read(status)).not.toContain('Keep waiting after all');
  });

  it('says what is wrong, and keeps what was typed', async () => {
    const agent = request.agent(t.http);
    const wrong = { ...typed, email: 'ana', deadline: '2020-01-01' };
    const { text } = await followingForms(agent.post(FORM).set(sameOrigin).type('form').send(wrong)).expect(200);
    expect(text).toContain('Enter a mail address');
    expect(text).toContain('value="Ana"');
  });

  it('waits for an earlier time with one press on the page of a booking', async () => {
    const link = `/b/${t.deps.tokens.tokenFor(second)}`;
    expect((await request(t.http).get(link).expect(200)).text).toContain('Ask for an earlier time');
    const { headers } = await post(`${link}/earlier`).expect(303);
    const status = String(headers.location).split('?')[0] ?? '';
    await cancel();
    expect((await post(`${status}/accept`).expect(303)).headers.location).toBe(link);
    expect((await t.storage.bookings.find(second))?.time).toEqual(TUESDAY_NINE);
  });

  it('does by the API what the contract says', async () => {
    const { name, email } = typed;
    const body = {
      topic: 'residence',
      languages: ['en'],
      deadline: '2027-01-31',
      client: { name, email },
      consent: true,
    };
    const place = await request(t.http).post(API).send(body).expect(201);
    expect(place.body).toEqual({ id: expect.any(String), statusUrl: expect.stringContaining('/w/'), position: 1 });
    expect((await request(t.http).post(API).send(body).expect(200)).body).toEqual(place.body);
    const waiting = `/api/v1/waiting-list/${String(place.body.statusUrl).split('/w/')[1]}`;
    expect((await request(t.http).get(waiting).expect(200)).body).toEqual({ state: 'waiting', offer: null });
    await cancel();
    expect((await request(t.http).get(waiting).expect(200)).body).toEqual({
      state: 'offered',
      offer: {
        ...{ start: '2026-12-01T09:00:00+01:00', end: '2026-12-01T09:30:00+01:00' },
        ...{ mode: 'in_person', language: 'en', until: '2026-11-25T10:00:00+01:00' },
      },
    });
    const answers = await Promise.all([1, 2].map(() => request(t.http).post(`${waiting}/accept`).send({})));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    const { body: data, headers } = await request(t.http).get(`${waiting}/data`).expect(200);
    expect(headers['content-disposition']).toContain('attachment');
    expect(data).toMatchObject({ state: 'booked', deadline: '2027-01-31', client: { name, email, phone: null } });
    const ofBooking = `/api/v1/bookings/${t.deps.tokens.tokenFor(answers[0]?.body.id)}/data`;
    expect((await request(t.http).get(ofBooking).expect(200)).body.waitingList).toEqual([data]);
    await request(t.http).delete(waiting).expect(204);
    await request(t.http).get(waiting).expect(404);
  });
});
