import { type TestApp, testApp } from '../../../support/app';
import { booked } from '../../../support/bookings';
import { span } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, wordsIn } from '../../../support/staff';

const LIST = '/staff/expat-desk/absences';
const AT = `${LIST}/x`;

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
  const absence = { id: 'x', advisorId: 'a1', time: span('2026-12-01T12:00:00+01:00', 180), reason: 'Zahnarzt' };
  await app.storage.write(({ desks }) => desks.addAbsence('expat-desk', absence));
});
afterEach(() => app.close());

const found = async () => (await app.storage.desks.findAbsence('x'))?.absence;
async function send(fields: Record<string, string>) {
  const { text } = await manager.get(AT).expect(200);
  return manager.post(AT, { ...hiddenFields(text, AT), step: 'save', ...fields });
}
const TIMES = { from: '2026-12-01T09:00', until: '2026-12-01T13:00', reason: 'Zahnarzt' };

describe('Absences', () => {
  it('are listed, each with the way to change it for whoever may', async () => {
    const { text } = await manager.get(LIST).expect(200);
    expect(wordsIn(text)).toMatch(
      /Abwesenheiten Als CSV herunterladen Aus CSV übernehmen Ada Beispiel Dienstag, 1. Dezember 2026, 12:00–15:00 Zahnarzt Ändern/,
    );
    const reception = await signedInAs(app, { role: 'receptionist', email: 'empfang@desk.example' });
    expect((await reception.get(LIST).expect(200)).text).not.toContain(AT);
    await reception.get(AT).expect(403);
    await manager.get(`${LIST}/unknown`).expect(404);
  });

  it('are given another time, and say how many bookings lie in it', async () => {
    await booked(app);
    const { headers } = await send(TIMES);
    expect(wordsIn((await manager.get(headers.location ?? '')).text)).toContain(
      '1 Termin liegt jetzt in der Abwesenheit',
    );
    expect(await found()).toMatchObject({ time: span('2026-12-01T09:00:00+01:00', 240) });
  });

  it('are withdrawn, and are there again when that is undone', async () => {
    const { headers } = await send({ step: 'withdraw' });
    expect(await found()).toBeUndefined();
    const page = (await manager.get(headers.location ?? '')).text;
    const [, undo = ''] = /action="([^"]*hours\/versions\/[^"]+)"/.exec(page) ?? [];
    await manager.post(undo, hiddenFields(page, undo)).expect(303);
    expect(await found()).toMatchObject({ time: span('2026-12-01T12:00:00+01:00', 180) });
  });

  it.each([
    [{ until: '' }, 'Tag und Uhrzeit'],
    [{ until: '2026-12-01T08:00' }, 'ein Ende nach dem Beginn'],
    [{ reason: 'x'.repeat(501) }, 'höchstens 500 Zeichen'],
  ])('say what is wrong with %j, and keep what was typed', async (part, said) => {
    const { text } = await send({ ...TIMES, ...part });
    expect(wordsIn(text)).toContain(said);
    expect(text).toContain('value="2026-12-01T09:00"');
    expect(await found()).toMatchObject({ time: span('2026-12-01T12:00:00+01:00', 180) });
  });

  it('are shown as they are now to who has not seen the newest', async () => {
    const { text } = await send({ ...TIMES, seen: '7' });
    expect(wordsIn(text)).toContain('Jemand hat diese Abwesenheit inzwischen geändert.');
    expect(text).toContain('value="2026-12-01T12:00"');
  });
});
