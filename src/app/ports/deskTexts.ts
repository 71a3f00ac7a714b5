import type { Text } from '../../domain/text';

/** One of a desk's own texts as it is stored. */
export interface TextEntry {
  readonly key: string;
  /** In the languages in which the desk has its own wording; empty: the program's text is used throughout. */
  readonly text: Text;
  /** What it was before the last change; null: it was never changed before. */
  readonly before: Text | null;
  /** Starts at 1 and rises by one with each change, also with those that bring the program's text back. */
  readonly version: number;
}

/** Stores the desks' own texts. A desk that is read has them, as `Desk.ownTexts`. */
export interface DeskTexts {
  /** Returns all entries of a desk, by key; a text that was never worded has none. */
  list(deskId: string): Promise<TextEntry[]>;
  find(deskId: string, key: string): Promise<TextEntry | undefined>;
  /** Stores an entry in place of the one with the same key. */
  put(deskId: string, entry: TextEntry): Promise<void>;
}
