import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Request, type RequestHandler, Router } from 'express';
import { assetUrl, paths } from '../../paths';
import { stillHolds, strongTag } from '../keptJson';
import { forOtherHosts } from '../otherHosts';
import { stylesheets } from './stylesheets';

/** By the address below `/assets/`. */
type Assets = ReadonlyMap<string, Asset>;

/** In the order of preference. */
const ENCODINGS = ['br', 'gzip'] as const;
type Encoding = (typeof ENCODINGS)[number];

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
/** The type of licences, which have no extension or `.md`. */
const PLAIN = 'text/plain; charset=utf-8';

/**
 * One file as it is sent: unchanged, or compressed at the highest level, which is done once, when it is first
 * requested.
 */
class Asset {
  readonly type: string;
  readonly tag: string;
  /** Fonts are compressed already. */
  readonly packable: boolean;
  private readonly packed = new Map<Encoding, Promise<Buffer>>();

  constructor(
    readonly name: string,
    readonly bytes: Buffer,
  ) {
    this.type = TYPES[name.split('.').pop() ?? ''] ?? PLAIN;
    this.packable = this.type !== TYPES.woff2;
    this.tag = strongTag(bytes);
  }

  in(encoding: Encoding): Promise<Buffer> {
    const known = this.packed.get(encoding) ?? PACK[encoding](this.bytes);
    this.packed.set(encoding, known);
    return known;
  }
}

const PACK: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Loads stylesheets, fonts and the few browser modules, all of which our own server delivers: `/assets/` is
 * `views/assets`, with stylesheets joined from the blocks in `css` (`stylesheets`); `/assets/fonts/` is Fira Sans in
 * parts (Fontsource). `tools/kern` decides the content of `kern.css`. Files are read once, at start.
 */
export function loadAssets(viewsDir: string): Assets {
  const fonts = dirname(require.resolve('@fontsource/fira-sans/LICENSE'));
  const own = join(viewsDir, 'assets');
  const files = [
    ...readdirSync(own, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, join(own, name)]),
    ...readdirSync(join(fonts, 'files'))
      .filter((name) => /-(400|600)-normal\.woff2$/.test(name))
      .map((name) => [`fonts/${name}`, join(fonts, 'files', name)]),
    // Their licences (OFL-1.1, EUPL-1.2) require that the text of the licence is delivered with the work.
    ['fonts/LICENSE', join(fonts, 'LICENSE')],
    ['kern/LICENSE.md', join(dirname(require.resolve('@kern-ux/native/package.json')), 'LICENSE.md')],
  ] as [string, string][];
  const read = files.map(([name, file]) => [name, readFileSync(file)] as const);
  const all = [...read, ...stylesheets(join(own, 'css'))];
  return new Map(all.map(([name, bytes]) => [name, new Asset(name, bytes)]));
}

/**
 * Sends the assets, compressed if the browser accepts it. Pages request a file with `?v=` and the version from
 * `assetVersion`; such an answer may be cached for a year. Fonts are requested by the stylesheet without a version, and
 * change only with their package. Everything else is revalidated with its ETag.
 */
export function assetRoutes(assets: Assets): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const send: RequestHandler = async (req, res, next) => {
    const asset = assets.get(req.path.slice(assetUrl('').length));
    if (!asset) return next();
    const encoding = asset.packable ? taken(req) : undefined;
    // Each encoding is another representation, and strong tags must differ between them (RFC 9110 §8.8.3).
    const tag = encoding ? asset.tag.replace(/"$/, `-${encoding}"`) : asset.tag;
    if (asset.packable) res.vary('Accept-Encoding');
    const kept = 'v' in req.query ? FOR_A_YEAR : asset.packable ? 'no-cache' : FOR_A_WEEK;
    res.set({ 'Cache-Control': kept, ETag: tag });
    if (asset.name === FOR_WEBSITES) forOtherHosts(res);
    if (stillHolds(req.get('if-none-match'), tag)) return void res.status(304).end();
    const bytes = encoding ? await asset.in(encoding) : asset.bytes;
    if (encoding) res.set('Content-Encoding', encoding);
    res.set({ 'Content-Type': asset.type, 'Content-Length': String(bytes.length) }).end(bytes);
  };
  router.get(paths.asset, send);
  return router;
}

/** What other websites load. */
const FOR_WEBSITES = 'sprechstunde-hours.js';
const FOR_A_YEAR = 'public, max-age=31536000, immutable';
const FOR_A_WEEK = 'public, max-age=604800';

function taken(req: Request): Encoding | undefined {
  const accepted = req.acceptsEncodings();
  return ENCODINGS.find((encoding) => accepted.includes(encoding));
}

/** Returns a short name for the content of all assets; it changes when any of them does. */
export function assetVersion(assets: Assets): string {
  const hash = createHash('sha256');
  for (const [name, { tag }] of assets) hash.update(name).update(tag);
  return hash.digest('base64url').slice(0, 8);
}
