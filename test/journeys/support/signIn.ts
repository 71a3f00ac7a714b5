import type { Page } from 'playwright-core';
import { VIEWS } from '../../../src/compose';
import { loadTexts, type StaffLocale } from '../../../src/presentation/texts';
import { PASSWORD } from '../../support/staff';

const texts = loadTexts(VIEWS, { production: false });

/** Signs in as a role of the Expat desk, see `addStaff`; the day of the desk is open then, or an advisor's own. */
export async function signIn(page: Page, origin: string, language: StaffLocale, role = 'receptionist'): Promise<void> {
  const t = texts.in('staff', language);
  await page.goto(`${origin}/staff?lang=${language}`);
  await page.getByLabel(t('staff.signIn.email')).fill(`${role}@expat-desk.example`);
  await page.getByLabel(t('staff.signIn.password')).fill(PASSWORD);
  await page.locator('main').getByRole('button').click();
  await page.waitForURL(/\/(my-)?day/);
}
