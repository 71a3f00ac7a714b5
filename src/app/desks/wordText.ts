import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '../../domain/errors';
import { assertWording } from '../../domain/notifications/textFaults';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeTexts } from '../../domain/staff/rights';
import type { Text } from '../../domain/text';
import { WORDABLE_TEXTS, type WordableText, wordableText } from '../../domain/wordableTexts';
import type { AppDeps } from '../deps';
import type { TextEntry } from '../ports/deskTexts';
import type { Stores } from '../ports/storage';
import { deskOf } from './deskOf';

/** A language that `text` leaves out has the program's text; an empty `text` brings it back in all. */
type WordText = (request: {
  who: Caller;
  deskId: string;
  key: string;
  text: Text;
  ifVersion: number | undefined;
}) => Promise<TextEntry>;

/**
 * Words one of a desk's texts. Mails of what was done before keep the words of then: these are among their facts.
 *
 * @throws DomainError `not-found`, also for a text that no desk may word; `forbidden`, `version-moved-on`; `invalid` as
 *   `assertWording`
 */
export function wordText({ storage }: Pick<AppDeps, 'storage'>): WordText {
  return async ({ who, deskId, key, text, ifVersion }) => {
    assertMayChangeTexts(who, deskId);
    const wordable = wordableText(key);
    if (!wordable) throw new DomainError('not-found');
    assertWording(wordable, text);
    return storage.write(
      async (stores) => {
        await deskOf(stores, deskId);
        const entry = await textEntry(stores, deskId, key);
        if (ifVersion !== undefined && ifVersion !== entry.version) throw new DomainError('version-moved-on');
        if (isDeepStrictEqual(entry.text, text)) return entry;
        const changed = { key, text, before: entry.text, version: entry.version + 1 };
        await stores.texts.put(deskId, changed);
        return changed;
      },
      { desk: deskId },
    );
  };
}

/** A text that a desk may word, and how it has. */
export interface WordedText {
  readonly wordable: WordableText;
  readonly entry: TextEntry;
}

/** Returns all texts that the desk may word, those about it first, then mail by mail. */
export async function textEntries({ texts }: Pick<Stores, 'texts'>, deskId: string): Promise<WordedText[]> {
  const stored = new Map((await texts.list(deskId)).map((entry) => [entry.key, entry]));
  return WORDABLE_TEXTS.map((wordable) => ({ wordable, entry: stored.get(wordable.key) ?? unworded(wordable.key) }));
}

/** Returns how the desk has worded the text with this key, which is one that it may. */
export async function textEntry({ texts }: Pick<Stores, 'texts'>, deskId: string, key: string): Promise<TextEntry> {
  return (await texts.find(deskId, key)) ?? unworded(key);
}

/** A text that was never worded has version 0, so that If-Match can name it. */
function unworded(key: string): TextEntry {
  return { key, text: {}, before: null, version: 0 };
}
