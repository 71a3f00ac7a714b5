import type { Booking } from '../../../../src/domain/booking/booking';
import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { aReceptionist } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const DAY = '/staff/expat-desk/day/2026-12-01';
let app: TestApp;
let receptionist: Browser;
let booking: Booking;
beforeEach(async () => {
  app = await testApp();
  booking = await booked(app);
  app.clock.set('2026-12-01T08:50:00+01:00');
  receptionist = await signedInAs(app);
});
afterEach(() => app.close());

/** Presses the button of a booking's card, as a browser without a script does. */
async function press(page: string, deed: string): Promise<string> {
  const { text: html } = await receptionist.get(page).expect(200);
  const [, form = ''] = html.split('<form id="deeds"');
  const shared = hiddenFields(`<form action="deeds" ${form.split('</form>')[0]}</form>`, 'deeds');
  const [, action = '', version = ''] =
    new RegExp(`<button[^>]* formaction="([^"]*/${deed})" name="version" value="(\\d+)"`).exec(html) ?? [];
  const { headers } = await receptionist.post(action, { ...shared, version }).expect(303);
  return String(headers.location);
}

const said = async (path: string) => wordsIn((await receptionist.get(path).expect(200)).text);

describe('A button of a card', () => {
  it('notes who came with one press, returns to the same day, and can be undone there', async () => {
    const { id } = booking;
    const back = await press(`${DAY}?language=en&duty=1`, 'check-in');
    expect(back).toBe(`${DAY}?language=en&duty=1&done=checked_in&of=${id}`);
    expect((await app.storage.bookings.find(id))?.status).toBe('checked_in');
    const words = await said(back);
    for (const text of ['Kim Probe ist da', 'Rückgängig', 'da seit 08:50']) expect(words).toContain(text);

    const undone = await press(back, 'undo-check-in');
    expect((await app.storage.bookings.find(id))?.status).toBe('confirmed');
    expect(await said(undone)).toContain('Kim Probe – doch nicht da');
    // The address is old by now: what it tells is so no more.
    expect(await said(back)).not.toContain('Kim Probe ist da');
  });

  it('notes that the consultation has begun, and takes that back', async () => {
    await press(DAY, 'check-in');
    const begun = await press(DAY, 'begin');
    const words = await said(begun);
    for (const text of ['Kim Probe ist in Beratung', 'in Beratung seit 08:50']) expect(words).toContain(text);
    expect(await said(await press(begun, 'undo-begin'))).toContain('da seit 08:50');
    const people = (await app.app.readQueue(aReceptionist(), 'expat-desk')).people;
    expect(people.map(({ position }) => position)).toEqual([1]);
  });

  it('says so when somebody else has noted it already', async () => {
    const { id } = booking;
    await press(DAY, 'check-in');
    const form = hiddenFields(
      (await receptionist.get(`/staff/bookings/${id}`)).text,
      `/staff/bookings/${id}/undo-check-in`,
    );
    for (const what of ['start', 'finish'] as const) await app.app.stepInQueue({ who: aReceptionist(), id, what });
    expect((await receptionist.get(DAY)).text).not.toContain('/begin"');
    const refused = await receptionist.post(`/staff/bookings/${id}/begin`, {
      ...form,
      version: '2',
      day: '2026-12-01',
    });
    expect(wordsIn(refused.text)).toContain('Inzwischen hat jemand anderes das vermerkt');
  });

  it.each([
    ['no-show', '2026-12-01T09:10:00+01:00', 'Kim Probe – nicht gekommen'],
    ['check-in', '2026-12-01T09:10:00+01:00', 'Kim Probe ist da'],
  ])('notes on the late one: %s', async (deed, now, text) => {
    app.clock.set(now);
    expect(await said(await press(DAY, deed))).toContain(text);
  });

  it('leads to the booking with the reason when it is refused, and nowhere but to a day of the desk', async () => {
    const { id } = booking;
    const page = (await receptionist.get(`/staff/bookings/${id}`).expect(200)).text;
    const form = hiddenFields(page, `/staff/bookings/${id}/check-in`);
    const send = (day: string, path = 'complete') =>
      receptionist.post(`/staff/bookings/${id}/${path}`, { ...form, day });
    expect(wordsIn((await send('2026-12-01')).text)).toContain('wenn der Termin begonnen hat');
    expect((await send('//evil.example', 'check-in').expect(303)).headers.location).toBe(
      `/staff/bookings/${id}?done=checked_in`,
    );
  });

  it.each(['done=checked_in&of=nobody', 'done=toString&of=x', 'done=checked_in', 'of=x'])(
    'is not told of by an address that nothing happened for: %s',
    async (query) => {
      const html = (await receptionist.get(`${DAY}?${query}`).expect(200)).text;
      expect(html).not.toContain('class="toast"');
    },
  );
});

describe('One lane of the board', () => {
  it('is sent alone, as it stands on the page, with the state of now', async () => {
    const { advisorId } = booking;
    const html = (await receptionist.get(DAY).expect(200)).text;
    const [, href = ''] =
      new RegExp(`data-advisor="${advisorId}" data-date="2026-12-01" data-href="([^"]*)"`).exec(html) ?? [];
    const lane = (await receptionist.get(href.replaceAll('&#x3D;', '=')).expect(200)).text.trim();
    expect(lane).toMatch(/^<section [\s\S]*<\/section>$/);
    expect(html).toContain(lane);
    await receptionist.get(`${DAY}?lane=nobody`).expect(404);

    // A script asks for it with what its button did.
    await app.app.recordAttendance({ bookingId: booking.id, what: 'check-in', who: aReceptionist('R') });
    const told = (await receptionist.get(`${DAY}?lane=${advisorId}&done=checked_in&of=${booking.id}`)).text;
    expect(told).toContain('board-card--here');
    expect(told).toContain('<bdi>Kim Probe</bdi> ist da');
  });
});
