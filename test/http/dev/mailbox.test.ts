import request from 'supertest';
import { type TestApp, testApp } from '../../support/app';
import { aClient } from '../../support/builders';
import { aMessage, bytesOf, written } from '../../support/mails';

let t: TestApp;
let box: TestApp['mailbox'];

beforeEach(async () => {
  t = await testApp();
  box = t.mailbox;
});

afterEach(() => t.close());

const http = () => request(t.http);

async function sent(message = aMessage()) {
  await box.send(written(message));
  return `/dev/mailbox/${(await box.list())[0]?.id}`;
}

describe('The development mailbox', () => {
  it('says that it is empty, and why', async () => {
    const { text } = await http().get('/dev/mailbox?lang=en').expect(200);
    expect(text).toContain('No mails yet.');
  });

  it('lists the newest mail first, each with its link', async () => {
    for (const stage of ['booked', 'cancelled', 'moved'] as const) await box.send(written(aMessage(stage)));
    const { text, headers } = await http().get('/dev/mailbox?lang=en').expect(200);
    expect(text.match(/(?<=">)(Your|Moved:|Cancelled:)/g)).toEqual(['Cancelled:', 'Moved:', 'Your']);
    for (const { id } of await box.list()) expect(text).toContain(`href="/dev/mailbox/${id}"`);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('shows a mail with its calendar part, readable and raw', async () => {
    const { text } = await http()
      .get(`${await sent()}?lang=en`)
      .expect(200);
    for (const part of ['REQUEST', '2027-03-25 09:00 Europe/Berlin', 'Musterplatz 1, 40213 Düsseldorf', 'BEGIN:VEVENT'])
      expect(text).toContain(part);
    expect(text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(text).toContain('<a class="kern-link" href="https://termine.example/b/Zm9v');
  });

  it('shows a mail without a calendar part', async () => {
    const { text } = await http()
      .get(`${await sent({ ...aMessage(), calendar: null })}?lang=en`)
      .expect(200);
    expect(text).not.toContain('invite.ics');
  });

  it('shows the HTML only under a policy of its own, in which nothing runs', async () => {
    const { text, headers } = await http()
      .get(`${await sent()}/html`)
      .expect(200);
    expect(text).toContain('Your consultation is booked');
    const policy = headers['content-security-policy'];
    for (const rule of ["default-src 'none'", "style-src 'unsafe-inline'", 'sandbox allow-popups'])
      expect(policy).toContain(rule);
    expect(policy).not.toContain('script');
  });

  it('gives the message and the invitation as files', async () => {
    const message = aMessage();
    const at = await sent(message);
    const mail = await http().get(`${at}/message.eml`).responseType('blob').expect(200);
    expect((mail.body as Buffer).equals(bytesOf(message))).toBe(true);
    const invite = await http()
      .get(`${at}/invite.ics`)
      .expect('Content-Type', /^text\/calendar/)
      .expect(200);
    expect(invite.text).toBe(message.calendar?.content);
  });

  it('prints what a client wrote as text', async () => {
    const message = aMessage('booked', { client: aClient({ name: '<svg onload=alert(1)>' }) });
    const { text } = await http()
      .get(await sent(message))
      .expect(200);
    expect(text).not.toContain('<svg onload');
  });

  it.each(['nothing', '..%2f..%2fetc%2fpasswd', '%00', '000001795510800000-0123456789abcdef'])(
    'has no mail %s',
    async (id) => {
      for (const part of ['', '/html', '/message.eml', '/invite.ics'])
        await http().get(`/dev/mailbox/${id}${part}`).expect(404);
    },
  );

  it.each([
    ['a name that was made to lead here', { Host: 'evil.example' }],
    ['such a name with a port', { Host: 'evil.example:3000' }],
    ['a name that only begins like one of ours', { Host: 'localhost.evil.example' }],
    ['no name that can be read', { Host: '@' }],
    ['a proxy', { 'X-Forwarded-For': '192.0.2.1' }],
  ])('is not there for %s', async (_, headers: Record<string, string>) => {
    const message = await sent();
    for (const path of ['/dev/mailbox', message, `${message}/message.eml`, `${message}/html`])
      await http().get(path).set(headers).expect(404);
  });

  it.each(['localhost:3000', '127.0.0.1', '[::1]:3000', 'desk.example'])('is there for %s', async (Host) => {
    await http().get('/dev/mailbox').set({ Host }).expect(200);
  });
});
