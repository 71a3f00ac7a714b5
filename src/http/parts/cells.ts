/**
 * A part of the desk (a topic, an advisor, its reserves) as plain texts by name: the fields of a form, the columns of a
 * table. What is empty is left out.
 */
export type Cells = Readonly<Record<string, string>>;

/** A cell that is wrong: what is expected, in English for programs. */
export interface CellError {
  readonly cell: string;
  readonly detail: string;
}

/** How a kind of part is read from cells and written to them. */
export interface CellForm<T> {
  cells(part: T): Cells;
  /** Reads the cells. @param before the part as it is; what has no cell is kept from it */
  read(
    id: string,
    cells: Cells,
    before: T | undefined,
  ): { readonly part: T } | { readonly errors: readonly CellError[] };
}

/** Returns the cells without those that are empty. */
export function filled(cells: Readonly<Record<string, string | undefined>>): Cells {
  return Object.fromEntries(Object.entries(cells).filter((entry): entry is [string, string] => !!entry[1]));
}

/** Reads a whole number; what is none stays a text, so that the schema refuses it. Empty: undefined. */
export function numberIn(text: string | undefined): number | string | undefined {
  if (!text) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** Returns the words of a text that are separated by spaces. */
export function wordsIn(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter(Boolean);
}
