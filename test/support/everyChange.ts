type Tree = Record<string, unknown> | unknown[];

/**
 * Makes every small change of a JSON tree in place, one after the other, and undoes each before it makes the next. It
 * gives each leaf another value, leaves out each member and item, renames each member, adds a member to each object,
 * and exchanges neighbours in a list. It yields the place and the kind of each change while the tree has it.
 */
export function* everyChange(tree: Tree, at = ''): Generator<string> {
  for (const key of Object.keys(tree)) {
    const value = (tree as Record<string, unknown>)[key];
    if (typeof value === 'object' && value !== null) yield* everyChange(value as Tree, `${at}/${key}`);
    else yield* replaced(tree, withOther(tree, key, another(value)), `${at}/${key}: another value`);
    yield* replaced(tree, without(tree, key), `${at}/${key}: left out`);
    if (!Array.isArray(tree)) yield* replaced(tree, renamed(tree, key), `${at}/${key}: another name`);
    else if (Number(key) > 0) yield* replaced(tree, exchanged(tree, Number(key)), `${at}/${key}: before its neighbour`);
  }
  if (!Array.isArray(tree)) yield* replaced(tree, { ...tree, more: 1 }, `${at}: one more`);
}

/** Gives the tree another content until the caller asks for the next change. */
function* replaced(tree: Tree, content: Tree, change: string): Generator<string> {
  const before = Array.isArray(tree) ? [...tree] : { ...tree };
  fill(tree, content);
  yield change;
  fill(tree, before);
}

function fill(tree: Tree, content: Tree): void {
  if (Array.isArray(tree)) tree.splice(0, tree.length, ...(content as unknown[]));
  else {
    for (const key of Object.keys(tree)) delete tree[key];
    Object.assign(tree, content);
  }
}

function withOther(tree: Tree, key: string, value: unknown): Tree {
  return Array.isArray(tree) ? tree.with(Number(key), value) : { ...tree, [key]: value };
}

function without(tree: Tree, key: string): Tree {
  if (Array.isArray(tree)) return tree.toSpliced(Number(key), 1);
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
}

function renamed(tree: Record<string, unknown>, key: string): Tree {
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name === key ? `${name}x` : name, value]));
}

function exchanged(tree: readonly unknown[], index: number): Tree {
  return tree.with(index, tree[index - 1]).with(index - 1, tree[index]);
}

function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : 'other';
}
