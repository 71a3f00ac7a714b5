import { parseDeskFile } from '../../src/desks/deskFile';
import { randomIds } from '../../src/identity/ids';
import { paths, url } from '../../src/paths';
import { hiddenFields, signedInAs, wordsIn } from '../support/staff';
import { type ApiApp, aBookingRequest, apiApp, book } from './api/apiClient';
import { BOOK, type Browsing, browse, checkForm, DETAILS, TIME, textOf } from './public/browser';

/** A desk's file whose topic asks something of every kind; nothing but the file knows these questions. */
const FILE = {
  id: 'expat-desk',
  name: { de: 'Expat Service Desk', en: 'Expat Service Desk' },
  timeZone: 'Europe/Berlin',
  holidays: null,
  address: 'Musterplatz 1',
  phone: '+49 221 4710 300',
  email: 'termine@tiny.example',
  gridMinutes: 30,
  leadTimeMinutes: 0,
  horizonDays: 30,
  openingRules: [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '09:00', end: '17:00' }],
  topics: [
    {
      id: 'residence',
      name: { de: 'Aufenthalt', en: 'Residence' },
      durationMinutes: 30,
      modes: ['in_person', 'phone', 'video'],
      questions: [
        {
          id: 'permit-end',
          kind: 'date',
          label: { de: 'Wann endet Ihr Titel?', en: 'When does your permit end?' },
          hint: { de: 'Wie auf der Karte', en: 'As on the card' },
          required: true,
          keepDays: 7,
        },
        { id: 'visa', kind: 'yes_no', label: { de: 'Haben Sie ein Visum?', en: 'Do you have a visa?' }, keepDays: 7 },
        {
          id: 'permit',
          kind: 'choice',
          label: { de: 'Welchen Titel haben Sie?', en: 'Which permit do you have?' },
          choices: [
            { id: 'blue-card', label: { de: 'Blaue Karte EU', en: 'EU Blue Card' } },
            { id: 'other', label: { de: 'Einen anderen', en: 'Another' } },
          ],
          keepDays: 7,
        },
        { id: 'since', kind: 'text', label: { de: 'Seit wann?', en: 'Since when?' }, max: 20, keepDays: 7 },
        { id: 'story', kind: 'text', label: { de: 'Worum geht es?', en: 'What is it about?' }, keepDays: 7 },
        {
          id: 'file-number',
          kind: 'text',
          label: { de: 'Aktenzeichen', en: 'File number' },
          max: 40,
          keepDays: 7,
          audience: 'staff',
        },
      ],
    },
  ],
  advisors: [
    { id: 'a1', name: 'Ada Beispiel', email: 'a1@tiny.example', languages: ['de', 'en'], topics: ['residence'] },
    { id: 'a2', name: 'Bo Muster', email: 'a2@tiny.example', languages: ['de', 'en'], topics: ['residence'] },
  ],
};

const TYPED = {
  ...DETAILS,
  'answer-permit-end': '2027-03-01',
  'answer-visa': 'no',
  'answer-permit': 'blue-card',
  'answer-since': ' 2024 ',
  'answer-story': 'First line\r\n<b>Second</b>',
};
const KEPT = {
  'permit-end': '2027-03-01',
  visa: false,
  permit: 'blue-card',
  since: '2024',
  story: 'First line\n<b>Second</b>',
};
const NINE = '2026-12-01T09:00:00+01:00';
const FORM = `${BOOK}/details`;

let api: ApiApp;
let client: Browsing;
beforeEach(async () => {
  api = await apiApp({ desks: [parseDeskFile(JSON.stringify(FILE), 'desk.json', randomIds)] });
  client = browse(api);
});
afterEach(() => api.close());

async function toForm(): Promise<void> {
  await client.post(TIME, { start: NINE }).expect('Location', FORM);
}

const onlyBooking = async () => {
  const { bookings } = await api.storage.bookings.search({ deskId: 'expat-desk', limit: 2 });
  expect(bookings).toHaveLength(1);
  return bookings[0];
};

