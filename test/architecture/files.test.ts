import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');
/** From here on a file does more than one thing. */
const TOO_MANY_LINES = 300;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));

describe('The files of src', () => {
  it(`have fewer than ${TOO_MANY_LINES} lines each`, () => {
    expect(files.length).toBeGreaterThan(200);
    const lines = files.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    expect(lines.filter((each) => each.lines >= TOO_MANY_LINES)).toEqual([]);
  });

  it('import one another in no circle', () => {
    const imports = new Map(files.map(({ file, text }) => [file, valueImports(file, text)]));
    expect([...imports.values()].flat().length).toBeGreaterThan(1_000);
    expect(circles(imports)).toEqual([]);
  });
});

/** The files of src that a file needs when it runs. Imports of types only are gone by then, and so may lead in a circle. */
function valueImports(file: string, text: string): string[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: specifier } = statement;
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return [];
    return isTypeOnly(statement) ? [] : [fileAt(resolve(SRC, dirname(file), specifier.text))];
  });
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const { importClause } = statement;
  if (!importClause) return false;
  const { name, namedBindings } = importClause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : [];
  return importClause.isTypeOnly || (!name && named.length > 0 && named.every((element) => element.isTypeOnly));
}

function fileAt(path: string): string {
  return relative(SRC, existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts'));
}

/** Each way that leads back to where it began, once. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const follow = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file]);
    else if (!done.has(file)) {
      for (const next of imports.get(file) ?? []) follow(next, [...way, file]);
      done.add(file);
    }
  };
  for (const file of imports.keys()) follow(file, []);
  return found;
}
