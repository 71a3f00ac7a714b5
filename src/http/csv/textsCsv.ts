import type { WordedText } from '../../app/desks/wordText';
import type { WordingLine } from '../../app/desks/wordTexts';
import type { Desk } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { assertWording } from '../../domain/notifications/textFaults';
import { wordableText } from '../../domain/wordableTexts';
import { tidied } from '../../fields/plainText';
import { usualWording } from '../../presentation/programTexts';
import { CLIENT_LOCALES, isClientLocale, type Texts } from '../../presentation/texts';
import { type CsvLine, csvOf, readCsv } from './csv';

const COLUMNS = ['key', 'language', 'text', 'program', 'version'];
const NEEDED = ['key', 'language', 'text'];
/** An answer with more would help nobody. */
const MAX_ERRORS = 20;

/** Returns all texts in all languages, a line each: the desk's own wording, which may be empty, beside the program's. */
export function textsCsv(entries: readonly WordedText[], desk: Desk, texts: Texts): string {
  const lines = entries.flatMap(({ wordable, entry }) =>
    CLIENT_LOCALES.map((language) => [
      ...[wordable.key, language, entry.text[language] ?? '', usualWording(texts, desk, wordable, language)],
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
  const wordable = wordableText(key);
  if (!wordable) return ['key', 'expected the key of a text that the desk may word'];
  if (!isClientLocale(language)) return ['language', `expected ${CLIENT_LOCALES.join(', ')}`];
  if (!/^\d{0,9}$/.test(version)) return ['version', 'expected a whole number, or nothing'];
  const wording = wordingIn(cells);
  try {
    if (wording !== null) assertWording(wordable, { [language]: wording });
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
