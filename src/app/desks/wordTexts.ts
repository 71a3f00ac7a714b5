import { DomainError } from '../../domain/errors';
import { assertWording } from '../../domain/notifications/textFaults';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeTexts } from '../../domain/staff/rights';
import type { LanguageTag, Text } from '../../domain/text';
import { wordableText } from '../../domain/wordableTexts';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { TextEntry } from '../ports/deskTexts';
import type { Stores } from '../ports/storage';
import { deskOf } from './deskOf';
import { textEntry } from './wordText';

/** How a text is to read in one language. */
export interface WordingLine {
  readonly key: string;
  readonly language: LanguageTag;
  /** Null: as the program has it. */
  readonly wording: string | null;
  /** The version that was read; absent: any. */
  readonly version?: number | undefined;
}

/** What a line changes. Null: the program's text. */
interface WordingChange {
  readonly key: string;
  readonly language: LanguageTag;
  readonly before: string | null;
  readonly after: string | null;
}

type WordTexts = (request: {
  who: Caller;
  deskId: string;
  lines: readonly WordingLine[];
  apply: boolean;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<{ readonly changes: readonly WordingChange[] }>>;

/**
 * Words many texts at once, or tells what that would change. All lines are taken or none; what they do not name stays.
 *
 * @throws DomainError as `wordText`
 */
export function wordTexts({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): WordTexts {
  return async ({ who, deskId, lines, apply, idempotency }) => {
    assertMayChangeTexts(who, deskId);
    for (const line of lines) assertLine(line);
    if (!apply) return { value: { changes: (await planned(storage, deskId, lines)).changes }, replayed: false };
    return idempotently({ write: storage.write, now: now(), desk: deskId }, idempotency, async (stores) => {
      await deskOf(stores, deskId);
      const { entries, changes } = await planned(stores, deskId, lines);
      for (const entry of entries) await stores.texts.put(deskId, entry);
      return { changes };
    });
  };
}

function assertLine({ key, language, wording }: WordingLine): void {
  const wordable = wordableText(key);
  if (!wordable) throw new DomainError('not-found');
  if (wording !== null) assertWording(wordable, { [language]: wording });
}

/** Returns the entries that differ afterwards, and what is different. */
async function planned(stores: Pick<Stores, 'texts'>, deskId: string, lines: readonly WordingLine[]) {
  const entries: TextEntry[] = [];
  const changes: WordingChange[] = [];
  for (const key of new Set(lines.map((line) => line.key))) {
    const entry = await textEntry(stores, deskId, key);
    const mine = lines.filter((line) => line.key === key);
    if (mine.some(({ version }) => version !== undefined && version !== entry.version))
      throw new DomainError('version-moved-on', { reason: `${key} is at version ${entry.version}` });
    const differing = mine
      .map(({ language, wording }) => ({ key, language, before: entry.text[language] ?? null, after: wording }))
      .filter(({ before, after }) => before !== after);
    if (differing.length === 0) continue;
    changes.push(...differing);
    entries.push({ key, text: changed(entry.text, differing), before: entry.text, version: entry.version + 1 });
  }
  return { entries, changes };
}

function changed(text: Text, changes: readonly WordingChange[]): Text {
  const after = changes.map(({ language, after: wording }) => [language, wording] as const);
  const all = Object.entries({ ...text, ...Object.fromEntries(after) });
  return Object.fromEntries(all.filter((each): each is [string, string] => each[1] !== null));
}
