import type { LookupAddress } from 'node:dns';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { calendarReader } from '../../src/outgoing/calendars';
import { aCalendarServer } from '../support/calendarServer';

const TEXT = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';

let server: Awaited<ReturnType<typeof aCalendarServer>>;
beforeEach(async () => {
  server = await aCalendarServer();
});
afterEach(() => server.close());

const reader = (part: object = {}) => calendarReader({ allow: ['127.0.0.1'], readMs: 2_000, ...part });

describe('A calendar of somebody’s own', () => {
  it('is read with its marks, and asked for by them', async () => {
    server.gives(TEXT, { ETag: '"one"', 'Last-Modified': 'Mon, 30 Nov 2026 10:00:00 GMT' });
    const read = await reader().read(server.url);
    expect(read).toEqual({ text: TEXT, tag: '"one"', modified: 'Mon, 30 Nov 2026 10:00:00 GMT' });
    server.answers((res) => void res.writeHead(304).end());
    expect(await reader().read(server.url, read as never)).toBe('same');
    expect(server.asked.at(-1)).toMatchObject({
      'if-none-match': '"one"',
      'if-modified-since': 'Mon, 30 Nov 2026 10:00:00 GMT',
      'accept-encoding': 'identity',
    });
  });

  it.each<[string, (res: ServerResponse) => unknown, string]>([
    ['refused', (res) => void res.writeHead(401).end(), 'refused'],
    ['gone', (res) => void res.writeHead(404).end(), 'refused'],
    ['elsewhere', (res) => void res.writeHead(302, { Location: 'http://169.254.169.254/' }).end(), 'moved'],
    ['too large by its own account', (res) => void res.writeHead(200, { 'Content-Length': '99999' }).end(), 'large'],
    ['too large', (res) => void res.writeHead(200).end('x'.repeat(2_000)), 'large'],
    ['packed', (res) => void res.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(TEXT)), 'no_calendar'],
    [
      'cut off',
      (res) => res.writeHead(200, { 'Content-Length': '500' }).write('BEGIN', () => res.destroy()),
      'connection',
    ],
  ])('is not read if it is %s', async (_, answer, problem) => {
    server.answers(answer);
    expect(await reader({ maxBytes: 1_000 }).read(server.url)).toEqual({ problem });
  });

  it('is not waited for any longer than so long', async () => {
    server.answers((res) => void res.writeHead(200).write('BEGIN'));
    expect(await reader({ readMs: 300 }).read(server.url)).toEqual({ problem: 'time' });
  });

  it.each([
    ['http://127.0.0.1/', 'https'],
    ['https://127.0.0.1/', 'address'],
    ['https://169.254.169.254/', 'address'],
    ['https://[::ffff:7f00:1]/', 'address'],
    ['https://0x7f.1/', 'address'],
    ['webcal://10.0.0.7/me.ics', 'address'],
    ['https://user:secret@calendar.example/', 'url'],
    ['file:///etc/passwd', 'url'],
    ['nothing', 'url'],
  ])('is not asked for at %s', async (url, problem) => {
    expect(await reader({ allow: [] }).read(url)).toEqual({ problem });
  });

  it('is not asked for at a name that leads inside by the time of the connection', async () => {
    const inside: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
    const lookUp = (_name: string, _options: object, done: (error: null, all: LookupAddress[]) => void) =>
      done(null, inside);
    expect(await reader({ allow: [], lookUp }).read('https://calendar.example/')).toEqual({ problem: 'address' });
    expect(server.asked).toEqual([]);
  });
});
