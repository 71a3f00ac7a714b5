import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { envelopeOf, rawMessage } from '../../src/mail/mime';
import { cases } from '../support/cases';
import { aMessage } from '../support/mails';
import { mimeTree } from '../support/mimeTree';

const message = aMessage('booked');

describe('rawMessage', () => {
  it('has one header of each name, whatever the names and the subject contain', async () => {
    const names = (raw: Buffer) =>
      raw
        .toString()
        .split('\r\n\r\n')[0]
        ?.replace(/\r\n[ \t]/g, '')
        .match(/^[^:\r\n]+(?=:)/gm);
    const plain = names(await rawMessage(message));
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const name = `${text}\r\nBcc: eve@evil.example\r\n\r\n${text}`;
        const raw = await rawMessage({
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
    const parsed = await simpleParser(await rawMessage({ ...message, text }));
    expect(parsed.text?.trimEnd()).toBe(text.trimEnd());
    expect(parsed.html).toBe(message.html);
  });

  it('is multipart/alternative of text and HTML without a calendar', async () => {
    const tree = mimeTree(await rawMessage({ ...message, calendar: null }));
    expect(tree.type).toBe('multipart/alternative');
    expect(tree.parts.map((part) => part.type)).toEqual(['text/plain', 'text/html']);
  });

  it('has the message’s own date', async () => {
    expect((await simpleParser(await rawMessage(message))).date?.getTime()).toBe(message.date);
  });

  it('has lines of at most 998 octets', async () => {
    const html = `<p>${'ü'.repeat(5000)}</p>`;
    for (const line of (await rawMessage({ ...message, html })).toString('latin1').split('\r\n'))
      expect(line.length).toBeLessThanOrEqual(998);
  });

  it.each([
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: x@y.example',
    '"x" <a@b.example>',
    `${'a'.repeat(300)}@b.example`,
  ])('refuses the address %j, for the mail and for the envelope', (address) => {
    for (const field of ['to', 'from', 'replyTo'] as const)
      expect(() => rawMessage({ ...message, [field]: { name: '', address } })).toThrow('invalid');
    expect(() => envelopeOf({ ...message, to: { name: '', address } })).toThrow('invalid');
  });

  it('refuses a Message-ID or a language that would end its header', () => {
    expect(() => rawMessage({ ...message, messageId: '<a@b.example>\r\nBcc: x@y.example' })).toThrow('invalid');
    expect(() => rawMessage({ ...message, language: 'de\r\nBcc: x@y.example' })).toThrow('invalid');
  });
});