describe('A client who is asked something of every kind', () => {
  it('answers with the details, sees it once more, and has it booked', async () => {
    await toForm();
    const page = await client.get(FORM).expect(200);
    expect(textOf(page)).toMatch(/Step 4 of 5 .*When does your permit end\? As on the card .*What is it about\?/);
    expect(page.text).toMatch(
      /<input [^>]*id="answer-permit-end"[^>]*type="date"[^>]*aria-describedby="answer-permit-end-hint"/,
    );
    expect(page.text).toMatch(/<textarea [^>]*id="answer-story"/);
    expect(textOf(page)).not.toContain('File number');

    await client.post(FORM, TYPED).expect('Location', `${BOOK}/check`);
    const check = textOf(await client.get(`${BOOK}/check`).expect(200));
    expect(check).toContain('When does your permit end? Monday, 1 March 2027 Change');
    expect(check).toMatch(/visa\? No Change.*permit do you have\? EU Blue Card Change.*Since when\? 2024/);
    await client.post(`${BOOK}/check`, await checkForm(client)).expect('Location', `${BOOK}/done`);
    const booking = await onlyBooking();
    expect(booking?.answers).toEqual(KEPT);
    const manage = await client.get(url(paths.manage, { token: api.deps.tokens.tokenFor(booking?.id ?? '') }));
    expect(textOf(manage)).toContain('Which permit do you have? EU Blue Card');
  });

  it('is told at each question what is wrong, and keeps what was typed, also in another language', async () => {
    await toForm();
    const wrong = { ...TYPED, 'answer-permit-end': '', 'answer-since': 'x'.repeat(21), 'answer-visa': 'maybe' };
    const page = await client.post(FORM, wrong).expect(200);
    const { text } = page;
    expect(textOf(page)).toMatch(
      /When does your permit end\? Please answer this question\. .*Since when\? Please write no more than 20 characters\./,
    );
    expect(text).toContain('href="#answer-visa"');
    expect(text).toMatch(
      /id="answer-permit-end"[^>]*aria-invalid="true" aria-describedby="answer-permit-end-hint answer-permit-end-error"/,
    );
    expect(text).toMatch(/First line\r?\n&lt;b&gt;Second/);

    await client.post(FORM, { ...wrong, lang: 'de' }).expect(303);
    const german = await client.get('/de/expat-desk/book/details').expect(200);
    expect(textOf(german)).toContain('Welchen Titel haben Sie?');
    expect(german.text).toMatch(/value="blue-card" checked/);
    await client.get(`${BOOK}/check`).expect('Location', FORM);
  });

  it('loses nothing by going back, by changing the details, or by taking another time', async () => {
    await toForm();
    await client.post(FORM, TYPED).expect('Location', `${BOOK}/check`);
    await client.post(FORM, { ...TYPED, name: 'Kim Anders' }).expect('Location', `${BOOK}/check`);
    await client.post(TIME, { start: '2026-12-01T10:00:00+01:00' }).expect('Location', `${BOOK}/check`);
    expect((await client.get(FORM)).text).toContain('value="2024"');
    await client.post(`${BOOK}/give-back`, { ...TYPED, 'answer-since': '2023' }).expect(303);
    await client.post(TIME, { start: NINE }).expect(303);
    expect((await client.get(FORM)).text).toContain('value="2023"');
  });

  it('need not answer what is optional, and can take an answer back', async () => {
    await toForm();
    await client.post(FORM, TYPED).expect(303);
    const few = {
      ...DETAILS,
      'answer-permit-end': '1.3.2027',
      'answer-permit': '',
      'answer-since': '',
      'answer-story': '',
    };
    await client.post(FORM, few).expect('Location', `${BOOK}/check`);
    const check = textOf(await client.get(`${BOOK}/check`));
    expect(check).toContain('Which permit do you have? No answer Change');
    await client.post(`${BOOK}/check`, await checkForm(client)).expect('Location', `${BOOK}/done`);
    expect((await onlyBooking())?.answers).toEqual({ 'permit-end': '2027-03-01' });
  });
});

