import request from 'supertest';
import { type TestApp, testApp } from '../../support/app';
import { allBookings } from '../../support/bookings';
import { aDesk } from '../../support/builders';
import { BOOK, type Browsing, browse, checkForm, DETAILS, textOf } from './browser';

const NINE = '2026-12-01T09:00:00+01:00';
const AT_DESK = `${BOOK}/time?language=en&topic=residence&mode=in_person&journey=one-journey`;
const FIND = '/en/expat-desk/find-booking';
const NO_MAIL = { ...DETAILS, email: '' };

let t: TestApp;
let client: Browsing;
beforeEach(async () => {
  t = await testApp({ desks: [aDesk({ withoutMail: true })] });
  client = browse(t);
});
afterEach(() => t.close());

/** Books at nine without a mail address, and returns the booking. */
async function bookWithoutMail() {
  await client.post(AT_DESK, { start: NINE }).expect(303);
  await client.post(`${BOOK}/details`, NO_MAIL).expect('Location', `${BOOK}/check`);
  await client.post(`${BOOK}/check`, await checkForm(client)).expect('Location', `${BOOK}/done`);
  const [booking] = await allBookings(t);
  if (!booking) throw new Error('nothing booked');
  return booking;
}

describe('A client without a mail address', () => {
  it('books with a phone number alone, and is told to note the reference', async () => {
    const booking = await bookWithoutMail();
    expect(booking.client).toEqual({ name: 'Kim Probe', email: null, phone: '+492111234567', language: 'en' });
    const done = textOf(await client.get(`${BOOK}/done`).expect(200));
    expect(done).toContain('We send no message. Please note the reference');
    expect(done).toContain(booking.reference);
    const mails = await t.outbox(booking.id);
    expect(mails.map(({ recipient }) => recipient)).toEqual(['staff']);
  });

  it('has to give one of the two, and is told so where neither is typed', async () => {
    await client.post(AT_DESK, { start: NINE }).expect(303);
    const { text } = await client.post(`${BOOK}/details`, { ...NO_MAIL, phone: '' }).expect(200);
    expect(textOf({ text })).toContain('Please enter your email address, or a phone number below');
    expect(text).toContain('value="Kim Probe"');
  });

  it('finds the booking again by reference and phone number, in any notation, and by nothing less', async () => {
    const { reference } = await bookWithoutMail();
    const other = browse(t);
    const found = await other.post(FIND, {
      email: '',
      phone: '+49 (211) 123-4567',
      reference: reference.toLowerCase(),
    });
    expect(found.headers.location).toMatch(/^\/b\/[\w-]+\?lang=en$/);
    expect(textOf(await other.get(String(found.headers.location)).expect(200))).toContain(reference);

    for (const phone of ['0211 7654321', '0211 123456']) {
      const none = await other.post(FIND, { email: '', phone, reference }).expect(200);
      expect(textOf(none)).toContain('We found no booking with this reference and phone number.');
      expect(none.text).toContain(`value="${phone}"`);
    }
    const missing = await other.post(FIND, { email: '', phone: '0211 1234567', reference: '' }).expect(200);
    expect(textOf(missing)).toContain('Please enter the reference, too');
  });

  it('opens nothing that has a mail address, whose owner is mailed the link instead', async () => {
    await client.post(AT_DESK, { start: NINE }).expect(303);
    await client.post(`${BOOK}/details`, DETAILS).expect(303);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect(303);
    const [booking] = await allBookings(t);
    const { text } = await client.post(FIND, { email: '', phone: DETAILS.phone, reference: booking?.reference ?? '' });
    expect(textOf({ text })).toContain('We found no booking with this reference and phone number.');
  });

  it('may try a reference five times an hour', async () => {
    const { reference } = await bookWithoutMail();
    for (let i = 0; i < 5; i++)
      await client.post(FIND, { email: '', phone: `0211 765432${i}`, reference }).expect(200, /We found no booking/);
    const refused = await client.post(FIND, { email: '', phone: '0211 1234567', reference });
    expect(refused.status).not.toBe(303);
    expect(textOf(refused)).toContain('too many');
  });

  it('has as many bookings ahead as one with an address', async () => {
    await t.close();
    const limits = { ...aDesk().limits, openBookingsPerAddress: 1 };
    t = await testApp({ desks: [aDesk({ withoutMail: true, limits })] });
    client = browse(t);
    await bookWithoutMail();
    const api = request(t.http).post('/api/v1/desks/expat-desk/bookings');
    const asked = { topic: 'residence', language: 'en', mode: 'in_person', start: '2026-12-01T10:00:00+01:00' };
    const answer = await api.send({ ...asked, client: { name: 'Kim', phone: '0211 1234567' }, consent: true });
    expect([answer.status, answer.body.type]).toEqual([409, '/problems/too-many-bookings']);
  });

  it('changes the booking without being asked for an address', async () => {
    await bookWithoutMail();
    const { headers } = await client.post(FIND, {
      email: '',
      phone: DETAILS.phone,
      reference: (await allBookings(t))[0]?.reference ?? '',
    });
    const manage = String(headers.location).replace(/\?.*/, '');
    await client
      .post(`${manage}/change`, { phone: '0211 7654321', email: '', attendees: '2', mode: 'in_person', version: '1' })
      .expect(303);
    expect((await allBookings(t))[0]).toMatchObject({ attendees: 2, client: { email: null, phone: '+492117654321' } });
    const refused = await client.post(`${manage}/change`, { phone: '', email: '', attendees: '2', mode: 'in_person' });
    expect(textOf(refused)).toContain('Please enter your email address, or a phone number below');
  });
});

describe('A desk that needs a mail address', () => {
  it('refuses a client without one, on the page and by the API, and asks for no number that it does not need', async () => {
    await t.close();
    t = await testApp();
    client = browse(t);
    await client.post(AT_DESK, { start: NINE }).expect(303);
    const { text } = await client.get(`${BOOK}/details`).expect(200);
    expect(text).not.toContain('name="phone"');
    await client.post(`${BOOK}/details`, NO_MAIL).expect(200, /Please enter your email address/);
    const { status, body } = await request(t.http)
      .post('/api/v1/desks/expat-desk/bookings')
      .send({
        ...{ topic: 'residence', language: 'en', mode: 'in_person', start: NINE },
        ...{ client: { name: 'Kim', phone: '0211 1234567' }, consent: true },
      });
    expect([status, body.errors]).toEqual([422, [{ pointer: '/client/email', detail: 'expected a mail address' }]]);
    expect(textOf(await client.get(FIND))).not.toContain('Phone number that you booked with');
  });
});
