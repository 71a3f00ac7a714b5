import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

const LINE =
  'TRUST_PROXY: a request came through a proxy (X-Forwarded-For), and none is named: all who come by it are counted as one by the limits';

/** Logs once, at the first forwarded request, that TRUST_PROXY is not set. */
export function noticeProxy(
  { logger }: { readonly logger: Logger },
  trustProxy: string | number | false,
): RequestHandler {
  let said = trustProxy !== false;
  return (req, _res, next) => {
    if (!said && (req.headers['x-forwarded-for'] ?? req.headers.forwarded) !== undefined) {
      said = true;
      logger.warn(LINE);
    }
    next();
  };
}
