import { indented, type Json, json, list, object, quoted, rest, schemaLines, words } from './schemaDigest';

const PROBLEMS = '#/components/responses/Problem';
/** The media type of every body for which the digest names none. */
const USUAL_MEDIA_TYPE = 'application/json';

/**
 * Writes an OpenAPI document as text that a person compares line by line: each operation with its parameters, body and
 * answers, then each schema with its fields. `?` marks what may be missing, `closed` an object that allows no other
 * fields; texts of the document stand in quotes.
 *
 * Every part of the document changes the text. A part without a notation of its own is printed as JSON. The digest
 * leaves out only what is as usual: the media type `application/json`, and a `required` that the missing `?` already
 * show.
 */
export function apiDigest(document: Json): string {
  return documentParts(document)
    .map((part) => partLines(part).join('\n'))
    .join('\n\n')
    .concat('\n');
}

/**
 * Cuts the document into small documents: its frame, one for each operation, one for each schema, and one for the other
 * components. `apiDigest` writes them one after the other.
 */
export function documentParts(document: Json): Record<string, unknown>[] {
  const { paths, components, ...frame } = document;
  const { schemas, ...otherComponents } = object(components);
  return [
    frame,
    ...Object.entries(object(paths)).flatMap(([path, item]) => {
      const methods = Object.entries(object(item)).map(([method, operation]) => ({ [method]: operation }));
      return (methods.length > 0 ? methods : [item]).map((part) => ({ paths: { [path]: part } }));
    }),
    ...Object.entries(object(schemas)).map(([name, schema]) => ({ components: { schemas: { [name]: schema } } })),
    { components: otherComponents },
  ];
}

function partLines({ paths, components, ...frame }: Json): string[] {
  const { schemas, responses, ...otherComponents } = object(components);
  return [
    ...Object.entries(frame).map(([key, value]) => `${key} ${json(value)}`),
    ...Object.entries(object(paths)).flatMap(([path, item]) => pathLines(path, item)),
    ...Object.entries(object(schemas)).flatMap(([name, schema]) => schemaLines(`${name}:`, schema)),
    ...Object.entries(object(responses)).flatMap(([name, response]) => responseLines(name, object(response))),
    ...rest(otherComponents),
  ];
}

function pathLines(path: string, item: unknown): string[] {
  const methods = Object.entries(object(item));
  if (methods.length === 0) return [words(path, json(item))];
  return methods.flatMap(([method, operation]) => operationLines(`${method.toUpperCase()} ${path}`, object(operation)));
}

function operationLines(address: string, operation: Json): string[] {
  const { operationId, tags, summary, description, security, parameters, requestBody, responses, ...others } =
    operation;
  const inside = [
    ...quoted(description),
    ...(security === undefined ? [] : [`security ${json(security)}`]),
    ...list(parameters).flatMap((parameter) => parameterLines(object(parameter))),
    ...(requestBody === undefined ? [] : bodyLines(object(requestBody))),
    ...answerLines(object(responses)),
    ...rest(others),
  ];
  return [words(address, operationId, json(tags), ...quoted(summary)), ...inside.map(indented)];
}

function parameterLines(parameter: Json): string[] {
  const { in: place, name, required, schema, description, ...others } = parameter;
  // The document has a description twice, at the parameter and at its schema. If both are the same, it is printed once.
  const { description: again, ...bare } = object(schema);
  const told = again === description ? quoted(description) : [...quoted(description), ...rest({ schema: again })];
  return schemaLines(`${place} ${name}${mark(required, undefined)}:`, bare, [...rest(others), ...told]);
}

function bodyLines(body: Json): string[] {
  const { content, required, ...others } = body;
  return contentLines(`body${mark(required, false)}`, content, rest(others));
}

/**
 * Returns the lines of the answers. Answers that only refer to the usual problem document of their status share a line.
 */
function answerLines(responses: Json): string[] {
  const all = Object.entries(responses);
  const problems = all.filter(([status, response]) => json(response) === json({ $ref: `${PROBLEMS}${status}` }));
  const answers = all.filter((entry) => !problems.includes(entry));
  return [
    ...answers.flatMap(([status, response]) => responseLines(`→ ${status}`, object(response))),
    ...(problems.length === 0 ? [] : [`→ ${problems.map(([status]) => `Problem${status}`).join(' ')}`]),
  ];
}

function responseLines(label: string, response: Json): string[] {
  const { content, description, headers, ...others } = response;
  const headerLines = Object.entries(object(headers)).flatMap(([header, value]) =>
    parameterLines({ in: 'header', name: header, ...object(value) }),
  );
  const emptyHeaders = headers !== undefined && headerLines.length === 0 ? rest({ headers }) : [];
  return [
    ...contentLines(label, content, [...rest(others), ...emptyHeaders, ...quoted(description)]),
    ...headerLines.map(indented),
  ];
}

function contentLines(label: string, content: unknown, after: readonly string[]): string[] {
  const [first, ...more] = Object.entries(object(content));
  if (first === undefined) return [words(label, ...(content === undefined ? [] : rest({ content })), ...after)];
  return [...mediaLines(label, first, after), ...more.flatMap((media) => mediaLines('or', media, []).map(indented))];
}

function mediaLines(label: string, [type, media]: [string, unknown], after: readonly string[]): string[] {
  const { schema, ...others } = object(media);
  return schemaLines(`${type === USUAL_MEDIA_TYPE ? label : words(label, type)}:`, schema, [...rest(others), ...after]);
}

/**
 * Returns `?` for what may be missing. `usual` is the value of `required` by which the document normally says so;
 * another value that is not `true` is printed.
 */
function mark(required: unknown, usual: unknown): string {
  if (required === true) return '';
  return required === usual ? '?' : `? ${rest({ required }).join()}`;
}
