import type { WordedText } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import { languageName } from '../../../presentation/format';
import { usualWording } from '../../../presentation/programTexts';
import type { Reader, Texts } from '../../../presentation/texts';
import { isClientLocale } from '../../../presentation/texts';
import type { CellForm, Cells } from '../../parts/cells';
import { type CellWords, changesView } from '../partView';
import { groupOf, partOf } from '../textParts';

/** What an import changes in one entry of a list, for people. */
export interface ChangedEntry {
  readonly title: string;
  /** Whether it is new, goes or comes back; undefined: it stays what it is. */
  readonly mark?: string | undefined;
  readonly changes: ReturnType<typeof changesView>['changes'];
}

/** How an entry is called, and what is said of one that goes or comes back: keys below `parts.csv.mark`. */
export interface EntryWords {
  readonly title: string;
  readonly retired: string;
  readonly back: string;
}

/** Returns what becomes of a topic or an advisor; nothing if they stay as they are. */
export function changedPart<T extends { readonly retired?: boolean }>(
  { form, before, after }: { form: CellForm<T>; before: T | undefined; after: T },
  words: CellWords & EntryWords,
  reader: Reader,
): ChangedEntry[] {
  const { changes } = changesView(before ? form.cells(before) : {}, form.cells(after), words, reader);
  const [was, is] = [before?.retired ?? false, after.retired ?? false];
  const mark = before ? (was === is ? undefined : is ? words.retired : words.back) : 'new';
  if (changes.length === 0 && !mark) return [];
  return [{ title: words.title, mark: mark && reader.t(`parts.csv.mark.${mark}`), changes }];
}

interface Ordered<T> {
  readonly before: readonly T[];
  readonly after: readonly T[];
  readonly nameOf: (each: T) => string;
}

/** Returns the order of those that are there before and after, if it becomes another one. */
export function changedOrder<T extends { readonly id: string; readonly retired?: boolean }>(
  { before, after, nameOf }: Ordered<T>,
  title: string,
  { t }: Reader,
): ChangedEntry[] {
  const both = (all: readonly T[], others: readonly T[]) =>
    all.filter(({ id, retired }) => !retired && others.some((each) => each.id === id && !each.retired));
  const [was, is] = [both(before, after), both(after, before)];
  if (was.every(({ id }, i) => is[i]?.id === id)) return [];
  const said = (all: readonly T[]) => all.map(nameOf).join(' · ');
  return [{ title, changes: [{ name: t('parts.csv.order'), before: said(was), after: said(is) }] }];
}

/** Returns what becomes of the reserves, as one entry. */
export function changedReserves(before: Cells, after: Cells, words: CellWords, reader: Reader): ChangedEntry[] {
  const { changes } = changesView(before, after, words, reader);
  return changes.length > 0 ? [{ title: reader.t('parts.reserves.starts'), changes }] : [];
}

interface ChangedWording {
  readonly key: string;
  readonly language: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Returns what becomes of texts, text by text with its languages. */
export function changedTexts(
  changes: readonly ChangedWording[],
  all: readonly WordedText[],
  { desk, texts }: { desk: Desk; texts: Texts },
  { t, locale }: Reader,
): ChangedEntry[] {
  return all.flatMap(({ wordable }) => {
    const mine = changes.filter(({ key }) => key === wordable.key);
    if (mine.length === 0) return [];
    const said = (wording: string | null, language: string) =>
      wording ?? (isClientLocale(language) ? usualWording(texts, desk, wordable, language) : '');
    return [
      {
        title: `${t(`staff.texts.mail.${groupOf(wordable)}`)}: ${t(`staff.texts.part.${partOf(wordable)}`)}`,
        changes: mine.map(({ language, before, after }) => ({
          name: languageName(locale, language),
          before: said(before, language),
          after: said(after, language),
        })),
      },
    ];
  });
}
