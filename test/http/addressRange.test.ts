import fc from 'fast-check';
import { addressRange } from '../../src/http/addressRange';

const ranges = (...ips: (string | undefined)[]) => new Set(ips.map((ip) => addressRange(ip).range));

describe('The range of an address', () => {
  it('is an IPv4 address, and its /24, however it is written', () => {
    expect(addressRange('198.51.100.7')).toEqual({
      range: '198.51.100.7',
      networks: [
        { width: 'host', network: '198.51.100.7' },
        { width: '/24', network: '198.51.100/24' },
      ],
      shared: false,
    });
    expect(
      ranges('198.51.100.7', '198.51.100.7:4711', '::ffff:198.51.100.7', '::FFFF:C633:6407', '[::ffff:c633:6407]:80'),
    ).toEqual(new Set(['198.51.100.7']));
    expect(ranges('198.51.100.7', '198.51.100.8').size).toBe(2);
  });

  it('is the /64 of an IPv6 address, and its /56 and /48', () => {
    expect(addressRange('2001:db8:7:ab12::1')).toEqual({
      range: '20010db80007ab12/64',
      networks: [
        { width: 'host', network: '20010db80007ab12/64' },
        { width: '/24', network: '20010db80007ab/56' },
        { width: '/48', network: '20010db80007/48' },
      ],
      shared: false,
    });
    expect(
      ranges(
        '2001:db8:7:ab12::',
        '2001:DB8:7:ab12:ffff:ffff:ffff:ffff',
        '[2001:db8:7:ab12::9]:443',
        '2001:db8:7:ab12::%eth0',
      ).size,
    ).toBe(1);
    expect(ranges('2001:db8:7:ab00::1', '2001:db8:7:ab01::1', '2001:db8:8:ab00::1', '2001:db9:7:ab00::1').size).toBe(4);
  });

  it('does not change with whatever is behind the /64', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(group, group, group, group, fc.array(group, { minLength: 4, maxLength: 4 }), (a, b, c, d, rest) => {
        const of = (...groups: number[]) => groups.map((one) => one.toString(16)).join(':');
        const one = addressRange(of(a, b, c, d, ...rest)).range;
        expect(addressRange(of(a, b, c, d, 1, 2, 3, 4)).range).toBe(one);
        expect(addressRange(of(a, b, c, d ^ 1, ...rest)).range).not.toBe(one);
      }),
    );
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0:0:0:0:0:0:0:1'])(
    'is shared by many for %s',
    (ip) => {
      expect([addressRange(ip).shared, addressRange(ip).networks.length]).toEqual([true, 1]);
    },
  );

  it.each([
    undefined,
    '',
    'unknown',
    'evil',
    '1.2.3',
    '999.1.1.1',
    '::g',
    '12345::',
    '[]',
    ':::',
    '127.0.0.1.evil',
    '::2',
  ])('is not shared, and never an error, for %p', (ip) => {
    expect(addressRange(ip).shared).toBe(false);
  });

  it('is one for all that are no addresses', () => {
    expect(ranges(undefined, '', 'evil', 'x'.repeat(10_000))).toEqual(new Set(['unknown']));
    fc.assert(fc.property(fc.string(), (text) => addressRange(text).range.length < 30));
  });
});
