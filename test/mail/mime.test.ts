import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { contentOf, envelopeOf, rawMessage } from '../../src/mail/mime';
import { cases } from '../support/cases';
import { aMessage, bytesOf, written } from '../support/mails';
import { mimeTree } from '../support/mimeTree';

const message = aMessage('booked');

describe('A mail as it is sent', () => {
  it('has one header of each name, whatever the names and the subject contain', async () => {
    const names = (raw: Buffer) =>
      raw
        .toString()
        .split('\r\n\r\n')[0]
        ?.replace(/\r\n[ \t]/g, '')
        .match(/^[^:\r\n]+(?=:)/gm);
    const plain = names(bytesOf(message));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const name = `${text}\r\nBcc: eve@evil.example\r\n\r\n${text}`;
        const raw = bytesOf({
          ...message,
          subject: name,
          to: { ...message.to, name },
          from: { ...message.from, name },
        });
        expect(names(raw)).toEqual(plain);
        const parsed = await simpleParser(raw);
        expect([parsed.to].flat().flatMap((to) => to?.value ?? [])).toHaveLength(1);
      }),
      { numRuns: cases(50) },
    );
  });

  it('carries the texts unchanged', async () => {
    const text = 'Grüße, 日本語 👩‍👩‍👧\n.\n..\nFrom here\n=3D\n  trailing  \n';
    const parsed = await simpleParser(bytesOf({ ...message, text }));
    expect(parsed.text?.trimEnd()).toBe(text.trimEnd());
    expect(parsed.html).toBe(message.html);
  });

  it('is multipart/alternative of text and HTML without a calendar', async () => {
    const tree = mimeTree(bytesOf({ ...message, calendar: null }));
    expect(tree.type).toBe('multipart/alternative');
    expect(tree.parts.map((part) => part.type)).toEqual(['text/plain', 'text/html']);
  });

  it('has Date, and a Sender if another mailbox sends it, before the same content', async () => {
    const mail = written(message);
    for (const [date, sender] of [
      [message.date, message.from.address],
      [message.date + 3_600_000, 'termine@city.example'],
    ] as const) {
      const raw = rawMessage({ ...mail, date, sender });
      expect(raw.toString().endsWith(mail.content)).toBe(true);
      const parsed = await simpleParser(raw);
      expect(parsed.date?.getTime()).toBe(date);
      const named = parsed.headers.get('sender') as { text: string } | undefined;
      expect(named?.text).toBe(sender === message.from.address ? undefined : sender);
    }
  });

  it('is ASCII, whatever its texts contain', () => {
    const name = 'Renée 高峰 👩‍👩‍👧';
    const mail = { ...message, subject: name, from: { ...message.from, name }, to: { ...message.to, name } };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is all of it
    expect(contentOf(mail)).toMatch(/^[\x00-\x7f]*$/);
  });

  it('has lines of at most 998 octets', async () => {
    const html = `<p>${'ü'.repeat(5000)}</p>`;
    for (const line of bytesOf({ ...message, html })
      .toString('latin1')
      .split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(998);
  });

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: x@y.example',
    '"x" <a@b.example>',
    `${'a'.repeat(300)}@b.example`,
  ])('refuses the address %j, for the mail and for the envelope', (address) => {
    for (const field of ['to', 'from', 'replyTo'] as const)
      expect(() => bytesOf({ ...message, [field]: { name: '', address } })).toThrow('invalid');
    expect(() => envelopeOf({ ...message, to: { name: '', address } })).toThrow('invalid');
  });

  it('refuses a Message-ID or a language that would end its header', () => {
    expect(() => bytesOf({ ...message, messageId: '<a@b.example>\r\nBcc: x@y.example' })).toThrow('invalid');
    expect(() => bytesOf({ ...message, language: 'de\r\nBcc: x@y.example' })).toThrow('invalid');
  });
});
