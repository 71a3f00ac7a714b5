import { readFileSync } from 'node:fs';
import type { $ZodIssue } from 'zod/v4/core';
import type { Ids } from '../app/ports/ids';
import type { LocalDate } from '../domain/calendar/hours';
import { assertApart } from '../domain/calendar/overlappingRules';
import { type Desk, USUAL_RETENTION } from '../domain/desk';
import { isRefusal } from '../domain/errors';
import { USUAL_LEGAL } from '../domain/legal';
import { limitsOf } from '../domain/limits';
import { JsonError, linesOf, pointer } from './jsonLines';
import { DeskFile } from './schema';

/** Lists all mistakes in a desk's file, one per line: `FILE:LINE: field: what is expected`. */
export class DeskFileError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'DeskFileError';
  }
}

/**
 * Reads one desk from a JSON file.
 *
 * @throws DeskFileError with every mistake that can be found in one pass, also if the file cannot be read
 */
export function loadDeskFile(path: string, ids: Pick<Ids, 'uuid'>): Desk {
  return parseDeskFile(textOf(path), path, ids);
}

/** Reads one desk from a JSON text; `file` is the name that the mistakes are reported under. @throws DeskFileError */
export function parseDeskFile(text: string, file: string, ids: Pick<Ids, 'uuid'>): Desk {
  const lines = positions(text, file);
  const parsed = DeskFile.safeParse(JSON.parse(text));
  if (parsed.success) {
    const overlap = overlapOf(parsed.data);
    if (overlap) throw new DeskFileError([`${file}:${overlapText(overlap, parsed.data, lines)}`]);
    return toDesk(parsed.data, ids);
  }

  const mistakes = parsed.error.issues
    .flatMap(complaints)
    .map(({ path, message }) => ({ path, message, line: lineOf(lines, path) }));
  mistakes.sort((a, b) => a.line - b.line);
  throw new DeskFileError(mistakes.map(({ path, message, line }) => `${file}:${line}: ${named(path)}: ${message}`));
}

/** Two opening rules of a file, by their places, and a day on which both open the desk. */
interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly date: LocalDate;
}

/** Returns two rules that open the desk at the same time, by the rule that holds for managers. */
function overlapOf({ openingRules }: DeskFile): Overlap | undefined {
  try {
    assertApart(openingRules, ALWAYS);
    return undefined;
  } catch (error) {
    if (!isRefusal(error, 'invalid-rule')) throw error;
    const { first, second, date } = error.details;
    return { first: Number(first), second: Number(second), date: String(date) };
  }
}

/** A file reads the same on every day, so its rules are compared from where those without a start begin. */
const ALWAYS: LocalDate = '1970-01-01';

/** Names both rules and their lines; the day only where it does not come from that long ago. */
function overlapText({ first, second, date }: Overlap, file: DeskFile, lines: ReadonlyMap<string, number>): string {
  const [other, own]: [Path, Path] = [
    ['openingRules', first],
    ['openingRules', second],
  ];
  const begin = [first, second].some((place) => file.openingRules[place]?.from !== undefined);
  const day = begin ? ` on ${date}` : '';
  const overlap = `overlaps ${named(other)} of line ${lineOf(lines, other)}${day}`;
  return `${lineOf(lines, own)}: ${named(own)}: ${overlap}: expected windows that do not overlap`;
}

/** Reads the file and removes a byte order mark at its start, which is not part of the text (RFC 8259 §8.1). */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new DeskFileError([`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`]);
  }
}

function positions(text: string, file: string): ReadonlyMap<string, number> {
  try {
    return linesOf(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new DeskFileError([`${file}:${error.line}: ${error.message}`]);
  }
}

type Path = readonly PropertyKey[];

/** Splits an issue into one complaint for each unknown field, so that each is reported with its own line. */
function complaints(issue: $ZodIssue): { path: Path; message: string }[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message }));
  return [
    {
      path,
      message: message.replace(/^Invalid (input|option): /, '').replace(/, received undefined$/, ', but it is missing'),
    },
  ];
}

/** Returns the line of the value, or of the object that it is missing from. */
function lineOf(lines: ReadonlyMap<string, number>, path: Path): number {
  return lines.get(pointer(path)) ?? (path.length > 0 ? lineOf(lines, path.slice(0, -1)) : 1);
}

/** Writes a path as `topics[2].modes[0]`. */
function named(path: Path): string {
  if (path.length === 0) return 'desk';
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`))
    .join('');
}

/** Builds the desk and fills in the defaults of fields that the file may leave out. */
function toDesk(file: DeskFile, { uuid }: Pick<Ids, 'uuid'>): Desk {
  const {
    timeZone,
    holidays,
    openingRules,
    exceptions,
    topics,
    headline,
    about,
    retention,
    legal,
    reserves,
    limits,
    openBookingsPerClient,
    ...desk
  } = file;
  return {
    ...desk,
    headline: headline ?? desk.name,
    about: about ?? null,
    retention: { ...USUAL_RETENTION, ...retention },
    legal: { ...USUAL_LEGAL, ...legal },
    limits: limitsOf(openBookingsPerClient ? { openBookingsPerAddress: openBookingsPerClient, ...limits } : limits),
    reserves: reserves.map(({ topic, ...reserve }) => ({ topicId: topic, ...reserve })),
    hours: {
      timeZone,
      holidays,
      rules: openingRules,
      exceptions: exceptions.map((exception) => ({ id: uuid(), ...exception })),
    },
    topics: topics.map((topic) => ({ ...topic, description: topic.description ?? topic.name })),
  };
}
