import type { Booking } from '../../../../src/domain/booking/booking';
import { type TestApp, testApp } from '../../../support/app';
import { aRequest, booked } from '../../../support/bookings';
import { aDesk, anAdvisor, aReceptionist, aTopic } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const ROOM = 'https://video.example/bo';
const OWN = 'https://video.example/k7mq';
const TASKS = '/staff/expat-desk/tasks';
const DAY = '/staff/expat-desk/day/2026-12-01';

let app: TestApp;
let receptionist: Browser;
let booking: Booking;
beforeEach(async () => {
  const topics = [aTopic({ modes: ['in_person', 'video'] })];
  const advisors = [
    anAdvisor({ topics: ['residence'] }),
    anAdvisor({ id: 'a2', name: 'Bo Muster', topics: ['residence'], videoLink: ROOM }),
  ];
  app = await testApp({ desks: [aDesk({ topics, advisors })] });
  receptionist = await signedInAs(app);
  booking = await byVideo('a1');
});
afterEach(() => app.close());

function byVideo(advisorId?: string) {
  return booked(app, { query: { topicId: 'residence', language: 'en', mode: 'video', advisorId } });
}
const page = () => `/staff/bookings/${booking.id}`;
const form = () => `${page()}/video-link`;
const save = (videoLink: string) => receptionist.submit(page(), form(), { videoLink });
const kinds = async () => (await app.outbox(booking.id)).map(({ kind, recipient }) => `${kind} ${recipient}`);
const manage = () => `/b/${app.deps.tokens.tokenFor(booking.id)}`;

describe('The link of a video consultation', () => {
  it('is a task while it is missing, and goes to both when it is entered', async () => {
    const tasks = (await receptionist.get(TASKS).expect(200)).text;
    expect(wordsIn(tasks)).toMatch(/Der Video-Link fehlt. Bitte eintragen. Kim Probe , .* Link eintragen/);
    expect(tasks).toContain(`href="${page()}#videoLink"`);
    expect(tasks).not.toContain('name="task"');

    await app.run('sendOutbox');
    const { headers } = await save(` ${OWN} `).expect(303);
    const { text } = await receptionist.get(String(headers.location)).expect(200);
    expect(wordsIn(text)).toMatch(/Der Video-Link ist gespeichert.*Video starten.*Video-Link geändert · Rezi Empfang/);
    expect(text).toContain(`href="${OWN}"`);
    expect(wordsIn((await receptionist.get(TASKS)).text)).toContain('Nichts zu tun.');
    expect((await kinds()).slice(-2).sort()).toEqual(['video_link client', 'video_link staff']);

    await app.run('sendOutbox');
    const [mail, copy] = (await app.mailbox.list()).filter(({ text: words }) => words.includes(OWN));
    const toClient = [mail, copy].find((each) => each?.calendar);
    expect(toClient?.calendar?.method).toBe('REQUEST');
    expect(toClient?.calendar?.content).toContain(`LOCATION:${OWN}\r\n`);
    expect(copy).toBeDefined();
    expect((await receptionist.get(manage())).text).toContain(`<a href="${OWN}" rel="noreferrer">`);

    await save('').expect(303);
    expect(wordsIn((await receptionist.get(TASKS)).text)).toContain('Der Video-Link fehlt.');
    expect((await app.storage.bookings.find(booking.id))?.version).toBe(3);
  });

  it('goes with the first mail, if that has not gone out', async () => {
    await save(OWN).expect(303);
    await app.run('sendOutbox');
    const mails = await app.mailbox.list();
    expect(mails).toHaveLength(2);
    for (const { text } of mails) expect(text).toContain(OWN);
  });

  it('is refused if it is no link, and stays in the field', async () => {
    for (const wrong of ['http://video.example/', 'https://kim:geheim@video.example/', 'video.example']) {
      const { text } = await save(wrong).expect(200);
      expect(text).toContain('href="#videoLink"');
      expect(text).toContain(`value="${wrong}"`);
      expect(wordsIn(text)).toContain('der mit https:// beginnt');
    }
    expect(await app.storage.bookings.find(booking.id)).toMatchObject({ videoLink: null, version: 1 });
  });

  it('is asked for by video only, and not any more when it is over', async () => {
    const visit = await booked(app, aRequest({ query: { topicId: 'residence', language: 'en', mode: 'in_person' } }));
    expect((await receptionist.get(`/staff/bookings/${visit.id}`)).text).not.toContain('videoLink');
    const { _csrf = '' } = hiddenFields((await receptionist.get(page())).text, form());
    await receptionist.post(`/staff/bookings/${visit.id}/video-link`, { _csrf, videoLink: OWN }).expect(200);
    await app.app.cancelBooking({ bookingId: booking.id, reason: null, who: { kind: 'client' } });
    expect((await receptionist.get(page())).text).not.toContain('name="videoLink"');
    await receptionist.post(form(), { _csrf, videoLink: OWN }).expect(200);
    await receptionist.get(form()).expect(303);
    expect(wordsIn((await receptionist.get(TASKS)).text)).toContain('Nichts zu tun.');
  });

  it('is the standing room of the advisor to whom it goes, and the client hears of it', async () => {
    await app.app.cancelBooking({ bookingId: booking.id, reason: null, who: { kind: 'client' } });
    booking = await byVideo();
    const start = booking.time.start;
    const to = (advisorId: string) =>
      app.app.moveBooking({ bookingId: booking.id, start, advisorId, who: aReceptionist('Rezi') });
    await to('a1');
    await app.run('sendOutbox');
    await to('a2');
    expect((await kinds()).at(-3)).toBe('video_link client');
    const { text } = await receptionist.get(page()).expect(200);
    expect(wordsIn(text)).toContain(`${ROOM} (fester Raum der Beraterin oder des Beraters)`);
    expect(wordsIn((await receptionist.get(TASKS)).text)).toContain('Nichts zu tun.');
  });

  it('is a button on the day from ten minutes before the start until the end', async () => {
    await save(OWN).expect(303);
    const button =
      /<a class="\S+" href="https:\/\/video.example\/k7mq" rel="noreferrer" data-opens="08:50" data-shuts="09:30"( hidden)?>/;
    const hiddenAt = async (time: string) => {
      app.clock.set(time);
      receptionist = await signedInAs(app, { email: `r${time.length}${Date.parse(time)}@expat-desk.example` });
      const pages = await Promise.all([DAY, `${DAY}?view=table`].map((path) => receptionist.get(path).expect(200)));
      const [board, table] = pages.map(({ text }) => button.exec(text)?.[1] === ' hidden');
      expect(board).toBe(table);
      return board;
    };
    expect(await hiddenAt('2026-12-01T08:49:59+01:00')).toBe(true);
    expect(await hiddenAt('2026-12-01T08:50:00+01:00')).toBe(false);
    expect(await hiddenAt('2026-12-01T09:29:00+01:00')).toBe(false);
    expect(await hiddenAt('2026-12-01T09:30:00+01:00')).toBe(true);
  });
});
