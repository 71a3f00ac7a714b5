import type { WordedText } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { usualWording } from '../../../presentation/programTexts';
import type { ClientLocale, Reader, Texts } from '../../../presentation/texts';
import { csvLinks } from '../csvLists';
import { languageLinks, languageView } from '../textLanguage';
import { groupOf, partOf } from '../textParts';

interface Facts {
  readonly desk: Desk;
  readonly entries: readonly WordedText[];
  readonly language: ClientLocale;
  readonly texts: Texts;
  readonly done?: string | undefined;
}

/** Returns the texts about the desk, then mail by mail, each as it is in force in the language. */
export function textsView({ desk, entries, language, texts, done }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const groups = [...new Set(entries.map(({ wordable }) => groupOf(wordable)))];
  const printed = ({ wordable, entry }: WordedText) => {
    const own = entry.text[language];
    const elsewhere = Object.keys(entry.text).length > 0;
    return {
      id: wordable.key,
      label: t(`staff.texts.part.${partOf(wordable)}`),
      wording: own ?? usualWording(texts, desk, wordable, language),
      own: own !== undefined,
      missing: own === undefined && elsewhere,
      href: url(paths.staffText, { desk: desk.id, key: wordable.key }, { language }),
    };
  };
  return {
    title: t('staff.texts.title'),
    csv: csvLinks({ desk, list: 'texts' }, reader),
    done,
    wide: true,
    spoken: languageView(language, locale),
    textLanguages: languageLinks(language, (tag) => url(paths.staffTexts, { desk: desk.id }, { language: tag })),
    mails: groups.map((group) => ({
      id: group,
      name: t(`staff.texts.mail.${group}`),
      texts: entries.filter(({ wordable }) => groupOf(wordable) === group).map(printed),
    })),
  };
}
