import type { Desk } from '../domain/desk';
import type { MailText } from '../domain/notifications/mailTexts';
import type { Text } from '../domain/text';
import { aboutOf, directionsOf, headlineOf, type WordableText } from '../domain/wordableTexts';
import { CLIENT_LOCALES, type ClientLocale, inClientLocales, type Texts } from './texts';

/** Returns how a text reads where the manager has not worded it: as the program has it, or the desk's file. */
export function usualText(texts: Texts, desk: Desk, text: WordableText): Text {
  if (text.mail === null) return fileText(texts, desk, text.key);
  return Object.fromEntries(CLIENT_LOCALES.map((language) => [language, programWording(texts, text, language)]));
}

/** Returns the same in one language; empty where there is none. */
export function usualWording(texts: Texts, desk: Desk, text: WordableText, language: ClientLocale): string {
  return text.mail === null ? (fileText(texts, desk, text.key)[language] ?? '') : programWording(texts, text, language);
}

/** Returns the program's own wording of a mail's text, with its placeholders as they are written. */
function programWording(texts: Texts, { key, placeholders }: MailText, language: ClientLocale): string {
  const asWritten = Object.fromEntries(placeholders.map(({ name }) => [name, `{{${name}}}`]));
  return texts.in('client', language)(key, asWritten);
}

function fileText(texts: Texts, desk: Desk, key: string): Text {
  const { ownTexts: _, ...ofFile } = desk;
  if (key === 'desk.headline') return headlineOf(ofFile);
  if (key === 'desk.about') return aboutOf(ofFile, inClientLocales(texts, 'booking.start.about'));
  return directionsOf(ofFile) ?? {};
}
