import request from 'supertest';
import { DAY } from '../../../../src/domain/calendar/dates';
import { HOUR } from '../../../../src/domain/calendar/interval';
import { LIMITS } from '../../../../src/http/limits';
import { type TestApp, testApp } from '../../../support/app';
import { followingForms } from '../../../support/forms';
import { guessed } from '../../../support/guesses';
import { addStaff, PASSWORD } from '../../../support/staff';

let app: TestApp;
beforeEach(async () => {
  app = await testApp({ trustProxy: 'loopback' });
});
afterEach(async () => {
  await app.close();
});

const EMAIL = 'receptionist@expat-desk.example';
const OFFICE = '198.51.100.7';

const signIn = (cookie = '', { password = PASSWORD, ip = OFFICE, email = EMAIL } = {}) =>
  followingForms(request.agent(app.http).post('/staff/sign-in'))
    .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': ip, Cookie: cookie })
    .type('form')
    .send({ email, password });
const cookiesOf = (answer: request.Response) => (answer.headers['set-cookie'] ?? []) as unknown as string[];
const deviceOf = (answer: request.Response) =>
  cookiesOf(answer)
    .find((each) => /^(__Host-)?device=/.test(each))
    ?.split(';')[0] ?? '';

/** As thirty machines would that guess together for an hour. */
async function lockOut(email = EMAIL): Promise<void> {
  await guessed(app, LIMITS.signInOfAccount.most, email);
  await signIn('', { email }).expect(429);
}

describe('A browser on which somebody has signed in', () => {
  it('lets them in while thirty others guess their password', async () => {
    await addStaff(app);
    const device = deviceOf(await signIn().expect(303));
    await guessed(app, LIMITS.signInOfAccount.most - 30, EMAIL);
    for (let i = 0; i < 30; i++) await signIn('', { password: 'guess', ip: `10.${i}.0.1` }).expect(200);
    await signIn().expect(429);
    await signIn(device).expect(303);
    await signIn(device, { ip: '192.0.2.99' }).expect(303);
  });

  it('has a cookie that no script reads, for half a year, and no trace in the database', async () => {
    await addStaff(app);
    const cookie = cookiesOf(await signIn()).find((each) => each.startsWith('device=')) ?? '';
    expect(cookie).toMatch(/^device=[\w.-]+; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    const mark = /device=([^;]+)/.exec(cookie)?.[1] ?? '';
    expect(JSON.stringify(await app.everything())).not.toContain(mark);
    expect(JSON.stringify(await app.everything())).not.toContain(mark.split('.')[1]);
  });

  it('is known for all who share it, and for nobody else', async () => {
    await addStaff(app);
    const kim = await addStaff(app, { id: 'kim', email: 'kim@expat-desk.example' });
    await addStaff(app, { id: 'lea', email: 'lea@expat-desk.example' });
    const first = deviceOf(await signIn());
    const both = deviceOf(await signIn(first, { email: kim.email }));
    await lockOut();
    await signIn(both).expect(303);
    await lockOut('lea@expat-desk.example');
    await signIn(both, { email: 'lea@expat-desk.example' }).expect(429);
  });

  it.each([
    ['their password changes', { passwordHash: '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAA' }],
    ['they are disabled', { disabledAt: 1 }],
  ])('is a stranger when %s', async (_, change) => {
    const user = await addStaff(app);
    const device = deviceOf(await signIn());
    await app.storage.write(({ staff }) => staff.changeUser(user.id, change));
    await lockOut();
    await signIn(device).expect(429);
  });

  it('is a stranger after half a year, and with a mark that was changed or made elsewhere', async () => {
    await addStaff(app);
    const device = deviceOf(await signIn());
    const [name = '', mark = ''] = device.split('=');
    const [at = '', mac = ''] = mark.split('.');
    await lockOut();
    const longer = (Number.parseInt(at, 36) + DAY).toString(36);
    for (const forged of [`${longer}.${mac}`, `${at}.${mac.toLowerCase()}`, at, '', '~~~', 'NaN.x', '🔑'])
      await signIn(`${name}=${encodeURIComponent(forged)}`).expect(429);
    app.clock.advance(180 * DAY - 1);
    await lockOut();
    await signIn(device).expect(303);
    app.clock.advance(1);
    await signIn(device).expect(429);
  });

  it('may be used for guessing no more often than its owner mistypes', async () => {
    await addStaff(app);
    const device = deviceOf(await signIn());
    const guess = (i: number) => signIn(device, { password: 'guess', ip: `10.${i}.0.1` });
    for (let i = 0; i < LIMITS.signInOnDevice.most; i++) await guess(i).expect(200);
    await guess(200).expect(429);
    app.clock.advance(HOUR);
    await signIn(device).expect(303);
  });
});
