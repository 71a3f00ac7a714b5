import { type TestApp, testApp } from '../../../support/app';
import { aDesk } from '../../../support/builders';
import { aReceiver, verified } from '../../../support/receiver';
import { type Browser, hiddenFields, signedInAs, typedFields, wordsIn } from '../../../support/staff';

const AT = '/staff/expat-desk/webhooks';

let app: TestApp;
let manager: Browser;
let receiver: Awaited<ReturnType<typeof aReceiver>>;
async function start(part: Parameters<typeof aDesk>[0] = {}) {
  app = await testApp({ desks: [aDesk(part)], calendarAllow: ['127.0.0.1'], now: Date.now() });
  manager = await signedInAs(app, { role: 'manager' });
}
beforeEach(async () => {
  receiver = await aReceiver();
});
afterEach(async () => {
  await receiver.close();
  await app.close();
});

const all = async () => (await app.storage.webhooks.list('expat-desk')).map(({ webhook }) => webhook);
const secretIn = (text: string) => /whsec_[A-Za-z0-9+/]{43}=/.exec(text.replaceAll('&#x3D;', '='))?.[0];

/** Sends the form as it stands on the page. */
async function send(fields: Record<string, string>) {
  const { key = '', _csrf = '' } = hiddenFields((await manager.get(AT)).text, AT);
  return manager.post(AT, { key, _csrf, ...fields });
}

/** Enters the receiver, and returns the page to which that leads. */
async function enter(fields: Record<string, string> = { 'event-booking-made': 'true' }) {
  const { headers } = await send({ url: receiver.url, ...fields });
  const at = String(headers.location);
  return { at: at.split('?')[0] ?? '', page: (await manager.get(at).expect(200)).text };
}

describe('The page with the programs that are told', () => {
  it('says that there are none, and that nobody learns who comes', async () => {
    await start();
    const words = wordsIn((await manager.get(AT).expect(200)).text);
    expect(words).toMatch(/nie, wer kommt.*Noch erfährt kein Programm davon/);
    expect((await manager.get('/staff/expat-desk/hours')).text).toContain(`href="${AT}"`);
  });

  it('says so where the desk lets them know who comes', async () => {
    await start({ clientDataInWebhooks: true });
    expect(wordsIn((await manager.get(`${AT}?lang=en`)).text)).toContain('tell name, mail address and phone number');
  });

  it('enters one for the events that were ticked, and shows its secret this once', async () => {
    await start();
    const { at, page } = await enter({ 'event-booking-made': 'true', 'event-start-freed': 'true' });
    const secret = secretIn(page) ?? '';
    expect(wordsIn(page)).toMatch(/Eingetragen.*Das Geheimnis.*nur dieses eine Mal gezeigt/);
    expect((await all()).map(({ events }) => events)).toEqual([['booking.made', 'start.freed']]);
    expect(secretIn((await manager.get(at).expect(200)).text)).toBeUndefined();
    await manager.post(at, { ...hiddenFields((await manager.get(at)).text, at), step: 'test' }).expect(303);
    await app.run('sendWebhooks');
    const last = receiver.received.at(-1);
    expect(last && verified(last, secret)).toEqual(last?.body);
    expect(wordsIn((await manager.get(AT)).text)).toMatch(/127\.0\.0\.1:\d+.*Angekommen Probenachricht/);
  });

  it.each([
    ['no address', { url: '' }, 'Bitte geben Sie die Adresse des Programms an.'],
    ['no event', { 'event-booking-made': '' }, 'Bitte wählen Sie, wovon das Programm erfährt.'],
    ['an address in clear', { url: 'http://program.example/' }, 'muss mit https:// beginnen'],
    ['a private address', { url: 'https://10.0.0.7/hook' }, 'in einem privaten Netz'],
    ['a service that is not meant', { url: 'https://program.example:25/' }, 'Port'],
  ])('says what is wrong with %s, and keeps the rest', async (_, part, said) => {
    await start();
    const fields = { url: 'https://93.184.216.34/hook', 'event-booking-made': 'true', ...part };
    const { status, text } = await send(fields);
    expect(status).toBe(200);
    expect(wordsIn(text)).toContain(said);
    if (fields.url) expect(text).toContain(`value="${fields.url}"`);
    expect(/id="event-hours-changed"[^>]*checked/.test(text)).toBe(false);
    expect(await all()).toEqual([]);
  });

  it('enters one once, however often the button is pressed', async () => {
    await start();
    const { key = '', _csrf = '' } = hiddenFields((await manager.get(AT)).text, AT);
    const fields = { key, _csrf, url: receiver.url, 'event-booking-made': 'true' };
    for (let i = 0; i < 2; i++) await manager.post(AT, fields).expect(303);
    expect(await all()).toHaveLength(1);
  });
});

