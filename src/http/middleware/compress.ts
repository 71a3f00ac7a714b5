import compression from 'compression';
import type { RequestHandler } from 'express';

/**
 * Compresses pages (brotli or gzip) if the browser accepts it, except those with `no-store`: they may contain a token,
 * a booking's link or a name next to text from the request, and their compressed length would reveal it letter by
 * letter to somebody who sees the length and can make the browser repeat the request (BREACH). Answers of the API are
 * not compressed, because their strong tags identify bytes. Assets are compressed already.
 */
export function compress(): RequestHandler {
  return compression({
    filter: (_req, res) => {
      const [type, kept] = [res.getHeader('Content-Type'), res.getHeader('Cache-Control')];
      return String(type).startsWith('text/html') && !String(kept).includes('no-store');
    },
  });
}
