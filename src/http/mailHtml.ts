import type { Response } from 'express';

/** Allows a mail's own inline styles and nothing else: no script, image or form. */
const MAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
];

/**
 * Answers with the HTML of a mail, for a frame of our own pages. @param linksOpen whether its links open outside the
 * frame; otherwise they lead nowhere
 */
export function sendMailHtml(res: Response, html: string, { linksOpen }: { readonly linksOpen: boolean }): void {
  const sandbox = linksOpen ? 'sandbox allow-popups allow-popups-to-escape-sandbox' : 'sandbox';
  res.setHeader('Content-Security-Policy', [...MAIL_POLICY, sandbox].join('; '));
  // A sandboxed frame has its own origin and cannot share ours, so the browser would log an error.
  res.removeHeader('Origin-Agent-Cluster');
  res.type('html').send(html.replace('<head>', '<head><base target="_blank">'));
}