describe('A program that books for a client', () => {
  it('is told the questions, gives the answers and gets them back', async () => {
    const { body } = await api.get('/desks/expat-desk').expect(200);
    const asked = body.topics[0].questions as { id: string; kind: string }[];
    expect(asked.map(({ id, kind }) => `${id}: ${kind}`)).toEqual([
      'permit-end: date',
      'visa: yes_no',
      'permit: choice',
      'since: text',
      'story: text',
    ]);
    const booking = await book(api, { answers: KEPT });
    expect(booking.answers).toEqual(KEPT);
    expect((await api.get(`/bookings/${booking.token}`)).body.answers).toEqual(KEPT);
  });

  it('is refused with a pointer at each answer that is wrong', async () => {
    const answers = { visa: 'perhaps', permit: 'green-card', 'file-number': 'A 1' };
    const { body } = await api.post('/desks/expat-desk/bookings', aBookingRequest({ answers })).expect(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/answers/permit-end',
      '/answers/visa',
      '/answers/permit',
      '/answers/file-number',
    ]);
  });

  it('may answer for staff what only staff are asked', async () => {
    const answers = { ...KEPT, 'file-number': 'A 1' };
    const headers = await api.as('receptionist');
    const booking = aBookingRequest({ answers, consent: undefined, source: 'phone' });
    const { body } = await api.post('/staff/desks/expat-desk/bookings', booking, headers).expect(201);
    expect(body.answers).toEqual(answers);
    const token = api.deps.tokens.tokenFor(body.id);
    expect((await api.get(`/bookings/${token}`)).body.answers).toEqual(KEPT);
  });
});

describe('Reception', () => {
  const QUERY = { topic: 'residence', language: 'en', mode: 'in_person', advisor: '', start: NINE };

  it('asks a caller the same and what only staff are asked, and reads it at the booking and on the slip', async () => {
    const receptionist = await signedInAs(api);
    const NEW = '/staff/expat-desk/bookings/new';
    const details = `${NEW}?topic=residence&language=en&mode=in_person&advisor=&start=${encodeURIComponent(NINE)}`;
    const caller = {
      ...QUERY,
      source: 'phone',
      name: 'Ola Anrufer',
      email: '',
      phone: '',
      mailLanguage: 'en',
      step: 'book',
    };

    const missing = await receptionist.submit(details, NEW, { ...caller, 'answer-since': '2024' }).expect(200);
    expect(wordsIn(missing.text)).toContain('Wann endet Ihr Titel? Bitte beantworten Sie diese Frage.');
    expect(missing.text).toContain('value="2024"');

    const told = { ...caller, ...TYPED, 'answer-file-number': 'A 1' };
    const { headers } = await receptionist.submit(details, NEW, told).expect(303);
    const booking = await onlyBooking();
    expect(booking?.answers).toEqual({ ...KEPT, 'file-number': 'A 1' });

    const page = wordsIn((await receptionist.get(`/staff/bookings/${booking?.id}`)).text);
    expect(page).toMatch(/Angaben vorab Wann endet Ihr Titel\? Montag, 1\. März 2027 .*Aktenzeichen A 1/);
    const slip = wordsIn((await receptionist.get(String(headers.location))).text);
    expect(slip).toContain('When does your permit end? Monday, 1 March 2027');
    expect(slip).not.toContain('A 1 ');
  });

  it('keeps what was answered while another time is looked for', async () => {
    const receptionist = await signedInAs(api);
    const NEW = '/staff/expat-desk/bookings/new';
    const details = `${NEW}?topic=residence&language=en&mode=in_person&advisor=&start=${encodeURIComponent(NINE)}`;
    const caller = { ...QUERY, source: 'phone', name: 'Ola Anrufer', email: '', phone: '', mailLanguage: 'en' };
    const { text } = await receptionist
      .submit(details, NEW, { ...caller, ...TYPED, topic: '', step: 'times' })
      .expect(200);
    expect(hiddenFields(text, NEW)).toMatchObject({ 'answer-since': '2024', 'answer-permit-end': '2027-03-01' });
  });
});
