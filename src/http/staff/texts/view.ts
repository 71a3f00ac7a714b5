import type { WordedText } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { programWording } from '../../../presentation/programTexts';
import type { ClientLocale, Reader, Texts } from '../../../presentation/texts';
import { languageLinks, languageView } from '../textLanguage';
import { partOf } from '../textParts';

interface Facts {
  readonly desk: Desk;
  readonly entries: readonly WordedText[];
  readonly language: ClientLocale;
  readonly texts: Texts;
}

/** Returns the texts mail by mail, each as it is in force in the language. */
export function textsView({ desk, entries, language, texts }: Facts, { t, locale }: Reader) {
  const mails = [...new Set(entries.map(({ mailText }) => mailText.mail))];
  const printed = ({ mailText, entry }: WordedText) => {
    const own = entry.text[language];
    const elsewhere = Object.keys(entry.text).length > 0;
    return {
      id: mailText.key,
      label: t(`staff.texts.part.${partOf(mailText)}`),
      wording: own ?? programWording(texts, mailText, language),
      own: own !== undefined,
      missing: own === undefined && elsewhere,
      href: url(paths.staffText, { desk: desk.id, key: mailText.key }, { language }),
    };
  };
  return {
    title: t('staff.texts.title'),
    wide: true,
    spoken: languageView(language, locale),
    textLanguages: languageLinks(language, (tag) => url(paths.staffTexts, { desk: desk.id }, { language: tag })),
    mails: mails.map((mail) => ({
      id: mail,
      name: t(`staff.texts.mail.${mail}`),
      texts: entries.filter(({ mailText }) => mailText.mail === mail).map(printed),
    })),
  };
}
