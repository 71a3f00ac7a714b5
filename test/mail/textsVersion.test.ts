import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textsVersion } from '../../src/mail/textsVersion';

const VIEWS = join(__dirname, '../../views');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** The version of the program's views after a change of one file. */
function versionWith(changed?: string): string {
  const views = mkdtempSync(join(tmpdir(), 'views-'));
  folders.push(views);
  for (const part of ['mail', 'locales', 'layouts']) cpSync(join(VIEWS, part), join(views, part), { recursive: true });
  if (changed !== undefined) appendFileSync(join(views, changed), '\n');
  return textsVersion(views);
}

describe('The version of the texts in the facts of a mail', () => {
  it('is the same wherever the same files are', () => {
    expect(versionWith()).toBe(textsVersion(VIEWS));
    expect(versionWith()).toMatch(/^[0-9a-f]{12}$/);
  });

  it.each([
    'mail/client.html.hbs',
    'mail/advisor.txt.hbs',
    'locales/de/client/mail.json',
    'locales/en/staff/mail.json',
  ])('is another after a change of %s', (file) => {
    expect(versionWith(file)).not.toBe(textsVersion(VIEWS));
  });

  it('does not depend on what no mail is written from', () => {
    expect(versionWith('locales/de/errors.json')).toBe(textsVersion(VIEWS));
  });
});
