export type Json = Readonly<Record<string, unknown>>;

/** The indentation of the lines that belong to the line above them. */
const INDENT = '  ';
const SCHEMAS = '#/components/schemas/';

/** A line, and the lines below it that belong to it. */
interface Spelt {
  readonly head: string;
  readonly below: readonly string[];
}

/** Writes a JSON Schema behind its label on one line; the fields of an object stand on lines of their own below it. */
export function schemaLines(label: string, schema: unknown, after: readonly string[] = []): string[] {
  if (schema === undefined) return [words(label, ...after)];
  if (typeof schema !== 'object' || schema === null) return [words(label, json(schema), ...after)];
  const { head, below } = spelt(schema as Json);
  return [words(label, head, ...after), ...below.map(indented)];
}

/** Writes keywords that have no notation of their own, with their values as JSON. */
export function rest(others: Json): string[] {
  return Object.entries(others).map(([key, value]) => `${key}=${json(value)}`);
}

/** Writes a text of the document in quotes. */
export function quoted(text: unknown): string[] {
  return text === undefined ? [] : [json(text)];
}

export function indented(line: string): string {
  return `${INDENT}${line}`;
}

export function words(...parts: readonly unknown[]): string {
  return parts.filter((part) => part !== '' && part !== undefined).join(' ');
}

export function object(value: unknown): Json {
  return (value ?? {}) as Json;
}

export function list(value: unknown): readonly unknown[] {
  return (value ?? []) as readonly unknown[];
}

export function json(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function spelt(schema: Json): Spelt {
  const { description, example, default: usual, ...shape } = schema;
  const { head, below } = spelling(shape);
  const extras = [
    ...(usual === undefined ? [] : [`default ${json(usual)}`]),
    ...(example === undefined ? [] : [`e.g. ${json(example)}`]),
    ...quoted(description),
  ];
  return { head: words(head, ...extras), below };
}

function spelling(shape: Json): Spelt {
  if (typeof shape.$ref === 'string') return { head: reference(shape), below: [] };
  if (Array.isArray(shape.anyOf)) {
    const { anyOf, ...others } = shape;
    return waysSpelling(list(anyOf), '|', rest(others));
  }
  if (Array.isArray(shape.oneOf)) {
    const { oneOf, ...others } = shape;
    return waysSpelling(list(oneOf), '^', rest(others));
  }
  if (shape.type === 'object') return objectSpelling(shape);
  if (shape.type === 'array') return arraySpelling(shape);
  return { head: scalar(shape), below: [] };
}

function reference({ $ref, ...others }: Json): string {
  const target = String($ref);
  return words(target.startsWith(SCHEMAS) ? target.slice(SCHEMAS.length) : json(target), ...rest(others));
}

/** Writes alternatives on one line, unless several of them have fields. `|` stands for anyOf, `^` for oneOf. */
function waysSpelling(ways: readonly unknown[], sign: string, others: readonly string[]): Spelt {
  const all = ways.map((way) => spelt(object(way)));
  if (all.filter(({ below }) => below.length > 0).length <= 1)
    return {
      head: words(all.map(({ head }) => head).join(` ${sign} `), ...others),
      below: all.flatMap(({ below }) => below),
    };
  return {
    head: words(sign, ...others),
    below: all.flatMap(({ head, below }) => [`${sign} ${head}`, ...below.map(indented)]),
  };
}

function objectSpelling(shape: Json): Spelt {
  const { type: _object, properties, required, additionalProperties, propertyNames, ...others } = shape;
  const fields = Object.entries(object(properties));
  const must = new Set(list(required));
  const marked = fields.map(([name]) => name).filter((name) => must.has(name));
  // `required` is printed unless it lists exactly the fields without `?`, in their order. An empty list is printed,
  // too, because it differs from none.
  const isTold = required === undefined || (marked.length > 0 && json(marked) === json(required));
  const isMap = typeof additionalProperties === 'object';
  return {
    head: words(
      properties === undefined ? 'map' : fields.length === 0 ? 'no fields' : 'object',
      additionalProperties === false ? 'closed' : '',
      ...(additionalProperties === undefined || additionalProperties === false || isMap
        ? []
        : rest({ additionalProperties })),
      ...(isTold ? [] : rest({ required })),
      ...rest(others),
    ),
    below: [
      ...fields.flatMap(([name, field]) => schemaLines(`${name}${must.has(name) ? '' : '?'}:`, field)),
      ...(propertyNames === undefined ? [] : schemaLines('each name:', propertyNames)),
      ...(isMap ? schemaLines('each value:', additionalProperties) : []),
    ],
  };
}

function arraySpelling(shape: Json): Spelt {
  const { type: _array, items, minItems, maxItems, ...others } = shape;
  const inner = items === undefined ? { head: '', below: [] } : spelt(object(items));
  return { head: words(`[${inner.head}]`, ...range('items', minItems, maxItems), ...rest(others)), below: inner.below };
}

function scalar(shape: Json): string {
  const { type, format, enum: values, const: only, minLength, maxLength, minimum, maximum, pattern, ...others } = shape;
  const shown = only === undefined ? list(values) : [only];
  // The listed values show their type; it is printed only if `type` is another one.
  const isTold = shown.length > 0 && shown.every((value) => typeOf(value) === type);
  return words(
    isTold ? '' : typeName(type),
    ...(only === undefined ? [] : [json(only)]),
    ...(values === undefined ? [] : [list(values).map(json).join(' | ') || '[]']),
    ...(format === undefined ? [] : [`as ${json(format)}`]),
    ...range('length', minLength, maxLength),
    ...range('range', minimum, maximum),
    ...(pattern === undefined ? [] : [typeof pattern === 'string' ? `/${pattern}/` : json(pattern)]),
    ...rest(others),
  );
}

/** `string`, or `string|null` for a list of types. */
function typeName(type: unknown): string {
  if (type === undefined) return 'any';
  if (Array.isArray(type) && type.length > 1 && type.every((one) => typeof one === 'string')) return type.join('|');
  return typeof type === 'string' ? type : json(type);
}

/** The name that JSON Schema has for the type of a value. */
function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function range(noun: string, from: unknown, to: unknown): string[] {
  return from === undefined && to === undefined ? [] : [`${noun} ${json(from)}..${json(to)}`];
}
