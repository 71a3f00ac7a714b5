import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const HTTP = resolve(__dirname, '../../src/http');

const VIEWS = resolve(__dirname, '../../views/pages');

const files = readdirSync(HTTP, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(join(HTTP, file), 'utf8');
    return { file, text, imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName) };
  });

describe('A page', () => {
  it('is imported by a table of contents (index.ts) and by nothing else, so that no page imports a page', () => {
    expect(files.filter(({ file }) => basename(file) === 'page.ts').length).toBeGreaterThan(20);
    const importers = files
      .filter(({ file }) => basename(file) !== 'index.ts')
      .flatMap(({ file, imports }) =>
        imports.filter((name) => name.endsWith('/page')).map((name) => `${file}: ${name}`),
      );
    expect(importers).toEqual([]);
  });

  it('prints the template of its own room, or of a room inside it, and every template is printed', () => {
    const pages = files.filter(({ file }) => /^(public|staff)\//.test(file));
    const printed = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/render\(\s*'pages\/((?:public|staff)\/[\w/]+)'/g)].map(([, template = '']) => ({
        file,
        template,
      })),
    );
    const strangers = printed.filter(({ file, template }) => {
      const room = dirname(file);
      return template !== room && dirname(template) !== room;
    });
    expect(strangers).toEqual([]);

    const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(public|staff)\/.*\.hbs$/.test(file))
      .map((file) => file.replace(/\.hbs$/, ''));
    expect(templates.filter((name) => !printed.some(({ template }) => template === name))).toEqual([]);
  });

  it('has a text block of its name, if it is a page of clients', () => {
    const blocks = Object.keys(
      JSON.parse(readFileSync(join(VIEWS, '../locales/en/client/booking.json'), 'utf8')) as object,
    );
    const rooms = files
      .filter(({ file }) => /^public\/.*\/view\.ts$/.test(file))
      .map(({ file }) => basename(dirname(file)))
      .filter((room) => room !== 'about');
    expect(rooms.filter((room) => !blocks.includes(room))).toEqual([]);
  });
});
