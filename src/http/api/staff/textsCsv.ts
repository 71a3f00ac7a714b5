import type { WordedText } from '../../../app/desks/wordText';
import type { WordingLine } from '../../../app/desks/wordTexts';
import { DomainError, type FieldError } from '../../../domain/errors';
import { mailTextOf } from '../../../domain/notifications/mailTexts';
import { assertWording } from '../../../domain/notifications/textFaults';
import { tidied } from '../../../fields/plainText';
import { programWording } from '../../../presentation/programTexts';
import { CLIENT_LOCALES, isClientLocale, type Texts } from '../../../presentation/texts';
import { type CsvLine, csvOf, readCsv } from '../csv';

const COLUMNS = ['key', 'language', 'text', 'program', 'version'];
const NEEDED = ['key', 'language', 'text'];
/** An answer with more would help nobody. */
const MAX_ERRORS = 20;

/** Returns all texts in all languages, a line each: the desk's own wording, which may be empty, beside the program's. */
export function textsCsv(entries: readonly WordedText[], texts: Texts): string {
  const lines = entries.flatMap(({ mailText, entry }) =>
    CLIENT_LOCALES.map((language) => [
      ...[mailText.key, language, entry.text[language] ?? '', programWording(texts, mailText, language)],
      entry.version,
    ]),
  );
  return csvOf(COLUMNS, lines);
}

/**
 * Reads how texts are to read. A line without a text brings the program's back; without a version it holds whatever was
 * changed since.
 *
 * @throws DomainError `invalid` that points at the lines that are wrong
 */
export function wordingLines(csv: string): WordingLine[] {
  const lines = readCsv(csv, NEEDED);
  const seen = new Set<string>();
  const errors = lines.flatMap((line): FieldError[] => {
    const fault = faultOf(line) ?? (isRepeated(line, seen) ? ['key', 'stands above, in this language'] : undefined);
    return fault ? [{ pointer: ['', line.line, fault[0]].join('/'), detail: fault[1] }] : [];
  });
  if (errors.length > 0) throw new DomainError('invalid', { errors: errors.slice(0, MAX_ERRORS) });
  return lines.map(({ cells }) => {
    const { key = '', language = '', version = '' } = cells;
    return { key, language, wording: wordingIn(cells), version: version === '' ? undefined : Number(version) };
  });
}

function wordingIn({ text = '' }: CsvLine['cells']): string | null {
  return tidied(text) === '' ? null : tidied(text);
}

function faultOf({ cells }: CsvLine): readonly [column: string, detail: string] | undefined {
  const { key = '', language = '', version = '' } = cells;
  const mailText = mailTextOf(key);
  if (!mailText) return ['key', 'expected the key of a text that the desk may word'];
  if (!isClientLocale(language)) return ['language', `expected ${CLIENT_LOCALES.join(', ')}`];
  if (!/^\d{0,9}$/.test(version)) return ['version', 'expected a whole number, or nothing'];
  const wording = wordingIn(cells);
  try {
    if (wording !== null) assertWording(mailText, { [language]: wording });
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return ['text', String(error.details.reason)];
  }
}

function isRepeated({ cells: { key, language } }: CsvLine, seen: Set<string>): boolean {
  const name = `${key} ${language}`;
  const isSeen = seen.has(name);
  seen.add(name);
  return isSeen;
}
