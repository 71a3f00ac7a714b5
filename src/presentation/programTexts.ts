import type { MailText } from '../domain/notifications/mailTexts';
import type { Text } from '../domain/text';
import { CLIENT_LOCALES, type ClientLocale, type Texts } from './texts';

/** Returns the program's own wording of a mail's text, with its placeholders as they are written. */
export function programWording(texts: Texts, { key, placeholders }: MailText, language: ClientLocale): string {
  const asWritten = Object.fromEntries(placeholders.map(({ name }) => [name, `{{${name}}}`]));
  return texts.in('client', language)(key, asWritten);
}

/** Returns the program's own wording in all languages of clients. */
export function programText(texts: Texts, mailText: MailText): Text {
  return Object.fromEntries(CLIENT_LOCALES.map((language) => [language, programWording(texts, mailText, language)]));
}
