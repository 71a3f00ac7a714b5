import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';

const KERN = packageFolder('@kern-ux/native');
const EVENT_CALENDAR = packageFolder('@event-calendar/build');

/**
 * Stylesheets, fonts and the few browser modules, all from our own server:
 * `/assets/` is `views/assets`, `/assets/kern/` and `/assets/event-calendar/` are the packages' `dist`.
 *
 * Pages ask for a file with `?v=` and the version from `assetVersion`; such an answer may be kept for a year. Fonts are asked for
 * by KERN's own stylesheet, without a version, and change only with the package. All else is asked for again with its ETag.
 */
export function assets(viewsDir: string): Router {
  const router = Router();
  const serve = (folder: string) =>
    express.static(folder, {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (res, file) => {
        const versioned = 'v' in (res.req as express.Request).query;
        res.setHeader('Cache-Control', versioned ? FOR_A_YEAR : file.endsWith('.woff2') ? FOR_A_WEEK : 'no-cache');
      },
    });

  // The licence of KERN (EUPL-1.2) asks that its text goes where the work goes.
  router.get('/assets/kern/LICENSE.md', (_req, res) => {
    res.type('text/plain').send(readFileSync(join(KERN, 'LICENSE.md'), 'utf8'));
  });
  router.use('/assets/kern', serve(join(KERN, 'dist')));
  router.use('/assets/event-calendar', serve(join(EVENT_CALENDAR, 'dist')));
  router.use('/assets', serve(join(viewsDir, 'assets')));
  return router;
}

const FOR_A_YEAR = 'public, max-age=31536000, immutable';
const FOR_A_WEEK = 'public, max-age=604800';

/** A short name for the present content of all assets; it changes when any of them does. Read once, at start. */
export function assetVersion(viewsDir: string): string {
  const hash = createHash('sha256');
  for (const folder of [KERN, EVENT_CALENDAR]) hash.update(readFileSync(join(folder, 'package.json')));
  const own = join(viewsDir, 'assets');
  for (const entry of readdirSync(own, { recursive: true, withFileTypes: true }).sort(byPath))
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest('base64url').slice(0, 8);
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
