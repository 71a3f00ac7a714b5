import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aClient, TUESDAY_NINE } from '../../../support/builders';
import { aBrowser, type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const NINE = TUESDAY_NINE.start;
const NEW = '/staff/expat-desk/plans';
const TUESDAY = { from: '2026-12-01T09:00', until: '2026-12-01T17:00', kind: 'sick', who: 'a1' };
const { details } = aRequest();

let app: TestApp;
let receptionist: Browser;
beforeEach(async () => {
  app = await testApp();
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

/** Asks for a proposal, and gives the address of its page. */
async function proposed(fields: Record<string, string> = {}): Promise<string> {
  const { headers } = await receptionist.submit(NEW, NEW, { ...TUESDAY, ...fields }).expect(303);
  return headers.location as string;
}

describe('The page that says who is away', () => {
  it('begins with now until the desk closes, and with whoever the address names', async () => {
    const { text } = await receptionist.get(`${NEW}?who=a2`).expect(200);
    expect(text).toMatch(/id="from"[^>]* value="2026-11-24T10:00"/);
    expect(text).toMatch(/id="until"[^>]* value="2026-11-24T17:00"/);
    expect(text).toMatch(/value="a2" checked/);
    expect(wordsIn(text)).toContain('Die ganze Beratungsstelle ist geschlossen');
  });

  it('says what is wrong, and keeps what was typed', async () => {
    const fields = { from: '2026-12-01T10:00', until: '2026-12-01T09:00', reason: 'Grippe' };
    const { text } = await receptionist.submit(NEW, NEW, fields).expect(200);
    expect(wordsIn(text)).toMatch(/Bitte wählen Sie, wer abwesend ist.*Bitte geben Sie eine Zeit nach dem Beginn an/);
    expect(text).toMatch(/value="2026-12-01T10:00"/);
    expect(text).toMatch(/value="Grippe"/);
  });

  it('is reception’s: an advisor sees no way to it', async () => {
    const advisor = await signedInAs(app, { role: 'advisor', advisorId: 'a1' });
    await advisor.get(NEW).expect(403);
    expect((await advisor.get('/staff/expat-desk/day').expect(200)).text).not.toContain(NEW);
    expect((await receptionist.get('/staff/expat-desk/day').expect(200)).text).toContain(`href="${NEW}"`);
  });
});

describe('The page of a plan', () => {
  it('proposes, is carried out with one press and undone with another', async () => {
    const first = await booked(app, { query: { ...aRequest().query, language: 'de' } });
    const page = await proposed();
    const { text } = await receptionist.get(page).expect(200);
    expect(wordsIn(text)).toMatch(/Ada Beispiel: Vorschlag.*Gleiche Zeit, andere Person: 1.*Niemand bekommt eine Mail/);
    await receptionist.post(page, hiddenFields(text, page)).expect(303);
    expect(await app.storage.bookings.find(first.id)).toMatchObject({ advisorId: 'a2' });
    const done = (await receptionist.get(page).expect(200)).text;
    expect(wordsIn(done)).toMatch(/Der Plan ist ausgeführt\. Rückgängig Bis 10:15 können Sie alles rückgängig machen/);
    await receptionist.post(page, { ...hiddenFields(done, page), step: 'undo' }).expect(303);
    expect(await app.storage.bookings.find(first.id)).toMatchObject({ advisorId: 'a1' });
    expect(wordsIn((await receptionist.get(page).expect(200)).text)).toContain('Alles ist, wie es war');
    app.clock.advance(15 * MINUTE);
    const late = await receptionist.post(page, { ...hiddenFields(done, page), step: 'undo' });
    expect(late.status).toBe(303);
  });

  it('notes who is back earlier, and takes that back', async () => {
    const page = await proposed({ from: '2026-11-24T09:00', until: '2026-11-24T17:00' });
    expect((await receptionist.get(page)).text).not.toContain('Früher zurück?');
    await receptionist.post(page, hiddenFields((await receptionist.get(page)).text, page)).expect(303);
    app.clock.advance(58 * MINUTE);
    const { text } = await receptionist.get(page).expect(200);
    expect(wordsIn(text)).toContain('Früher zurück?');
    expect(text).toMatch(/id="at"[^>]* value="2026-11-24T11:00"/);
    const end = { ...hiddenFields(text, page), step: 'end' };
    const wrong = (await receptionist.post(page, { ...end, at: 'elf' })).text;
    expect(wordsIn(wrong)).toContain('Bitte geben Sie');
    expect(wrong).toMatch(/id="at"[^>]* value="elf"/);
    await receptionist.post(page, { ...end, at: '2026-11-24T11:00' }).expect(303);
    const done = (await receptionist.get(page)).text;
    expect(wordsIn(done)).toContain('Wieder da ab Dienstag, 24. November 2026 um 11:00');
    const list = async () => wordsIn((await receptionist.get(NEW)).text);
    expect(await list()).toMatch(/Schon eingetragen Ada Beispiel · Krank .*, 09:00–11:00/);
    await receptionist.post(page, { ...hiddenFields(done, page), step: 'resume' }).expect(303);
    expect(await list()).toMatch(/Schon eingetragen Ada Beispiel · Krank .*, 09:00–17:00/);
  });

  it('has what a call needs: number, language, who speaks it, what to say and what to offer', async () => {
    const client = aClient({ name: 'Kenji Probe', email: null, phone: '+493023125001', language: 'en' });
    const query = { topicId: 'residence', language: 'de', mode: 'phone' } as const;
    await booked(app, { query, details: { ...details, client }, source: 'phone' });
    await booked(app, { query });
    const { text } = await receptionist.get(await proposed()).expect(200);
    const words = wordsIn(text);
    expect(words).toMatch(/Bitte anrufen: 1 Termin.*Kenji Probe.*Sie können anbieten: .* 09:30/);
    expect(words).toMatch(/Deutsch spricht: Bo Muster/);
    expect(words).toMatch(/Hello, this is Expat Service Desk\. Your consultation on .*09:00 cannot take place/);
    expect(text).toContain('href="tel:+493023125001"');
    expect(text).toContain('<blockquote class="plan-sentence" lang="en">');
  });

  it('says on the phone that the desk is closed, where nobody is away', async () => {
    const manager = await signedInAs(app, { role: 'manager' });
    const client = aClient({ email: null, phone: '+493023125001', language: 'en' });
    await booked(app, { details: { ...details, client }, source: 'phone' });
    const { headers } = await manager.submit(NEW, NEW, { ...TUESDAY, kind: 'closure', who: '*' }).expect(303);
    const words = wordsIn((await manager.get(headers.location as string).expect(200)).text);
    expect(words).toMatch(/cannot take place, because we are closed then/);
    expect(words).not.toContain('your advisor is away');
  });

  it('does what was chosen instead', async () => {
    const first = await booked(app, { query: { ...aRequest().query, language: 'de' } });
    const page = await proposed();
    const { text } = await receptionist.get(page).expect(200);
    await receptionist.post(page, { ...hiddenFields(text, page), [`do-${first.id}`]: 'cancel' }).expect(303);
    expect(await app.storage.bookings.find(first.id)).toMatchObject({ status: 'cancelled' });
    expect(wordsIn((await receptionist.get(page).expect(200)).text)).toContain('Abgesagt: 1');
  });

  it('proposes anew if a booking has changed since, and has done nothing', async () => {
    const first = await booked(app, { query: { ...aRequest().query, language: 'de' } });
    const page = await proposed();
    const { text } = await receptionist.get(page).expect(200);
    await app.app.moveBooking({ bookingId: first.id, start: NINE + HOUR, who: { kind: 'client' } });
    const { headers } = await receptionist.post(page, hiddenFields(text, page)).expect(303);
    expect(headers.location).not.toBe(page);
    const anew = (await receptionist.get(headers.location as string).expect(200)).text;
    expect(wordsIn(anew)).toMatch(/Ein Termin hat sich inzwischen geändert.*10:00–10:30/);
    expect(await app.storage.bookings.find(first.id)).toMatchObject({ advisorId: 'a1', version: 2 });
  });

  it('says that nobody is touched', async () => {
    expect(wordsIn((await receptionist.get(await proposed()).expect(200)).text)).toContain('Kein Termin ist betroffen');
  });
});

describe('A client who is asked whether the new time fits', () => {
  it('says so with one press, and is asked no more', async () => {
    const first = await booked(app, { query: { ...aRequest().query, language: 'de' } });
    await booked(app, { query: { ...aRequest().query, language: 'de' } });
    const page = await proposed();
    await receptionist.post(page, hiddenFields((await receptionist.get(page)).text, page)).expect(303);
    const link = `/b/${app.deps.tokens.tokenFor(first.id)}`;
    const client = aBrowser(app);
    const asked = wordsIn((await client.get(link).expect(200)).text);
    expect(asked).toMatch(/had to move your consultation to this time.*Please say until .*Yes, it suits me/);
    await client.post(`${link}/fits`, {}).expect(303);
    const after = wordsIn((await client.get(`${link}?accepted=1`).expect(200)).text);
    expect(after).toContain('We know that the new time suits you');
    expect(after).not.toContain('Yes, it suits me');
  });
});
