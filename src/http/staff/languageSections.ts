import { languageName, ownName } from '../../presentation/format';
import { CLIENT_LOCALES, type ClientLocale, type Reader } from '../../presentation/texts';

/**
 * Returns a section of a form for each language of clients' pages: German and English are open, the others folded, with how
 * many texts are missing in each.
 */
export function languageSections<Field extends { readonly error: string | undefined }>(
  missing: Readonly<Record<string, number>>,
  fieldsIn: (tag: ClientLocale) => Field[],
  { t, locale }: Reader,
) {
  return CLIENT_LOCALES.map((tag) => {
    const fields = fieldsIn(tag);
    const lacks = missing[tag] ?? 0;
    return {
      ...{ id: `in-${tag}`, title: ownName(tag), tag, folded: true, fields, lacks: lacks > 0 },
      sub: languageName(locale, tag) === ownName(tag) ? undefined : languageName(locale, tag),
      note: lacks > 0 ? t('parts.topic.missing', { count: lacks }) : t('parts.topic.complete'),
      open: isHouse(tag) || fields.some(({ error }) => error),
    };
  });
}

/** Tells whether each text needs the language. */
export function isHouse(tag: string): boolean {
  return tag === 'de' || tag === 'en';
}
