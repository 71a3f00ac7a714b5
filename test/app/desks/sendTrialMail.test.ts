import type { StaffUser } from '../../../src/app/ports/staffStore';
import { HOUR } from '../../../src/domain/calendar/interval';
import { type TestApp, testApp } from '../../support/app';
import { aReceptionist } from '../../support/builders';
import { refusal } from '../../support/refusal';
import { addStaff } from '../../support/staff';

const manager = aReceptionist('Mana Leitung', { role: 'manager' });
const KEY = 'mail.moved.introAsked';

let t: TestApp;
let user: StaffUser;
beforeEach(async () => {
  t = await testApp();
  user = await addStaff(t, { role: 'manager', name: 'Mana Leitung' });
});
afterEach(() => t.close());

const send = (part: Partial<Parameters<TestApp['app']['sendTrialMail']>[0]> = {}) =>
  t.app.sendTrialMail({ who: manager, userId: user.id, deskId: 'expat-desk', key: KEY, language: 'de', ...part });

describe('A trial mail', () => {
  it('goes to whoever asks for it and to nobody else, is named a test, and is in no calendar', async () => {
    await send({ wording: 'Passt es?\nBitte bis {{until}}.' });
    await t.run('sendOutbox');
    const mails = await t.mailbox.list();
    expect(mails).toHaveLength(1);
    const mail = await t.mailbox.find(mails[0]?.id ?? '');
    expect(mail?.to).toContain('manager@expat-desk.example');
    expect(mail?.subject).toMatch(/^\[Testmail\] Verschoben: Ihr Termin am Dienstag/);
    expect(mail?.text).toMatch(/Guten Tag Mana Leitung,\r?\nPasst es\?\r?\nBitte bis /);
    expect(mail?.calendar).toBeNull();
    expect((await t.storage.desks.find('expat-desk'))?.ownTexts).toBeUndefined();
  });

  it('is the mail that every text stands in, also of those that are written to others', async () => {
    await send({ key: 'mail.booked.introPerson', wording: 'Für Sie gebucht.' });
    await t.run('sendOutbox');
    const [mail] = await t.mailbox.list();
    expect(mail?.to).toContain('manager@expat-desk.example');
    expect(await t.mailbox.list()).toHaveLength(1);
  });

  it('is sent ten times an hour at most', async () => {
    for (let sent = 0; sent < 10; sent++) await send();
    await expect(send()).rejects.toThrow(refusal('too-many-requests'));
    t.clock.advance(HOUR);
    await send();
  });

  it('is sent once for one key', async () => {
    const idempotency = { scope: 's', key: 'k', fingerprint: 'f' };
    expect(await send({ idempotency })).toMatchObject({ replayed: false });
    expect(await send({ idempotency })).toMatchObject({ replayed: true, value: { kind: 'moved' } });
    expect((await t.everything()).outbox).toHaveLength(1);
  });

  it('that no server takes is nobody’s task', async () => {
    await send();
    await t.write();
    await t.storage.atomically(async ({ outbox }) => {
      const entry = await outbox.claim(t.clock.now(), HOUR);
      await outbox.fail(entry?.id ?? 0, 550);
    });
    expect(await t.storage.tasks.open('expat-desk')).toEqual([]);
  });

  it('is not sent to a program, for a broken placeholder, or for who may not change texts', async () => {
    await expect(send({ userId: null })).rejects.toThrow(refusal('invalid'));
    await expect(send({ wording: 'Passt es?' })).rejects.toThrow(refusal('invalid'));
    await expect(send({ who: aReceptionist() })).rejects.toThrow(refusal('forbidden'));
    await expect(send({ key: 'mail.secret' })).rejects.toThrow(refusal('not-found'));
    expect((await t.everything()).outbox).toEqual([]);
  });
});
