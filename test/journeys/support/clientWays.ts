import type { Page } from 'playwright-core';
import { VIEWS } from '../../../src/compose';
import { loadDeskFile } from '../../../src/desks/deskFile';
import { shippedDeskFiles } from '../../../src/desks/shippedDesks';
import { randomIds } from '../../../src/identity/ids';
import { CLIENT_LOCALES, type ClientLocale, loadTexts } from '../../../src/presentation/texts';

export const texts = loadTexts(VIEWS, { production: false });
/** The desks that the program comes with. */
export const desks = shippedDeskFiles().map((file) => loadDeskFile(file, randomIds));

/**
 * Each language with scripts and without, on a phone; 320 px are also a window of 1280 px at 400 %. Axe looks at each page in each
 * language; without scripts, which takes it twice as long, at two of them.
 */
export const ways: { language: ClientLocale; javaScript: boolean; width: number; axe: boolean }[] = [
  ...CLIENT_LOCALES.map((language) => ({ language, javaScript: true, width: 320, axe: true })),
  ...CLIENT_LOCALES.map((language) => ({
    ...{ language, javaScript: false, width: 360 },
    axe: language === 'de' || language === 'ar',
  })),
  { language: 'de', javaScript: true, width: 1180, axe: false },
];

/** Presses the button of the page's form. */
export async function press(page: Page, name: string): Promise<void> {
  await page.locator('main').getByRole('button', { name }).last().click();
}
