import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { areaOf } from '../../src/areas';
import { API_ROOT, apiPaths, paths } from '../../src/paths';

const SRC = resolve(__dirname, '../../src');

/** The first segments of all addresses that have a word of their own there: `/staff`, `/b`, `/desks`. */
const ROOTS = new Set(
  [API_ROOT, ...Object.values(paths), ...Object.values(apiPaths)]
    .map((path) => path.split('/')[1] ?? '')
    .filter((segment) => /^\w/.test(segment)),
);

/** What stands between quotes in a file, imports left out; in a template `§` stands for what is filled in, `¶` for what is called an URL. */
function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push(node.head.text + node.templateSpans.map(spanText).join(''));
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text.slice(1).replaceAll('\\/', '/').replace(/^\^/, ''));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function spanText({ expression, literal }: ts.TemplateSpan): string {
  return `${/(url|origin|base)$/i.test(expression.getText()) ? '¶' : '§'}${literal.text}`;
}

/** An address of ours, or its beginning: by its first word, by two segments that are filled in, or behind the configured address. */
function isAddress(text: string): boolean {
  const first = /^[§¶]?\/([\w-]+)(?=[/?§]|$)/.exec(text)?.[1];
  return (first !== undefined && ROOTS.has(first)) || /^\/§\/§|^¶\/./.test(text);
}

const VIEWS = resolve(__dirname, '../../views');

/** What a template prints as it stands there: without comments, with `§` for what is filled in. */
function printedBy(template: string): string {
  return readFileSync(join(VIEWS, template), 'utf8')
    .replace(/\{\{!--[\s\S]*?--\}\}/g, '')
    .replace(/\{\{[\s\S]*?\}\}\}?/g, '§');
}

describe('Addresses', () => {
  it('are written in paths.ts and its parts, their roots in areas.ts, and in no other file', () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(80);
    expect(textsOf('paths.ts').filter(isAddress).length).toBeGreaterThan(40);
    const elsewhere = files
      .filter((file) => !['paths.ts', 'pathParts.ts', 'areas.ts'].includes(file))
      .flatMap((file) =>
        textsOf(file)
          .filter(isAddress)
          .map((text) => `${file}: ${text}`),
      );
    expect(elsewhere).toEqual([]);
  });

  it('are filled into templates, which write none themselves', () => {
    const templates = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
    expect(templates.length).toBeGreaterThan(50);
    const written = templates.flatMap((template) =>
      [...printedBy(template).matchAll(/(?<=["'>§\s])\/(?![>\s])[^"'<\s]*/g)].map(([text]) => `${template}: ${text}`),
    );
    expect(written).toEqual([]);
  });

  it('are written once', () => {
    for (const all of [Object.values(paths), Object.values(apiPaths)])
      expect(new Set<string>(all).size).toBe(all.length);
  });

  it('belong to the area that their first word says', () => {
    const areas = Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, areaOf(path)]));
    expect(areas).toMatchObject({
      start: 'page',
      manage: 'manage',
      staffDay: 'staff',
      mail: 'mailbox',
      asset: 'asset',
    });
    for (const [name, area] of Object.entries(areas))
      if (name.startsWith('staff')) expect([name, area]).toEqual([name, 'staff']);
  });
});
