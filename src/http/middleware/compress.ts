import compression from 'compression';
import type { RequestHandler } from 'express';

/**
 * Packs pages (brotli or gzip) for whoever takes that, except those that nobody may keep: what says `no-store` may hold a token, a
 * booking's link or a name next to words that came with the request, and its packed length would tell them letter by letter to
 * whoever sees the length and can make the browser ask again (BREACH). The API's answers stay as they are: their strong
 * tags name bytes. Assets are packed already.
 */
export function compress(): RequestHandler {
  return compression({
    filter: (_req, res) => {
      const [type, kept] = [res.getHeader('Content-Type'), res.getHeader('Cache-Control')];
      return String(type).startsWith('text/html') && !String(kept).includes('no-store');
    },
  });
}
