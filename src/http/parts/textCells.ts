import type { Text } from '../../domain/text';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type Cells, filled } from './cells';

/** Returns the cells of a text, one for each language of clients' pages, such as `name.de`. */
export function textCells(field: string, text: Text | null | undefined): [cell: string, text: string | undefined][] {
  return CLIENT_LOCALES.map((tag) => [`${field}.${tag}`, text?.[tag]]);
}

/** Reads a text; what it has in other languages than those of the pages stays. Undefined: it is in none. */
export function textIn(cells: Cells, field: string, before: Text | null | undefined): Text | undefined {
  const typed = filled(Object.fromEntries(CLIENT_LOCALES.map((tag) => [tag, cells[`${field}.${tag}`]])));
  return Object.keys(typed).length > 0 ? { ...inOthers(before), ...typed } : undefined;
}

/** Returns a text in the languages that clients' pages do not have. */
export function inOthers(text: Text | null | undefined): Text {
  const isOther = (tag: string) => !CLIENT_LOCALES.some((each) => each === tag);
  return Object.fromEntries(Object.entries(text ?? {}).filter(([tag]) => isOther(tag)));
}

/** Returns how many of the texts, as far as there are in German, lack in each language. */
export function missingTexts(cells: Cells, fields: readonly string[]): Readonly<Record<string, number>> {
  const lacking = (tag: string) => fields.filter((field) => cells[`${field}.de`] && !cells[`${field}.${tag}`]).length;
  return Object.fromEntries(CLIENT_LOCALES.map((tag) => [tag, lacking(tag)]));
}