describe('The page of one program', () => {
  it('gives a new secret, shows that once, too, and says how long the former one counts', async () => {
    await start();
    const { at, page } = await enter();
    const answer = await manager.post(at, { ...hiddenFields(page, at), step: 'rotate' }).expect(303);
    expect(String(answer.headers['set-cookie'])).not.toContain('whsec');
    const rotated = (await manager.get(String(answer.headers.location)).expect(200)).text;
    expect(secretIn(rotated)).toBeDefined();
    expect(secretIn(rotated)).not.toBe(secretIn(page));
    expect(wordsIn(rotated)).toMatch(/Das neue Geheimnis gilt ab sofort.*Das frühere Geheimnis gilt noch bis/);
  });

  it('says what became of each message, and sends it again', async () => {
    await start();
    const { at, page } = await enter();
    receiver.answers(500);
    await manager.post(at, { ...hiddenFields(page, at), step: 'test' }).expect(303);
    await app.run('sendWebhooks');
    const { text } = await manager.get(at).expect(200);
    expect(wordsIn(text)).toMatch(/Probenachricht Nicht angekommen .*Antwort 500 · nächster Versuch ab/);
    receiver.answers(200);
    const again = /name="again" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await manager.post(at, { ...hiddenFields(text, at), again }).expect(303);
    await app.run('sendWebhooks');
    expect(wordsIn((await manager.get(at)).text)).toMatch(/Probenachricht Angekommen/);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([again]));
  });

  it('changes its address: what waits goes there, signed with the same secret, and a stale form is told so', async () => {
    await start();
    const { at, page } = await enter();
    const secret = secretIn(page) ?? '';
    receiver.answers(503);
    await manager.post(at, { ...hiddenFields(page, at), step: 'test' }).expect(303);
    await app.run('sendWebhooks');
    const other = await aReceiver();
    const form = typedFields((await manager.get(at).expect(200)).text, at, 'url');
    expect(form).toMatchObject({ url: receiver.url, 'event-booking-made': 'true', version: '1' });
    const change = { ...form, url: other.url, 'event-hours-changed': 'true', step: 'change' };
    const { headers } = await manager.post(at, change).expect(303);
    expect(wordsIn((await manager.get(headers.location ?? '')).text)).toContain('geht an die neue Adresse');
    expect((await all())[0]).toMatchObject({ url: other.url, events: ['booking.made', 'hours.changed'], version: 2 });
    receiver.answers(200);
    await app.run('sendWebhooks');
    const [message] = other.received;
    expect(message && verified(message, secret)).toMatchObject({ type: 'webhook.test' });
    await other.close();
    const late = (await manager.post(at, { ...change, url: receiver.url }).expect(200)).text;
    expect(wordsIn(late)).toMatch(/Jemand hat diesen Eintrag inzwischen geändert/);
    expect(typedFields(late, at, 'url')).toMatchObject({ url: receiver.url, version: '2' });
    expect((await all())[0]?.url).toBe(other.url);
  });

  it.each([
    ['https://10.0.0.7/hook', 'in einem privaten Netz'],
    ['', 'Bitte geben Sie die Adresse des Programms an.'],
  ])('does not change its address to %s, and keeps what was typed', async (url, said) => {
    await start();
    const { at, page } = await enter();
    const { text } = await manager.post(at, { ...typedFields(page, at, 'url'), url, step: 'change' }).expect(200);
    expect(wordsIn(text)).toContain(said);
    expect(typedFields(text, at, 'url').url).toBe(url);
    expect((await all())[0]).toMatchObject({ url: receiver.url, version: 1 });
  });

  it('withdraws it after one more question, and not if it was changed meanwhile', async () => {
    await start();
    const { at, page } = await enter();
    expect(page).toContain(`href="${at}/withdrawal"`);
    const asked = (await manager.get(`${at}/withdrawal`).expect(200)).text;
    await manager.post(at, { ...hiddenFields(page, at), step: 'rotate' }).expect(303);
    const fields = hiddenFields(asked, `${at}/withdrawal`);
    const late = await manager.post(`${at}/withdrawal`, fields).expect(303);
    expect(late.headers.location).toBe(`${at}/withdrawal`);
    expect(await all()).toHaveLength(1);
    const done = await manager.post(`${at}/withdrawal`, { ...fields, seen: '2' }).expect(303);
    expect(wordsIn((await manager.get(String(done.headers.location))).text)).toContain('erfährt nichts mehr');
    expect(await all()).toEqual([]);
    await manager.get(at).expect(404);
  });
});
