import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const WHOLE_BROWSER = '/usr/bin/chromium';
/**
 * The same engine without the browser's own windows, which no test sees and which take a third of the processor time.
 */
const SHELL = '/usr/bin/chromium-headless-shell';

/** `npm ci` does not install Chromium; the machine provides it. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? (existsSync(SHELL) ? SHELL : WHOLE_BROWSER);

/** Starts a headless Chromium that opens no connections of its own beside those of the pages that a test visits. */
export function launch(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: CHROMIUM, args });
}
