import { HOUR, MINUTE } from '../../../../src/domain/calendar/interval';
import { CLIENT } from '../../../../src/domain/staff/caller';
import type { WaitingWish } from '../../../../src/domain/waiting/entry';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aClient, anAdvisor, aReceptionist, aTopic, TUESDAY_NINE } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';
import { aSmallDesk, aWish, waits } from '../../../support/waiting';

const LIST = '/staff/expat-desk/waiting-list';
const PHONE = '+492115550100';
const NINE = '2026-12-01T09:00:00+01:00';
const HALF_PAST = '2026-12-01T09:30:00+01:00';

let t: TestApp;
let receptionist: Browser;
const open = async (desk = aSmallDesk()) => {
  t = await testApp({ desks: [desk] });
  receptionist = await signedInAs(t);
};
/** A desk at which everything is taken. */
const full = async () => {
  await open();
  return { nine: await booked(t), halfPast: await booked(t, { start: TUESDAY_NINE.start + 30 * MINUTE }) };
};
afterEach(() => t.close());

const read = async (path = LIST) => (await receptionist.get(path).expect(200)).text;
const entryPage = (id: string) => `${LIST}?entry=${id}`;
/** Presses a button on the page of an open entry, and returns the page to which it leads. */
const press = async (id: string, button: Record<string, string>) => {
  const form = hiddenFields(await read(entryPage(id)), LIST);
  const { headers } = await receptionist.post(LIST, { ...form, ...button }).expect(303);
  const [path = ''] = String(headers.location).split('#');
  return { path, text: wordsIn(await read(path)) };
};
/** Somebody without a mail address, whom reception has put on the list. */
const byPhone = async (name: string, wish: Partial<WaitingWish> = {}) => {
  const client = aClient({ name, email: null, phone: PHONE });
  const { value } = await t.app.joinWaitingList({
    ...{ deskId: 'expat-desk', wish: aWish(wish), client, who: aReceptionist() },
  });
  return value.id;
};
const entry = (id: string) => t.storage.waiting.find(id);
const cancel = (bookingId: string) => t.app.cancelBooking({ bookingId, reason: null, who: CLIENT });
const tasks = async () => wordsIn(await read('/staff/expat-desk/tasks'));

