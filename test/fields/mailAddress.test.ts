import { addressKey, addressText, likelyMeant, readAddress } from '../../src/fields/mailAddress';

describe('readAddress', () => {
  it.each([
    [' kim@client.example ', 'kim@client.example'],
    ["o'neil+x{y}|z~#$%&*=?^_`!/-@a.example", "o'neil+x{y}|z~#$%&*=?^_`!/-@a.example"],
    ['kim@münchen.example', 'kim@xn--mnchen-3ya.example'],
    ['olena@пошта.укр', 'olena@xn--80a1acn3a.xn--j1amh'],
    ['x@例え。jp', 'x@xn--r8jz45g.jp'],
    ['kim＠client.example', 'kim@client.example'],
    ['x@y.xn--j1amh', 'x@y.xn--j1amh'],
  ])('reads %p', (typed, address) => expect(readAddress(typed)).toBe(address));

  it.each([
    ...[
      '',
      '@',
      'kim',
      'kim@',
      'kim@desk',
      '@b.example',
      '.a@b.example',
      'a..b@c.example',
      'a b@c.example',
      'ü@a.example',
    ],
    ...[
      'a@1.2.3.4',
      'a@1.2',
      'a@[127.0.0.1]',
      'a@-b.example',
      'a@b-.example',
      'x@xn--a.example',
      'a@b.example.',
      'a@b..example',
    ],
    ...[
      'a@b.example/x',
      'a@ünï/x.example',
      'a@ü.example?x',
      'a@b.example, c@d.example',
      'a@b.example\r\nBcc: c@d.example',
    ],
    ...['"Kim" <kim@client.example>', `${'a'.repeat(65)}@b.example`, `a@${'ü'.repeat(70)}.example`],
  ])('refuses %p', (typed) => expect(readAddress(typed)).toBeUndefined());
});

it('addressText and addressKey return the Unicode form that people know', () => {
  expect(addressText('olena@xn--80a1acn3a.xn--j1amh')).toBe('olena@пошта.укр');
  expect(addressText('kim@client.example')).toBe('kim@client.example');
  expect(addressKey(' Olena@ПОШТА.укр')).toBe(addressKey('olena@xn--80a1acn3a.xn--j1amh'));
});

describe('likelyMeant', () => {
  it.each([
    ...[
      ['gmial.com', 'gmail.com'],
      ['gmail.con', 'gmail.com'],
      ['gamil.com', 'gmail.com'],
      ['gmal.com', 'gmail.com'],
    ],
    ...[
      ['gmx.ed', 'gmx.de'],
      ['webb.de', 'web.de'],
      ['t-onlin.de', 't-online.de'],
      ['hotmial.com', 'hotmail.com'],
    ],
    ...[
      ['outlok.de', 'outlook.de'],
      ['yaho.com', 'yahoo.com'],
      ['Gmial.com', 'gmail.com'],
    ],
  ])('suggests for %s the domain %s', (typed, meant) => expect(likelyMeant(`kim@${typed}`)).toBe(`kim@${meant}`));

  it.each([
    ...[
      'gmail.com',
      'gmx.net',
      'mailbox.org',
      'mail.com',
      'client.example',
      'wdr.de',
      'ihk.de',
      'eon.com',
      'ya.ru',
      'mail.ru',
    ],
    ...['hhu.de', 'qq.com', 'xn--80a1acn3a.xn--j1amh'],
  ])('suggests nothing for %s', (host) => expect(likelyMeant(`kim@${host}`)).toBeUndefined());
});
