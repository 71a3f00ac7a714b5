import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');
const SRC = join(ROOT, 'src');
/** Whoever may import from src. */
const READERS = ['src', 'test', 'tools'];

interface Exported {
  readonly file: string;
  readonly name: string;
  readonly isType: boolean;
}

interface Used {
  readonly file: string;
  /** `*`: all of it, by `import * as` or `export *`. */
  readonly names: readonly string[];
}

const sources = READERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !file.includes('node_modules'))
    .map((file) => join(ROOT, folder, file)),
).map((path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));

/** What each file of src gives to others. */
const exported: readonly Exported[] = sources
  .filter(({ fileName }) => fileName.startsWith(`${SRC}/`))
  .flatMap((source) =>
    source.statements.flatMap((statement) =>
      namesOf(statement).map((name) => ({
        file: relative(SRC, source.fileName),
        name,
        isType: ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement),
      })),
    ),
  );

/** What some other file takes, by the file that it takes it from. */
const taken = new Map<string, Set<string>>();
for (const source of sources)
  for (const { file, names } of usesIn(source)) {
    const known = taken.get(file) ?? new Set();
    for (const name of names) known.add(name);
    taken.set(file, known);
  }

function namesOf(statement: ts.Statement): string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  return 'name' in statement && statement.name ? [(statement.name as ts.Identifier).text] : [];
}

function usesIn(source: ts.SourceFile): Used[] {
  const found: Used[] = [];
  const from = (specifier: ts.Expression | undefined, names: readonly string[]) => {
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    const target = resolve(dirname(source.fileName), specifier.text);
    for (const file of [`${target}.ts`, join(target, 'index.ts')]) found.push({ file: relative(SRC, file), names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
      from(node.moduleSpecifier, named?.map(({ name, propertyName }) => (propertyName ?? name).text) ?? ['*']);
    }
    if (ts.isExportDeclaration(node)) {
      const named = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : undefined;
      from(node.moduleSpecifier, named?.map(({ name, propertyName }) => (propertyName ?? name).text) ?? ['*']);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      from(node.argument.literal as ts.Expression, ['*']);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      from(node.arguments[0], ['*']);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('What a file of src exports', () => {
  it('is imported by some other file', () => {
    expect(exported.length).toBeGreaterThan(500);
    const unused = exported.filter(({ file, name }) => !taken.get(file)?.has(name) && !taken.get(file)?.has('*'));
    expect(unused.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('has no name twice among the types', () => {
    const types = exported.filter(({ isType }) => isType);
    const twice = types.filter(({ name, file }) => types.some((other) => other.name === name && other.file !== file));
    expect(twice.map(({ file, name }) => `${name} in ${file}`).sort()).toEqual([]);
  });
});
