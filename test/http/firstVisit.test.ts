import { get as ask, createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { VIEWS } from '../../src/compose';
import { loadAssets } from '../../src/http/middleware/assets';
import { keptKern, usedClasses, wholeKern } from '../../tools/kern';
import { type TestApp, testApp } from '../support/app';
import { booked } from '../support/bookings';
import { aDesk } from '../support/builders';
import { signedInAs } from '../support/staff';

/** Of the list of desks and of a desk's page, with all that they need; it was 640,000 when nothing was packed. */
const MOST_BYTES = 80_000;

let t: TestApp;
let server: Server;
beforeAll(async () => {
  t = await testApp({ desks: [aDesk(), { ...aDesk(), id: 'second' }] });
  server = createServer(t.http);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await t.close();
});

interface Sent {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly bytes: Buffer;
}

/** What goes over the wire; `fetch` and supertest would unpack it. */
function wire(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Sent> {
  const { port } = server.address() as AddressInfo;
  return new Promise((done, fail) => {
    const asking = ask(
      { port, path, headers: { 'Accept-Encoding': 'gzip, deflate, br', ...headers }, method },
      (res) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece) => pieces.push(piece));
        res.on('end', () => done({ status: res.statusCode, headers: res.headers, bytes: Buffer.concat(pieces) }));
      },
    );
    asking.on('error', fail);
  });
}

const readable = ({ headers, bytes }: Sent) =>
  (headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes).toString();

describe('The first visit', () => {
  it.each(['/', '/de/expat-desk', '/en/expat-desk'])('of %s is small, with all that the page needs', async (path) => {
    const page = await wire(path, { 'Accept-Language': path.slice(1, 3) || 'de' });
    const html = readable(page);
    const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, at = '']) =>
      at.replace('&#x3D;', '='),
    );
    const sent = await Promise.all(assets.map((at) => wire(at)));
    // German and English have no letter outside of the first part of each weight.
    const fonts = [
      ...sent
        .map(readable)
        .join('')
        .matchAll(/\/assets\/fonts\/fira-sans-latin-\d+-normal\.woff2/g),
    ];
    const letters = await Promise.all(fonts.map(([at]) => wire(at)));
    expect([letters.length, [...sent, ...letters].every(({ status }) => status === 200)]).toEqual([2, true]);
    const sum = [page, ...sent, ...letters].reduce((before, { bytes }) => before + bytes.length, 0);
    expect(sum).toBeLessThan(MOST_BYTES);
  });

  it('loads nothing from anybody else', async () => {
    for (const path of ['/en/expat-desk', '/assets/kern.css', '/assets/sprechstunde.css'])
      expect(readable(await wire(path))).not.toMatch(/(?:src=|url\(|@import\s*)["']?(?:https?:)?\/\//);
  });
});

describe('What is packed', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('as %s is the same file, with a tag of its own', async (encoding, unpack) => {
    const [plain, packed] = [
      await wire('/assets/kern.css', { 'Accept-Encoding': 'identity' }),
      await wire('/assets/kern.css', { 'Accept-Encoding': encoding }),
    ];
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, encoding]);
    expect(unpack(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(packed.headers['content-length']).toBe(String(packed.bytes.length));
    expect([plain.headers.vary, packed.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding']);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    const asked = { 'Accept-Encoding': encoding, 'If-None-Match': String(packed.headers.etag) };
    expect((await wire('/assets/kern.css', asked)).status).toBe(304);
    const other = { 'Accept-Encoding': 'identity', 'If-None-Match': String(packed.headers.etag) };
    expect((await wire('/assets/kern.css', other)).status).toBe(200);
  });

  it('is what was asked for: an encoding that is refused is not sent, nor any for HEAD', async () => {
    const refused = await wire('/assets/kern.css', { 'Accept-Encoding': 'br;q=0, gzip' });
    expect(refused.headers['content-encoding']).toBe('gzip');
    const head = await wire('/assets/kern.css', {}, 'HEAD');
    expect([head.status, head.headers['content-encoding'], head.bytes.length]).toEqual([200, 'br', 0]);
    expect(head.headers['content-length']).toBe((await wire('/assets/kern.css')).headers['content-length']);
  });

  it('is no font, because fonts are packed already', async () => {
    const { headers, bytes } = await wire('/assets/fonts/fira-sans-latin-400-normal.woff2');
    expect([headers['content-type'], headers['content-encoding'], headers.vary]).toEqual([
      'font/woff2',
      undefined,
      undefined,
    ]);
    expect(bytes.subarray(0, 4).toString()).toBe('wOF2');
  });

  it('is a page that anybody may see, and none that holds a secret', async () => {
    const encoding = async (path: string, headers = {}) => (await wire(path, headers)).headers['content-encoding'];
    const link = `/b/${t.deps.tokens.tokenFor((await booked(t)).id)}`;
    const reception = await signedInAs(t);
    const search = await reception
      .get('/staff/expat-desk/bookings?q=Kim')
      .set('Accept-Encoding', 'gzip, br')
      .expect(200);
    expect(search.text).toContain('name="_csrf"');
    expect(await encoding('/en/expat-desk')).toBe('br');
    expect(await encoding('/en/expat-desk', { 'Accept-Encoding': 'gzip' })).toBe('gzip');
    expect([search.headers['content-encoding'], await encoding(link), await encoding('/staff/sign-in')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('The rules of KERN that are served', () => {
  /** Those that have a rule in `css`. */
  const ruled = (css: string) => new Set([...css.matchAll(/\.(kern-[\w-]+)/g)].map(([, name = '']) => name));

  it('are those of each class that pages use; else `npm run styles`', () => {
    const [all, kept] = [usedClasses(), ruled(keptKern())];
    // Some classes have rules only together with others that no page has.
    const alone = [...wholeKern().matchAll(/([^{}]+)\{/g)]
      .flatMap(([, selectors = '']) => selectors.split(','))
      .map((selector) => [...ruled(selector)])
      .filter((names) => names.every((name) => all.has(name)));
    const used = [...new Set(alone.flat())];
    expect(used).toEqual(expect.arrayContaining(['kern-btn--secondary', 'kern-icon--calendar-today', 'kern-table']));
    expect(used.filter((name) => !kept.has(name))).toEqual([]);
  });

  it('define each value of KERN that any of our rules takes', () => {
    const assets = loadAssets(VIEWS);
    const own = ['sprechstunde', 'staff', 'mailbox'].map((name) => String(assets.get(`${name}.css`)?.bytes));
    const css = [keptKern(), ...own].join('\n');
    const defined = new Set([...css.matchAll(/(--kern-[\w-]+)\s*:/g)].map(([, name]) => name));
    // `-contextual` ones have another value beside them, for where nobody sets them.
    const needed = [...css.matchAll(/var\(\s*(--kern-[\w-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !name.endsWith('-contextual'));
    expect(needed.filter((name) => !defined.has(name) && wholeKern().includes(`${name}:`))).toEqual([]);
  });
});