describe('The waiting list', () => {
  it('says that nobody waits, and is in the navigation', async () => {
    await open();
    const text = await read();
    expect(wordsIn(text)).toContain('Niemand wartet auf einen Termin.');
    expect(text).toMatch(/href="\/staff\/expat-desk\/waiting-list" aria-current="page">Warteliste/);
  });

  it('has who waits in the order of their turn, with what, when it suits and until when', async () => {
    await full();
    await waits(t, 'Ana', { weekdays: ['TU', 'FR'], after: '09:00', before: '12:00', from: '2026-11-30' });
    await waits(t, 'Bo', { deadline: '2026-12-24' });
    await waits(t, 'Cleo', { deadline: '2026-11-28', until: '2026-12-10' });
    const text = await read();
    expect(wordsIn(text)).toMatch(/3 Personen warten\..*1\. Cleo.*2\. Bo.*3\. Ana/);
    expect(wordsIn(text)).toMatch(
      /Ana Aufenthaltsrecht · Englisch · Art egal Passt: ab Mo\.?, 30\. November, Di\.? und Fr\.?, zwischen 9(:00)? und 12(:00)? Uhr/,
    );
    expect(wordsIn(text)).toMatch(/Bo .* Passt: jederzeit wartet seit Dienstag, 24\. November 2026/);
    expect(text).toMatch(/staff-state--needs">Braucht den Termin bis Samstag, 28\. November/);
    expect(text).not.toMatch(/staff-state--needs">Braucht den Termin bis Donnerstag, 24\. Dezember/);
  });

  it('can be limited to a topic when it is long', async () => {
    const topics = [aTopic(), aTopic({ id: 'career', name: { de: 'Beruf', en: 'Career' } })];
    await open(aSmallDesk({ topics, advisors: [anAdvisor({ topics: ['residence', 'career'] })] }));
    await booked(t);
    await booked(t, { start: TUESDAY_NINE.start + 30 * MINUTE });
    for (let i = 0; i < 7; i++) await waits(t, `Ana${i}`);
    expect(await read()).not.toContain('waiting-filter');
    await waits(t, 'Bo', { topicId: 'career' });
    expect(await read()).toContain(`href="${LIST}?topic&#x3D;career"`);
    const text = wordsIn(await read(`${LIST}?topic=career`));
    expect(text).toContain('Bo');
    expect(text).not.toContain('Ana');
  });

  it('offers by hand what was not wished for, and says how it stands', async () => {
    await open();
    const { id } = await waits(t, 'Ana', { before: '08:00' });
    const page = await read(entryPage(id));
    expect(wordsIn(page)).toMatch(/Di, 1\. Dezember, 09:00–09:30 · vor Ort · Englisch \(nicht wie gewünscht\)/);
    const { text } = await press(id, { offer: NINE });
    expect(text).toContain('Angeboten. Die Mail geht hinaus.');
    expect(text).toMatch(/Angeboten: Dienstag, 1\. Dezember 2026 um 09:00\. Antwort bis/);
    expect(await entry(id)).toMatchObject({ state: 'offered', offers: 1 });
  });

  it('says that somebody was faster, and shows what is still free', async () => {
    await open();
    const { id } = await waits(t, 'Ana', { before: '08:00' });
    const form = hiddenFields(await read(entryPage(id)), LIST);
    await booked(t);
    const sent = await receptionist.post(LIST, { ...form, offer: NINE }).expect(200);
    expect(wordsIn(sent.text)).toMatch(/Dieser Termin ist gerade vergeben worden.*09:30–10:00/);
    await t.app.takeOffList({ who: aReceptionist(), deskId: 'expat-desk', entryId: id });
    const late = await receptionist.post(LIST, { ...form, offer: HALF_PAST }).expect(200);
    expect(wordsIn(late.text)).toContain('emand anderes war schneller');
  });

  it('takes somebody off and back, at their old place', async () => {
    await full();
    const { id } = await waits(t, 'Ana');
    await waits(t, 'Bo');
    const { path, text } = await press(id, { step: 'leave' });
    expect(text).toContain('Von der Liste genommen.');
    expect(text).not.toContain('Ana');
    const undo = hiddenFields(await read(path), LIST);
    const { headers } = await receptionist.post(LIST, undo).expect(303);
    expect(wordsIn(await read(headers.location))).toMatch(/Steht wieder auf der Liste\..*1\. Ana.*2\. Bo/);
  });
});

describe('Somebody who is phoned', () => {
  it('is a task with the sentence in their language, and is booked in one press', async () => {
    const { nine } = await full();
    const id = await byPhone('Ana');
    await cancel(nine.id);
    expect(await tasks()).toMatch(
      /Ein Termin ist frei\. Bitte anrufen: Dienstag, 1\. Dezember 2026 um 09:00, Antwort bis/,
    );
    const page = await read(entryPage(id));
    expect(page).toMatch(/<blockquote class="plan-sentence" lang="en">Hello, this is .* 09:00\. Does that suit you\?/);
    expect(wordsIn(page)).toContain('Freigehalten: Dienstag, 1. Dezember 2026 um 09:00. Bitte anrufen bis');
    const { path, text } = await press(id, { book: NINE });
    expect(path).toMatch(/^\/staff\/bookings\/.*\/slip\?new=1$/);
    expect(text).toContain('Ana');
    const { state, bookedId } = (await entry(id)) ?? {};
    expect(state).toBe('booked');
    const booking = await t.storage.bookings.find(bookedId ?? '');
    expect(booking).toMatchObject({ source: 'phone', time: TUESDAY_NINE, client: { name: 'Ana', email: null } });
    expect(await tasks()).toContain('Nichts zu tun');
  });

  it('takes another start instead of the one that is kept, which goes to the next', async () => {
    const { nine, halfPast } = await full();
    const id = await byPhone('Ana');
    const { entry: next } = await waits(t, 'Bo');
    await cancel(nine.id);
    await t.app.takeOffList({ who: aReceptionist(), deskId: 'expat-desk', entryId: (await next()).id });
    await cancel(halfPast.id);
    await t.app.putBackOnList({ who: aReceptionist(), deskId: 'expat-desk', entryId: (await next()).id });
    // Bo has half past nine now, so that nothing else is free.
    expect((await next()).offer?.time.start).toBe(Date.parse(HALF_PAST));
    await t.app.takeOffList({ who: aReceptionist(), deskId: 'expat-desk', entryId: (await next()).id });
    await press(id, { book: HALF_PAST });
    expect((await entry(id))?.state).toBe('booked');
    await t.app.putBackOnList({ who: aReceptionist(), deskId: 'expat-desk', entryId: (await next()).id });
    expect((await next()).offer?.time.start).toBe(Date.parse(NINE));
  });

  it('moves to the earlier start, if they have a booking', async () => {
    const { nine, halfPast } = await full();
    const { id } = await waits(t, 'Kim', { earlierThan: t.deps.tokens.tokenFor(halfPast.id) });
    expect(wordsIn(await read())).toContain('hat schon einen Termin am Dienstag, 1. Dezember 2026 um 09:30');
    await cancel(nine.id);
    const { path } = await press(id, { book: NINE });
    expect(path).toBe(`/staff/bookings/${halfPast.id}`);
    expect((await t.storage.bookings.find(halfPast.id))?.time).toEqual(TUESDAY_NINE);
  });

  it('is asked when half of the time to answer is over, and looked after before the deadline', async () => {
    const { nine } = await full();
    await waits(t, 'Late', { deadline: '2026-11-27', before: '08:00' });
    expect(await tasks()).toMatch(/braucht den Termin bis Freitag, 27\. November 2026; noch ist nichts angeboten/);
    t.clock.advance(1);
    const client = aClient({ name: 'Ana', email: 'ana@client.example', phone: PHONE });
    await t.app.joinWaitingList({ deskId: 'expat-desk', wish: aWish(), client });
    await cancel(nine.id);
    t.clock.advance(13 * HOUR);
    receptionist = await signedInAs(t, { email: 'evening@expat-desk.example' });
    expect(await tasks()).toMatch(/Das Angebot ist noch nicht beantwortet: Dienstag, 1\. Dezember 2026 um 09:00/);
  });
});

describe('A caller for whom nothing is free', () => {
  const NEW = '/staff/expat-desk/bookings/new';
  const WISH = { topic: 'residence', language: 'en' };
  /** Staff look beyond the clients' horizon, so that the desk has to have no other day. */
  const nothingAhead = async () => {
    const { hours, ...desk } = aSmallDesk();
    await open({ ...desk, hours: { ...hours, rules: [] } });
  };
  const sent = async (fields: Record<string, string>) => {
    const page = await read(`${NEW}?topic=residence&language=en`);
    const answer = await receptionist.post(NEW, { ...hiddenFields(page, NEW), ...WISH, ...fields, step: 'wait' });
    return answer.headers.location ? read(answer.headers.location) : answer.text;
  };

  it('is put on the list with a phone number only', async () => {
    await nothingAhead();
    expect(await read(`${NEW}?topic=residence&language=en`)).toContain('value="wait"');
    const page = await sent({ name: 'Ola Wartend', phone: PHONE, source: 'phone' });
    expect(wordsIn(page)).toMatch(/Steht auf der Warteliste\..*1\. Ola Wartend/);
  });

  it('has to leave a number or an address, and what was typed stays', async () => {
    await nothingAhead();
    const page = await sent({ name: 'Ola Wartend', source: 'phone' });
    expect(wordsIn(page)).toContain('Bitte eine Telefonnummer oder eine Mail-Adresse eintragen');
    expect(page).toContain('value="Ola Wartend"');
  });

  it('is booked where something is free', async () => {
    await open();
    expect(await read(`${NEW}?topic=residence&language=en`)).not.toContain('value="wait"');
  });
});
