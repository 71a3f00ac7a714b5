/** A property of a calendar (RFC 5545 §3.1). Names are in capitals. */
export interface Property {
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
}

/** A component of a calendar, with the properties that were asked for. */
export interface Component {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly parts: readonly Component[];
}

/** A line of a rule or of dates is far shorter; a longer one is not read. */
const MAX_LINE_LENGTH = 100_000;
/** Components lie three deep at most: an alarm in an event in a calendar. */
const MAX_DEPTH = 8;

/**
 * Reads the components of an iCalendar text. It is one walk over the text; what is wrong in a line leaves out that line,
 * and a component that is not closed ends with the text.
 *
 * @param wanted the names of the properties that are kept, in capitals; of all others nothing is kept
 */
export function componentsOf(text: string, wanted: ReadonlySet<string>): Component[] {
  const root: Open = { name: '', properties: [], parts: [] };
  const open: Open[] = [root];
  for (const line of unfolded(text)) {
    const at = line.search(/[;:]/);
    if (at < 1 || line.length > MAX_LINE_LENGTH) continue;
    const name = line.slice(0, at).toUpperCase();
    if (name === 'BEGIN') begin(open, line.slice(at + 1));
    else if (name === 'END') end(open, line.slice(at + 1));
    else if (wanted.has(name)) {
      const property = propertyOf(name, line, at);
      if (property) open.at(-1)?.properties.push(property);
    }
  }
  return root.parts;
}

interface Open {
  readonly name: string;
  readonly properties: Property[];
  readonly parts: Open[];
}

function begin(open: Open[], name: string): void {
  const part: Open = { name: name.trim().toUpperCase(), properties: [], parts: [] };
  if (open.length <= MAX_DEPTH) open.at(-1)?.parts.push(part);
  open.push(part);
}

function end(open: Open[], text: string): void {
  const name = text.trim().toUpperCase();
  const at = open.findLastIndex((part) => part.name === name);
  if (at > 0) open.length = at;
}

/** Yields the lines, each with those that continue it. */
function* unfolded(text: string): Generator<string> {
  let parts: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (line.startsWith(' ') || line.startsWith('\t')) parts.push(line.slice(1));
    else {
      yield parts.join('');
      parts = [line];
    }
  }
  yield parts.join('');
}

/** Reads `;PARAM=value;PARAM="a:b":value`. @returns undefined if there is no value */
function propertyOf(name: string, line: string, from: number): Property | undefined {
  const params = new Map<string, string>();
  let isQuoted = false;
  let begun = from + 1;
  for (let i = from; i < line.length; i++) {
    const letter = line[i];
    if (letter === '"') isQuoted = !isQuoted;
    if (isQuoted || (letter !== ';' && letter !== ':')) continue;
    const [param, ...value] = line.slice(begun, i).split('=');
    if (i > from && param) params.set(param.toUpperCase(), value.join('=').replaceAll('"', ''));
    if (letter === ':') return { name, params, value: line.slice(i + 1).trim() };
    begun = i + 1;
  }
  return undefined;
}
