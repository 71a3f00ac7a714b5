import { figuresCsv } from '../../../../src/http/figureTables';
import { type TestApp, testApp } from '../../../support/app';
import { aReceptionist } from '../../../support/builders';
import { facts } from '../../../support/figures';
import { type Browser, signedInAs, wordsIn } from '../../../support/staff';

const FIGURES = '/staff/expat-desk/figures';

let app: TestApp;
let manager: Browser;
beforeEach(async () => {
  app = await testApp();
  manager = await signedInAs(app, { role: 'manager' });
});
afterEach(() => app.close());

async function closed(...all: readonly ReturnType<typeof facts>[]) {
  await app.storage.atomically(({ figures }) => figures.addFacts(all.flat()));
  await app.run('closeMonths');
}
const page = async (query = '') => (await manager.get(`${FIGURES}?lang=en${query}`).expect(200)).text;

describe('The page of figures', () => {
  it('says when the first figures come, and asks for no period then', async () => {
    const text = await page();
    expect(wordsIn(text)).toContain('The first figures come on 1 December');
    expect(text).not.toContain('<select');
  });

  it('shows charts with a text at each bar, and a table beside each, with what is hidden marked', async () => {
    await closed(facts(20), facts(9, { topicId: 'career', mode: 'phone' }), facts(3, { month: '2026-09' }));
    const text = await page();
    const words = wordsIn(text);
    expect(words).toMatch(/Figures September 2026 to October 2026/);
    expect(words).toMatch(/Consultations at least 29 Persons at least 29/);
    expect(words).toMatch(/By topic .* Residence law at least 20/);
    expect(words).toMatch(/Topic Sept 26 Oct 26 Together Residence law \* hidden 20 at least 20/);
    expect(text.match(/<svg class="chart__bars" role="img" aria-label=/g)?.length).toBe(
      text.match(/class="figures__pair"/g)?.length,
    );
    expect(text).not.toMatch(/style=|<script>/);
  });

  it('shows the months that were chosen, also the other way round, and says that there are none', async () => {
    await closed(facts(20), facts(9, { month: '2026-09' }));
    expect(wordsIn(await page('&from=2026-09&to=2026-09'))).toMatch(/Figures September 2026 /);
    expect(wordsIn(await page('&from=2026-10&to=2026-09'))).toMatch(/September 2026 to October 2026/);
    expect(wordsIn(await page('&from=2025-01&to=2025-02'))).toContain('There are no figures of this period.');
    expect(wordsIn(await page('&from=nonsense'))).toMatch(/September 2026 to October 2026/);
  });

  it('gives each table as a file, with the numbers of the API', async () => {
    await closed(facts(20), facts(9, { topicId: 'career' }));
    const who = aReceptionist('Mana Leitung', { role: 'manager' });
    const figures = await app.app.readFigures({ who, deskId: 'expat-desk' });
    const links = [...(await page()).matchAll(/href="([^"]+\.csv[^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
    expect(links).toHaveLength(10);
    for (const href of links) {
      const { text, headers } = await manager.get(href).expect(200);
      const table = /figures\/(\w+)\.csv/.exec(href)?.[1] as Parameters<typeof figuresCsv>[1];
      expect(text).toBe(figuresCsv(figures, table));
      expect(headers['content-disposition']).toBe(`attachment; filename=expat-desk-${table}.csv`);
    }
    await manager.get(`${FIGURES}/advisors.csv`).expect(404);
  });

  it('is for the manager, who finds it in the navigation', async () => {
    expect(await page()).toContain(`href="${FIGURES}" aria-current="page"`);
    const reception = await signedInAs(app, { role: 'receptionist' });
    await reception.get(FIGURES).expect(403);
    await reception.get(`${FIGURES}/topics.csv`).expect(403);
    expect((await reception.get('/staff/expat-desk/tasks')).text).not.toContain(FIGURES);
  });
});

describe('Missing starts', () => {
  it('are a task with the half-day that would help, which the manager finishes and reception only reads', async () => {
    await app.storage.atomically(({ demand }) =>
      demand.count({ deskId: 'expat-desk', topicId: 'residence', language: 'tr', week: '2026-W48' }, 9),
    );
    await app.run('watchDemand');
    const TASKS = '/staff/expat-desk/tasks';
    const reception = await signedInAs(app, { role: 'receptionist' });
    const read = (await reception.get(`${TASKS}?lang=en`)).text;
    expect(wordsIn(read)).toMatch(/Turkish, Residence law: 9 appointments short until Friday, 11 December 2026/);
    expect(wordsIn(read)).toContain('nobody advises on this in that language');
    expect(read).not.toContain('name="task"');
    const text = (await manager.get(`${TASKS}?lang=en`)).text;
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
    await manager.post(TASKS, { _csrf: value('_csrf'), task: value('task') }).expect(303);
    expect(await app.storage.openStarts.open('expat-desk')).toEqual([]);
  });
});
