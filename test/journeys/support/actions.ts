import type { Page } from 'playwright-core';

/** What a person did on a page: presses of a button, a link or a place; choices in a list; keys, Tab left out. */
export interface Actions {
  press: number;
  choice: number;
  key: number;
}

const NOTE = `
  const note = (kind) => (event) => {
    if (event.isTrusted !== false || kind === 'choice') window.noteAction(kind, event.key ?? '');
  };
  addEventListener('pointerdown', note('press'), true);
  addEventListener('change', (event) => event.target.matches('select, [type=radio], [type=checkbox]') && note('choice')(event), true);
  addEventListener('keydown', note('key'), true);
`;

/** Counts from now on what is done on the page and on those to which it leads. */
export async function countActions(page: Page): Promise<Actions> {
  const done: Actions = { press: 0, choice: 0, key: 0 };
  await page.exposeFunction('noteAction', (kind: keyof Actions, key: string) => {
    if (key !== 'Tab') done[kind]++;
  });
  await page.addInitScript(NOTE);
  await page.evaluate(NOTE);
  return done;
}
