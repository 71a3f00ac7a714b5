import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { type CsvError, type Info, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ImportDetails, ImportLine } from '../app/booking/importPlan';
import { JsonError, linesOf } from '../desks/jsonLines';
import { answers, email, language, name, phone, slug, writtenStart } from '../fields/schemas';
import { clientLocaleFor } from '../presentation/texts';
import { Refusal } from './command';

/** The columns of a CSV file, in any order. */
export const COLUMNS = ['advisor', 'topic', 'language', 'mode', 'start', 'name', 'email', 'phone'] as const;
/** The columns that a file may omit or leave empty. */
const WITHOUT: readonly string[] = ['email', 'phone'];
/** How the columns of answers begin, one for each question: `answers.permit-end`. */
const ANSWER = 'answers.';

/** A client's field that may be null, absent or blank; all three are read as null. */
const optional = (field: z.ZodType<string>) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? null : value), field.nullish());
const Line = z.strictObject(
  {
    advisor: slug,
    topic: slug,
    language,
    mode: slug,
    start: writtenStart,
    client: z.strictObject(
      { name, email: optional(email), phone: optional(phone) },
      { error: ({ code }) => (code === 'invalid_type' ? 'expected name, email and phone' : undefined) },
    ),
    answers: answers.optional(),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'expected an object' : undefined) },
);

/**
 * Reads the bookings of another system from a JSON array of objects or a CSV file. The first character of the file
 * decides which it is, or else its name. Every line is returned; a line that cannot be read comes with what is wrong
 * with it.
 *
 * @throws Refusal if the file as a whole cannot be read
 */
