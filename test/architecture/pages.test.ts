import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';

const HTTP = resolve(__dirname, '../../src/http');

const files = readdirSync(HTTP, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => {
    const text = readFileSync(join(HTTP, file), 'utf8');
    return { file, imports: ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName) };
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
});
