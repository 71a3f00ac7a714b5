import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { carriesSecret } from '../../areas';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Returns the headers that limit what the browser may do with our pages: load only from us, run no inline script or
 * style, and be framed only by us.
 *
 * - `data:` images are KERN's icons, which its stylesheet contains.
 * - `'self'` frames are for the development mailbox, which shows mails in a sandboxed frame.
 * - `upgrade-insecure-requests` is not set, because the program also runs on plain http inside a network. HSTS is set
 *   only if the base URL is https.
 * - Referrers are sent only to our own pages. `no-referrer` for all pages would make browsers send `Origin: null` with
 *   every form, which older ones (Safari before 16.4) and plain http (no Sec-Fetch headers) could then not be told from
 *   a foreign site's. Only pages whose address is itself a secret set it; see `sameOrigin`.
 */
function commonHeaders({ baseUrl }: { baseUrl: string }): [name: string, value: string][] {
  const https = new URL(baseUrl).protocol === 'https:';
  const common = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'frame-src': ["'self'"],
        'frame-ancestors': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'sameorigin' },
  });

  // They are the same for every answer, so they are computed only once.
  const res = new ServerResponse(new IncomingMessage(new Socket()));
  common(res.req, res, () => {});
  return Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]);
}

/** Sets them on each answer, with a stricter referrer policy on pages whose address is itself a secret. */
export function securityHeaders(deps: { baseUrl: string }): RequestHandler {
  const common = commonHeaders(deps);
  return (req, res, next) => {
    for (const [name, value] of common) res.setHeader(name, value);
    if (carriesSecret(req.path)) {
      res.setHeader('Referrer-Policy', 'no-referrer');
      res.setHeader('Cache-Control', 'no-store');
    }
    next();
  };
}

/** For pages that show personal data: neither the browser nor a proxy may store them. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  next();
};
