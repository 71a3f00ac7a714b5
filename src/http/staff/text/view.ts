import type { WordedText } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import type { Message } from '../../../domain/notifications/message';
import type { faultOf } from '../../../domain/notifications/textFaults';
import { paths, url } from '../../../paths';
import { usualWording } from '../../../presentation/programTexts';
import type { ClientLocale, Reader, Texts } from '../../../presentation/texts';
import type { FormError } from '../forms';
import { languageLinks, languageView } from '../textLanguage';
import { groupOf, partOf } from '../textParts';

interface Facts extends WordedText {
  readonly desk: Desk;
  readonly language: ClientLocale;
  /** For which version the form is. */
  readonly seen: string;
  /** What was typed; undefined: the text as it is. */
  readonly wording: string | undefined;
  /** The mail in which the text stands; undefined: it stands in none of its own. */
  readonly mail: Message | undefined;
  /** Whether the mail shows what was typed, which is sealed in `of`. */
  readonly isTried: boolean;
  readonly of: string | undefined;
  readonly texts: Texts;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
  readonly done?: string;
  /** Whether somebody else has changed it since the form was opened. */
  readonly theirs?: boolean;
}

/** Returns one text with its form, the words of the program, and its mail. */
export function textView(facts: Facts, reader: Reader) {
  const { desk, wordable, entry, language, seen, wording, mail, isTried, of, texts, errors, refusal, done, theirs } =
    facts;
  const { t, locale } = reader;
  const params = { desk: desk.id, key: wordable.key };
  const own = entry.text[language];
  const program = usualWording(texts, desk, wordable, language);
  const origin = wordable.mail === null ? 'files' : 'programs';
  return {
    title: t(`staff.texts.part.${partOf(wordable)}`),
    mailName: t(`staff.texts.mail.${groupOf(wordable)}`),
    wide: true,
    back: url(paths.staffTexts, { desk: desk.id }, { language }),
    spoken: languageView(language, locale),
    textLanguages: languageLinks(language, (tag) => url(paths.staffText, params, { language: tag })),
    action: url(paths.staffText, params, { language }),
    seen,
    value: wording ?? own ?? program,
    rows: wordable.hasLines ? 6 : 3,
    maxLength: wordable.maxLength,
    hint: t(wordable.hasLines ? 'staff.text.lines' : 'staff.text.line', { count: wordable.maxLength }),
    placeholders: wordable.placeholders.map(({ name, required }) => ({
      ...{ written: `{{${name}}}`, means: t(`staff.texts.placeholder.${name}`), required },
    })),
    status: t(`staff.text.${own !== undefined ? 'own' : Object.keys(entry.text).length > 0 ? 'missing' : origin}`),
    origin: t(`staff.text.origin.${origin}`),
    takeBack: t(`staff.text.takeBack.${origin}`),
    program,
    isOwn: own !== undefined,
    before: beforeOf(entry, language),
    theirs: theirs ? (own ?? program) : undefined,
    mail: mail && {
      from: `${mail.from.name} <${mail.from.address}>`,
      subject: mail.subject,
      text: mail.text,
      href: url(paths.staffTextMail, params, { language, of }),
      heading: t(isTried ? 'staff.text.tried' : 'staff.text.mail'),
    },
    pageHref: mail ? undefined : url(paths.start, { locale: language, desk: desk.id }),
    errors: errors?.length ? errors : undefined,
    wrong: errors?.[0]?.text,
    refusal: theirs ? t('staff.text.moved') : refusal,
    done,
    typedForm: 'text',
  };
}

/** Returns the wording before the last change; undefined if there is none but the program's, which stands there anyway. */
function beforeOf({ text, before }: WordedText['entry'], language: ClientLocale): string | undefined {
  const former = before?.[language];
  return former === text[language] ? undefined : former;
}

/** Returns the sentence that explains what is wrong with a wording, and which placeholders there are. */
export function faultText(
  { fault, placeholder }: NonNullable<ReturnType<typeof faultOf>>,
  { maxLength, placeholders }: WordedText['wordable'],
  { t }: Reader,
): string {
  const possible = placeholders.map(({ name }) => `{{${name}}}`).join(', ');
  const said = t(`staff.text.wrong.${fault}`, { placeholder: `{{${placeholder}}}`, most: maxLength });
  if (!fault.endsWith('Placeholder') || fault === 'missingPlaceholder') return said;
  return `${said} ${possible ? t('staff.text.possible', { possible }) : t('staff.text.nonePossible')}`;
}
