import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');

/** Whatever a file imports when it is loaded. Types are not loaded, and what a function requires only when it is called. */
function loadedWith(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return statement.isTypeOnly || !statement.moduleSpecifier ? [] : [nameOf(statement.moduleSpecifier)];
    if (!ts.isImportDeclaration(statement)) return [];
    const { importClause: clause, moduleSpecifier } = statement;
    const names = clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
    const onlyTypes = names.length > 0 && !clause?.name && names.every(({ isTypeOnly }) => isTypeOnly);
    return clause?.isTypeOnly || onlyTypes ? [] : [nameOf(moduleSpecifier)];
  });
}

function nameOf(specifier: ts.Expression): string {
  return ts.isStringLiteral(specifier) ? specifier.text : '';
}

/** The files and packages that are loaded with a file of `src`, whatever the settings. */
function reached(entry: string): { readonly files: ReadonlySet<string>; readonly packages: ReadonlySet<string> } {
  const files = new Set([join(SRC, entry)]);
  const packages = new Set<string>();
  for (const file of files)
    for (const name of loadedWith(file)) {
      const path = resolve(dirname(file), name);
      if (!name.startsWith('.')) packages.add(name);
      else files.add(existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts'));
    }
  return { files: new Set([...files].map((file) => relative(SRC, file))), packages };
}

describe('The start of the program', () => {
  const { files, packages } = reached('main.ts');

  it('loads what its pipeline is made of', () => {
    expect(files.size).toBeGreaterThan(350);
    expect([...packages]).toEqual(expect.arrayContaining(['express', 'kysely', 'pino', 'zod']));
  });

  it.each([
    'csv-parse/sync',
    'date-holidays',
    'handlebars',
    'ical-generator',
    'jsonc-parser',
    'libphonenumber-js/max',
    'luxon',
    'mailparser',
    'nodemailer',
    'nodemailer/lib/mime-node',
    'pg',
    'prom-client',
    'rrule',
    'timezones-ical-library',
    'transliteration',
    'zod-openapi',
  ])('does not wait for %s, which is loaded where it is first used', (name) => {
    expect(require.resolve(name)).toContain('node_modules');
    expect(packages).not.toContain(name);
  });

  it.each(['desks/schema.ts', 'demo/demo.ts', 'http/api/openapi.ts', 'mail/ics.ts', 'cli/run.ts'])(
    'does not wait for %s',
    (file) => {
      expect(existsSync(join(SRC, file))).toBe(true);
      expect(files).not.toContain(file);
    },
  );

  it('begins with the cache of what V8 has compiled', () => {
    expect(loadedWith(join(SRC, 'main.ts'))[0]).toBe('./compileCache');
    expect(loadedWith(join(SRC, 'cli.ts'))[0]).toBe('./compileCache');
  });
});
