import fc from 'fast-check';
import { isAddress } from '../../src/fields/mailAddress';
import { checkedMailbox, oneLine, parseMailbox } from '../../src/mail/address';
import { cases } from '../support/cases';

fc.configureGlobal({ numRuns: cases(100) });

describe('isAddress', () => {
  it.each(['a@b.example', "o'neill+tag@sub.b.example", 'desk@localhost', 'x_y-z.1@b-c.example'])(
    'accepts %s',
    (text) => {
      expect(isAddress(text)).toBe(true);
    },
  );

  it.each([
    '',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'a@b.example c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example\n',
    '"x" <a@b.example>',
    '<a@b.example>',
    '"a b"@c.example',
    'a@[127.0.0.1]',
    'a@b@c.example',
    'a..b@c.example',
    '.a@b.example',
    'a@b..example',
    'a@',
    '@b.example',
    'a(comment)@b.example',
    'а@b.example',
  ])('refuses %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });

  it('accepts 254 characters and no more', () => {
    expect(isAddress(`${'a'.repeat(244)}@b.example`)).toBe(true);
    expect(isAddress(`${'a'.repeat(245)}@b.example`)).toBe(false);
  });

  it('returns at once for any text', () => {
    for (const text of [`${'a'.repeat(50_000)}!`, `${'a.'.repeat(100)}@`, `a@${'b.'.repeat(120)}`]) {
      expect(isAddress(text)).toBe(false);
    }
  });
});

describe('parseMailbox', () => {
  it.each([
    ['desk@city.example', { name: '', address: 'desk@city.example' }],
    ['  Service Desk <desk@city.example> ', { name: 'Service Desk', address: 'desk@city.example' }],
    ['"Desk, Service" <desk@city.example>', { name: 'Desk, Service', address: 'desk@city.example' }],
    ['<desk@city.example>', { name: '', address: 'desk@city.example' }],
  ])('reads %s', (text, mailbox) => {
    expect(parseMailbox(text)).toEqual(mailbox);
  });

  it.each([
    'Desk',
    'Desk <desk>, Other <o@city.example>',
    'Desk, Service <desk@city.example>',
    'Desk <a@b.example> <c@d.example>',
    'Desk <a@b.example',
    'a@b.example,c@d.example',
    '',
  ])('refuses %j', (text) => {
    expect(() => parseMailbox(text)).toThrow('invalid');
  });
});

describe('oneLine', () => {
  it('removes everything that could end a header or reverse its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
  it('does not change names', () => {
    for (const name of ['山田 花子', 'O’Neill', 'Ж Ü', '👩‍👩‍👧']) expect(oneLine(name)).toBe(name);
  });
});

describe('checkedMailbox', () => {
  it('never lets a name become a second address', () => {
    expect(checkedMailbox({ name: 'a\r\nTo: x@y.example', address: 'a@b.example' }).name).toBe('a To: x@y.example');
  });
});
