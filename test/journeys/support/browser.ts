import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { CHROMIUM } from '../../support/chromium';
import { axeViolations } from './axe';

/** On a machine without Chromium the journeys are skipped, and say so. */
export const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser) process.stderr.write(`journeys skipped: no Chromium at ${CHROMIUM} (set CHROMIUM_PATH)\n`);

/** `describe` where there is a browser, a visible skip where there is none. */
export const journey = hasBrowser ? describe : describe.skip;

export interface Visitor {
  readonly page: Page;
  /** Requests to other hosts, and script errors. */
  readonly mishaps: string[];
  /** Names the page in a failure, and finds no violation of accessibility, no sideways scrolling, no mishap on it. */
  looksRight(name: string): Promise<void>;
}

/** What reaches beyond the page, with the beginning of its text. */
const WIDE = `[...document.querySelectorAll('main *, header *, footer *')]
  .filter((element) => element.getBoundingClientRect().right > innerWidth || element.getBoundingClientRect().left < 0)
  .map(({ tagName, className, textContent }) => tagName + '.' + className + ': ' + textContent.trim().slice(0, 60))
  .slice(-5)`;

/** A fresh browser profile. @param options `axe: false` leaves accessibility to another visitor who goes the same way */
export async function visitor(
  browser: Browser,
  { javaScript, axe = true, ...options }: { javaScript: boolean; axe?: boolean } & BrowserContextOptions,
): Promise<Visitor> {
  const context = await browser.newContext({ ...options, javaScriptEnabled: javaScript });
  // Of one step, on a machine on which server and browser share two slow processors.
  context.setDefaultTimeout(90_000);
  const page = await context.newPage();
  const twin = javaScript || !axe ? undefined : await (await browser.newContext(options)).newPage();
  // The browser may have been closed meanwhile, and the twin with it.
  page.once(
    'close',
    () =>
      void twin
        ?.context()
        .close()
        .catch(() => undefined),
  );
  const mishaps: string[] = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) mishaps.push(request.url());
  });
  page.on('pageerror', (error) => mishaps.push(`script error: ${error.message}`));
  return {
    page,
    mishaps,
    async looksRight(name) {
      const violations = axe ? await axeViolations(page, twin) : [];
      const width = page.viewportSize()?.width ?? 0;
      const sideways = Number(await page.evaluate('document.documentElement.scrollWidth')) - width;
      const wide = sideways > 0 ? await page.evaluate(WIDE) : [];
      expect({ name, violations, sideways: Math.max(0, sideways), wide, mishaps }).toEqual({
        name,
        violations: [],
        sideways: 0,
        wide: [],
        mishaps: [],
      });
    },
  };
}
