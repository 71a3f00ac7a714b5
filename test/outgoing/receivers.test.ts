import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isPublicAddress } from '../../src/outgoing/addresses';
import { receivers } from '../../src/outgoing/receivers';
import { cases } from '../support/cases';
import { aReceiver } from '../support/receiver';

const MESSAGE = { id: 'm1', at: 0, body: '{}', secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] };

/** Answers each look at a name with the next of these lists of addresses, the last of them from then on. */
function names(...answers: string[][]) {
  const asked: string[] = [];
  const lookUp = (name: string, _: unknown, done: (error: null, addresses: LookupAddress[]) => void) => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1] ?? [];
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookUp, asked };
}

describe('An address', () => {
  it.each([
    ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '192.0.2.1', '198.18.0.1', '198.19.255.255'],
    ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...['::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
    ...['::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'fec0::1'],
    ...['fe80::1%eth0', 'localhost', ''],
  ])('is not public: %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '198.17.255.255',
    '198.20.0.0',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
  ])('is public: %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it('is no more public in IPv6 than in IPv4', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const mapped = (ipaddr.parse(address) as ipaddr.IPv4).toIPv4MappedAddress().toString();
        expect(isPublicAddress(mapped)).toBe(isPublicAddress(address));
      }),
      { numRuns: cases(300) },
    );
  });
});

describe('Whoever enters the address of another program', () => {
  const { lookUp } = names(['93.184.216.34']);
  const internet = receivers({ allow: [], lookUp });

  it.each([
    ['https://program.example/hook', null],
    ['https://program.example:8443/hook?key=1', null],
    ['https://93.184.216.34/', null],
    ['http://program.example/hook', 'https'],
    ['ftp://program.example/hook', 'url'],
    ['https://user:pass@program.example/hook', 'url'],
    ['program.example', 'url'],
    ['', 'url'],
    ['https://program.example:22/', 'port'],
    ['https://127.0.0.1/', 'address'],
    ['https://0x7f.1/', 'address'],
    ['https://2130706433/', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::ffff:169.254.169.254]/', 'address'],
  ])('is told what is wrong with %s: %s', async (url, unfit) => {
    expect(await internet.unfit(url)).toBe(unfit);
  });

  it('is told that a name leads inside, even beside addresses that do not', async () => {
    const { lookUp: inside } = names(['93.184.216.34', '10.0.0.7']);
    expect(await receivers({ allow: [], lookUp: inside }).unfit('https://program.example/')).toBe('address');
  });

  it('may name a host that nobody knows yet', async () => {
    const unknown = (_: string, __: unknown, done: (error: Error, addresses: []) => void) =>
      done(new Error('ENOTFOUND'), []);
    expect(await receivers({ allow: [], lookUp: unknown as never }).unfit('https://new.example/')).toBeNull();
  });

  it.each([
    [['intranet.example'], 'http://intranet.example:8080/hook', null],
    [['intranet.example:8080'], 'http://intranet.example:8080/hook', null],
    [['intranet.example:8080'], 'https://intranet.example:8081/hook', 'address'],
    [['intranet.example:443'], 'https://intranet.example/hook', null],
    [['intranet.example:80'], 'http://intranet.example/hook', null],
    [['10.0.0.7'], 'http://10.0.0.7/hook', null],
    [['10.0.0.7'], 'http://10.0.0.8/hook', 'https'],
    [['[::1]'], 'http://[::1]:9000/hook', null],
    [['intranet.example'], 'https://evil.intranet.example/', 'address'],
  ])('may name a private host that the operator allows (%j): %s, %s', async (allow, url, unfit) => {
    expect(await receivers({ allow, lookUp: names(['10.0.0.7']).lookUp }).unfit(url)).toBe(unfit);
  });
});

describe('A message', () => {
  it('goes to no private address, though its name led elsewhere when it was entered (DNS rebinding)', async () => {
    const receiver = await aReceiver();
    const url = `https://program.example:${new URL(receiver.url).port}/hook`;
    const { lookUp, asked } = names(['93.184.216.34'], ['127.0.0.1']);
    const sending = receivers({ allow: [], lookUp });
    expect(await sending.unfit(url)).toBeNull();
    expect(await sending.post({ ...MESSAGE, url })).toEqual({ notReached: 'address' });
    expect([asked.length, receiver.received]).toEqual([2, []]);
    await receiver.close();
  });

  it('is connected to the very address that was checked: the name is looked up once', async () => {
    const { lookUp, asked } = names(['192.0.2.1'], ['127.0.0.1']);
    expect(await receivers({ allow: [], lookUp }).post({ ...MESSAGE, url: 'https://program.example/' })).toEqual({
      notReached: 'address',
    });
    expect(asked).toEqual(['program.example']);
  });

  it.each(['http://program.example/', 'https://127.0.0.1/', 'file:///etc/passwd', 'nonsense'])(
    'is not sent to %s, whoever has stored it',
    async (url) => {
      expect(await receivers({ allow: [] }).post({ ...MESSAGE, url })).toEqual({ notReached: 'address' });
    },
  );

  it('waits no longer than its time, neither for an answer nor for the end of one', async () => {
    const receiver = await aReceiver();
    const { hostname } = new URL(receiver.url);
    const sending = receivers({ allow: [hostname], attemptMs: 200 });
    receiver.answers(() => {});
    expect(await sending.post({ ...MESSAGE, url: receiver.url })).toEqual({ notReached: 'time' });
    receiver.answers((res) => void res.writeHead(200).write('for ever'));
    expect(await sending.post({ ...MESSAGE, url: receiver.url })).toEqual({ status: 200 });
    await receiver.goAway();
    expect(await sending.post({ ...MESSAGE, url: receiver.url })).toEqual({ notReached: 'connection' });
  });

  it('reads no more of an answer than a little', async () => {
    let written = 0;
    let over = false;
    const server = createServer((req, res) => {
      req.resume();
      res.on('close', () => {
        over = true;
      });
      const more = () => {
        while (!over && written < 50_000_000) {
          written += 65_536;
          if (!res.write(Buffer.alloc(65_536))) return void res.once('drain', more);
        }
        res.end();
      };
      more();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await receivers({ allow: ['127.0.0.1'] }).post({ ...MESSAGE, url })).toEqual({ status: 200 });
    await new Promise<void>((done) => server.close(() => done()));
    expect(written).toBeLessThan(20_000_000);
  });
});
