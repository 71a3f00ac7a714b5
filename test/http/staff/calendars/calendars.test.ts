import request from 'supertest';
import type { Desk } from '../../../../src/domain/desk';
import { type TestApp, testApp } from '../../../support/app';
import { aDesk } from '../../../support/builders';
import { type Browser, hiddenFields, signedInAs, typedFields, wordsIn } from '../../../support/staff';

const AT = '/staff/expat-desk/calendars';

let app: TestApp;
async function start(part: Partial<Desk> = {}) {
  app = await testApp({ desks: [aDesk(part)], now: Date.now() });
}
afterEach(() => app.close());

const advisorAtWork = () => signedInAs(app, { role: 'advisor', advisorId: 'a1' });
const addressIn = (text: string) => /https?:\/\/[\w./]+\/calendars\/([\w-]+)\.ics/.exec(text)?.[1];
const follow = (token = '') => request(app.http).get(`/calendars/${token}.ics`);
const all = () => app.storage.feeds.list('expat-desk');

/** Presses a button of the page, and returns the page to which it leads. */
async function press(who: Browser, fields: Record<string, string>): Promise<string> {
  const sent = { ...hiddenFields((await who.get(AT).expect(200)).text, AT), ...fields };
  const { headers } = await who.post(AT, sent).expect(303);
  return (await who.get(String(headers.location)).expect(200)).text;
}

describe('The page of the calendars', () => {
  it('gives an advisor an address for their own calendar, once, and says how to subscribe', async () => {
    await start();
    const who = await advisorAtWork();
    const { text } = await who.get(AT).expect(200);
    expect(wordsIn(text)).toMatch(/Mein Kalender.*Noch ist kein Kalender abonniert/);
    expect(text).not.toContain('<select');
    expect((await who.get('/staff/expat-desk/tasks')).text).toContain(`href="${AT}"`);
    const made = await press(who, { ...typedFields(text, AT, 'step'), whose: 'a1', step: 'add' });
    expect(wordsIn(made)).toMatch(/nur dieses eine Mal gezeigt.*Outlook.*Google.*Apple.*Thunderbird/);
    expect(made).toMatch(/href="webcal:\/\/desk\.example\/calendars\/[\w-]{43}\.ics"/);
    await follow(addressIn(made)).expect(200);
    expect(addressIn((await who.get(AT)).text)).toBeUndefined();
  });

  it('renews and revokes an address', async () => {
    await start();
    const who = await advisorAtWork();
    const first = addressIn(await press(who, { whose: 'a1', step: 'add' }));
    const [feed] = await all();
    const second = addressIn(await press(who, { feed: feed?.id ?? '', step: 'renew' }));
    await follow(first).expect(404);
    await follow(second).expect(200);
    expect(wordsIn(await press(who, { feed: feed?.id ?? '', step: 'revoke' }))).toContain('widerrufen');
    await follow(second).expect(404);
    expect(await all()).toEqual([]);
  });

  it('lets reception choose whose, and names only where the desk allows it', async () => {
    await start({ feedNames: true });
    const who = await signedInAs(app);
    const { text } = await who.get(`${AT}?lang=en`).expect(200);
    expect(wordsIn(text)).toContain('The whole desk');
    await press(who, { whose: '*', names: 'true', step: 'add' });
    // They are listed by when they were made.
    app.clock.advance(1);
    await press(who, { whose: 'a2', step: 'add' });
    expect(await all()).toMatchObject([
      { advisorId: null, names: true },
      { advisorId: 'a2', names: false },
    ]);
  });

  it('offers no names where the desk does not allow them, and refuses them', async () => {
    await start();
    const who = await signedInAs(app);
    const { text } = await who.get(AT).expect(200);
    expect(text).not.toContain('name="names"');
    const refused = await who.post(AT, { ...hiddenFields(text, AT), whose: '*', names: 'true' });
    expect(wordsIn(refused.text)).toContain('lässt keine Namen');
    expect(await all()).toEqual([]);
  });

  it('makes one address, however often the button is pressed', async () => {
    await start();
    const who = await advisorAtWork();
    const fields = { ...hiddenFields((await who.get(AT)).text, AT), whose: 'a1', step: 'add' };
    for (let i = 0; i < 2; i++) await who.post(AT, fields).expect(303);
    expect(await all()).toHaveLength(1);
  });

  it('has nothing for an account that belongs to no advisor', async () => {
    await start();
    const who = await signedInAs(app, { role: 'advisor' });
    expect(wordsIn((await who.get(AT).expect(200)).text)).toContain('gehört zu keiner Beraterin');
  });
});
