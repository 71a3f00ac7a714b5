import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const WHOLE_BROWSER = '/usr/bin/chromium';
/** The same engine without the browser around it, which nobody sees here and which takes a third of the time. */
const SHELL = '/usr/bin/chromium-headless-shell';

/** Chromium is no part of `npm ci`: it comes with the machine. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? (existsSync(SHELL) ? SHELL : WHOLE_BROWSER);

/** A headless Chromium that speaks to nobody but the pages that it is led to. */
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
