import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailbox } from '../../src/mail/mailbox';
import { aMessage, bytesOf, written } from '../support/mails';

let dir: string;
let box: ReturnType<typeof mailbox>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mailbox-'));
  box = mailbox(join(dir, 'mails'));
});

afterEach(() => rm(dir, { recursive: true }));

describe('The embedded mailbox', () => {
  it('is empty before the first mail, and no folder is needed', async () => {
    expect(await box.list()).toEqual([]);
  });

  it('shows the newest mail first', async () => {
    for (const stage of ['moved', 'booked', 'cancelled'] as const) await box.send(written(aMessage(stage)));
    const subjects = (await box.list()).map((mail) => mail.subject.split(' ')[0]);
    expect(subjects).toEqual(['Cancelled:', 'Moved:', 'Your']);
  });

  it('keeps the bytes that would have been sent', async () => {
    const message = aMessage();
    await box.send(written(message));
    const [mail] = await box.list();
    expect(await box.raw(mail?.id ?? '')).toEqual(bytesOf(message));
    expect(await readdir(join(dir, 'mails'))).toEqual([`${mail?.id}.eml`]);
  });

  it('shows a mail as its reader gets it', async () => {
    const message = aMessage();
    await box.send(written(message));
    const [mail] = await box.list();
    expect(mail).toMatchObject({
      from: '"Expat Service Desk" <beratung@expat-desk.example>',
      to: '"Kim Probe" <kim@client.example>',
      subject: message.subject,
      date: '2026-11-24T09:00:00.000Z',
      html: message.html,
      calendar: message.calendar,
      attachments: [{ filename: 'invite.ics', type: 'application/ics' }],
    });
    expect(mail?.text.trim()).toBe(message.text.trim());
    expect(mail?.attachments[0]?.content.toString()).toBe(message.calendar?.content);
    expect(mail?.headers).toContainEqual({ name: 'Content-Language', value: 'en' });
    expect(await box.find(mail?.id ?? '')).toEqual(mail);
  });

  it('keeps one file of a mail that is sent twice', async () => {
    for (const _ of [1, 2]) await box.send(written(aMessage()));
    expect(await box.list()).toHaveLength(1);
  });

  it('keeps one complete file of a mail that is sent twice at the same time', async () => {
    const message = aMessage();
    await Promise.all([box.send(written(message)), box.send(written(message))]);
    const [mail] = await box.list();
    expect(await box.raw(mail?.id ?? '')).toEqual(bytesOf(message));
    expect(await readdir(join(dir, 'mails'))).toEqual([`${mail?.id}.eml`]);
  });

  it.each(['../secret', '..%2fsecret', '/etc/passwd', 'secret', '', '\0', '000001795510800000-0123456789abcdef'])(
    'finds nothing under %j',
    async (id) => {
      await writeFile(join(dir, 'secret.eml'), 'Subject: secret\r\n\r\n');
      expect(await box.find(id)).toBeUndefined();
      expect(await box.raw(id)).toBeUndefined();
    },
  );

  it('ignores other files', async () => {
    await box.send(written(aMessage()));
    await writeFile(join(dir, 'mails', 'note.txt'), 'x');
    await writeFile(join(dir, 'mails', 'half.tmp'), 'x');
    expect(await box.list()).toHaveLength(1);
  });
});
