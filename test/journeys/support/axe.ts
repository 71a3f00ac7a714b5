import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * What axe finds on the page, by WCAG 2.2 AA and best practice, one line each; empty is right.
 *
 * Axe needs scripts. Where the visitor has them switched off, the very bytes that the visitor got are looked at in a
 * `twin`: a second page that has them on, at the same address and in the same window size.
 */
export async function axeViolations(page: Page, twin?: Page): Promise<string[]> {
  if (!twin) return run(page);
  const body = await page.content();
  await twin.unrouteAll();
  await twin.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
  await twin.goto(page.url());
  return run(twin);
}

async function run(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations: Violation[] = await page.evaluate(
    // Without fetching the stylesheets once more, which no rule in use needs.
    'axe.run(document, { resultTypes: ["violations"], preload: false, rules: { "target-size": { enabled: true } } }).then((result) => result.violations)',
  );
  const path = new URL(page.url()).pathname;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${path} ${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}