export function readImport(path: string): ImportLine[] {
  const text = textOf(path);
  if (text.trim() === '') throw new Refusal(`${path}: is empty`);
  const isJson = /^\s*[[{]/.test(text) || extname(path).toLowerCase() === '.json';
  return isJson ? jsonLines(path, text) : csvLines(path, text);
}

/**
 * Reads a UTF-8 file without its byte order mark. A file in another encoding is refused, because every name with an
 * accent would be spoiled.
 */
function textOf(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new Refusal(`${path}: expected text in UTF-8`);
    throw new Refusal(`${path}: cannot be read (${code})`);
  }
}

function jsonLines(path: string, text: string): ImportLine[] {
  const lines = positions(path, text);
  const items: unknown = JSON.parse(text);
  if (!Array.isArray(items)) throw new Refusal(`${path}: expected a JSON array of bookings`);
  return items.map((item, i) => ({ place: `line ${lines.get(`/${i}`)}, item ${i + 1}`, told: toldBy(item) }));
}

function positions(path: string, text: string): ReadonlyMap<string, number> {
  try {
    return linesOf(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new Refusal(`${path}:${error.line}: ${error.message}`);
  }
}

interface Row {
  readonly record: string[];
  readonly info: Info;
}

/**
 * Reads the records of a CSV file. A quotation mark that is never closed swallows the rest of the file; the rest is
 * listed as one line, and the records before it are read.
 */
function csvLines(path: string, text: string): ImportLine[] {
  const { plain, delimiter } = separated(text.replace(/\r\n?/g, '\n'));
  const broken: CsvError[] = [];
  const [header, ...rows] = parse(plain, {
    delimiter,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // Spreadsheets write a row of delimiters for each row that was edited and emptied again.
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    on_skip: (error) => void (error && broken.push(error)),
  }) as unknown as Row[];
  const columns = columnsOf(path, header?.record ?? [], header?.info.lines ?? 1);

  const lines = rows.map((row) => ({ place: placeOf(row), told: toldInColumns(columns, row.record) }));
  if (broken.length === 0) return lines;
  const last = rows.at(-1)?.info.lines ?? header?.info.lines ?? 0;
  const end = plain.trimEnd().split('\n').length;
  return [...lines, { place: span(last + 1, end), told: ['a quotation mark is not closed'] }];
}

/** Matches a first line such as `sep=;`, by which spreadsheets state the delimiter. */
const SEPARATOR = /^\s*"?sep=([,;\t|])"?[ \t]*(?=\n|$)/i;

/**
 * Finds the delimiter: the one that a `sep=` line states, or else the one that the header uses. A `sep=` line is
 * blanked, so that lines keep their numbers.
 */
function separated(text: string): { plain: string; delimiter: string } {
  const told = SEPARATOR.exec(text)?.[1];
  const plain = told ? text.replace(SEPARATOR, (line) => line.replace(/[^\n]/g, '')) : text;
  const header = plain.trimStart().split('\n', 1)[0] ?? '';
  return { plain, delimiter: told ?? (header.includes(';') ? ';' : ',') };
}

/** Reads the header. A column without a name is kept as an empty text. */
function columnsOf(path: string, header: readonly string[], line: number): string[] {
  const columns = header.map((cell) => cell.trim().toLowerCase());
  const named = columns.filter((column) => column !== '');
  const missing = COLUMNS.filter((column) => !WITHOUT.includes(column) && !columns.includes(column));
  const unknown = named.filter(
    (column, i) => (!COLUMNS.some((one) => one === column) && !column.startsWith(ANSWER)) || named.indexOf(column) < i,
  );
  if (missing.length === 0 && unknown.length === 0) return columns;
  const wrong = missing.length > 0 ? `${missing.join(', ')} missing` : `${unknown.length} columns are not known here`;
  throw new Refusal(`${path}:${line}: expected the header ${COLUMNS.join(',')} (${wrong})`);
}

/** Turns a record into the object that a JSON file would have. Cells missing at the end of a record count as empty. */
function toldInColumns(columns: readonly string[], record: readonly string[]): ImportLine['told'] {
  const cells = record.map(plainCell);
  const used = cells.findLastIndex((cell) => cell !== '') + 1;
  if (used > columns.length)
    return [
      `has ${used} fields, and the header ${columns.length}: a delimiter in a field needs quotes around it, and quotes must end`,
    ];
  const nameless = columns.findIndex((column, i) => column === '' && cells[i]);
  if (nameless >= 0) return [`field ${nameless + 1} has a value, and its column no name`];
  const told = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  const { name, email, phone, '': _, ...rest } = told;
  const isAnswer = ([column]: [string, string]) => column.startsWith(ANSWER);
  const cellsOf = Object.entries(rest);
  const fields = Object.fromEntries(cellsOf.filter((cell) => !isAnswer(cell)));
  const given = cellsOf.filter(isAnswer).map(([column, cell]) => [column.slice(ANSWER.length), cell]);
  return toldBy({ ...fields, client: { name, email, phone }, answers: Object.fromEntries(given) });
}

/**
 * Removes the apostrophe by which a spreadsheet marks a cell as text (`'+49 211 1`, `'=1`). It is kept before a letter,
 * because a name may begin with one.
 */
function plainCell(cell: string): string {
  return cell.trim().replace(/^'(?=[+\-=@\d])/, '');
}

function toldBy(item: unknown): ImportLine['told'] {
  const { success, data, error } = Line.safeParse(item);
  if (!success) return error.issues.flatMap(complaints);
  const { advisor, topic, client, ...rest } = data;
  const kept = { email: client.email ?? null, phone: client.phone ?? null };
  const written = writtenIn(item);
  // Mails about an imported booking are written in the consultation's language if there are mails in it.
  const told: ImportDetails = {
    ...rest,
    advisorId: advisor,
    topicId: topic,
    client: {
      name: client.name,
      ...kept,
      language: clientLocaleFor(data.language),
    },
    ...((written.email !== kept.email || written.phone !== kept.phone) && { written }),
  };
  return told;
}

/** Returns mail address and phone number exactly as the file has them. The item was validated before. */
function writtenIn(item: unknown): NonNullable<ImportDetails['written']> {
  const { client } = item as { client: { email?: string | null; phone?: string | null } };
  return { email: client.email?.trim() || null, phone: client.phone?.trim() || null };
}

function complaints(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: is not known here`);
  const field = issue.path.at(-1);
  return [field === undefined ? issue.message : `${String(field)}: ${issue.message}`];
}

/** Names the line or lines of a record; a record with line breaks in its fields has several. */
function placeOf({ record, info }: Row): string {
  const breaks = record.join('').split('\n').length - 1;
  return span(info.lines - breaks, info.lines);
}

function span(first: number, last: number): string {
  return first < last ? `lines ${first} to ${last}` : `line ${first}`;
}
