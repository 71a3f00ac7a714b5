import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../../src');
const SUPPORT = resolve(__dirname, '../support');

/** Types that had several names for one thing; `docs/words.md` has the word that replaced them. */
const OLD_TYPES = [
  ...['Wish', 'Wanted', 'Asked', 'KnownWish', 'SlotSearch', 'ExplainSearch'],
  ...['Situation', 'Moment', 'Thought', 'Offer'],
  ...['Busy', 'Taken', 'DiaryEngagement', 'PlacedEngagement'],
];
/** Functions whose name did not say what they do. */
const OLD_FUNCTIONS = ['considering', 'once', 'placing', 'keeping', 'binding', 'composeMails'];
/** A superlative alone does not say of what. */
const BARE_CONSTANT = /^(MOST|FEW|FEWEST|LEAST|LONGEST|SHORTEST|FURTHEST|NOTHING)$/;
/** A count is a MAX or MIN, as in `MAX_PREPARED_STATEMENTS`. */
const MOST_CONSTANT = /^MOST_/;
/** A length ends in its unit, as in `LONGEST_CONSULTATION_MS`. */
const LENGTH_CONSTANT = /^(LONGEST|SHORTEST)_/;
/** The lengths of time by which others are counted are the only numbers that need no second word. */
const UNITS_OF_TIME = ['SECOND', 'MINUTE', 'HOUR', 'DAY'];
const UNIT = /_(MS|SECONDS|MINUTES|HOURS|DAYS|CHARACTERS|BYTES|LENGTH)$/;

interface Declaration {
  readonly file: string;
  readonly name: string;
  readonly kind: 'type' | 'function' | 'constant';
  readonly exported: boolean;
  readonly isNumber: boolean;
}

const declarations = declarationsIn(SRC);

function declarationsIn(folder: string): Declaration[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => declarationsOf(folder, file));
}

/** Lists the types, functions and constants that a file declares, at any depth. Constants are variables in capitals. */
function declarationsOf(folder: string, file: string): Declaration[] {
  const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Declaration[] = [];
  const add = (kind: Declaration['kind'], name: ts.Node, { exported = false, isNumber = false } = {}) =>
    found.push({ file, kind, name: name.getText(source), exported, isNumber });

  function visit(node: ts.Node): void {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name) add('type', node.name, { exported: isExported(node) });
    } else if (ts.isFunctionDeclaration(node) && node.name) add('function', node.name);
    else if ((ts.isVariableDeclaration(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name)) {
      if (/^[A-Z][A-Z0-9_]*$/.test(node.name.text))
        add('constant', node.name, { isNumber: ts.isVariableDeclaration(node) && isNumeric(node.initializer) });
      else if (ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer))
        add('function', node.name);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return found;
}

/** Tells whether an initializer is a number: a literal, or arithmetic. */
function isNumeric(initializer: ts.Expression | undefined): boolean {
  if (!initializer) return false;
  if (ts.isBinaryExpression(initializer)) return isNumeric(initializer.left) || isNumeric(initializer.right);
  return ts.isNumericLiteral(initializer) || UNITS_OF_TIME.includes(initializer.getText());
}

function isExported(node: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

function namesOf(kind: Declaration['kind'], isWrong: (name: string) => boolean): string[] {
  return declarations
    .filter((one) => one.kind === kind && isWrong(one.name))
    .map(({ file, name }) => `${file}: ${name}`);
}

describe('The names in src', () => {
  it('are read from all files', () => {
    expect(declarations.length).toBeGreaterThan(1000);
  });

  it('contain none of the old types', () => {
    expect(namesOf('type', (name) => OLD_TYPES.includes(name))).toEqual([]);
  });

  it('contain none of the old functions', () => {
    expect(namesOf('function', (name) => OLD_FUNCTIONS.includes(name))).toEqual([]);
  });

  it('have a noun in each constant, and a unit in each length', () => {
    expect(namesOf('constant', (name) => BARE_CONSTANT.test(name) || MOST_CONSTANT.test(name))).toEqual([]);
    expect(namesOf('constant', (name) => LENGTH_CONSTANT.test(name) && !UNIT.test(name))).toEqual([]);
  });

  it('have two words in each number: of what, and a noun or its unit', () => {
    const numbers = [...declarations, ...declarationsIn(SUPPORT)].filter(({ isNumber }) => isNumber);
    const bare = numbers.filter(({ name }) => !name.includes('_') && !UNITS_OF_TIME.includes(name));
    expect(bare.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it('give no two exported types one name', () => {
    const byName = new Map<string, string[]>();
    for (const { kind, exported, name, file } of declarations)
      if (kind === 'type' && exported) byName.set(name, [...(byName.get(name) ?? []), file]);
    expect([...byName].filter(([, files]) => files.length > 1)).toEqual([]);
  });
});
