import type { WordableText } from '../../domain/wordableTexts';

/** Returns of what a text is a part, by which staff know it: a mail, or what is said about the desk. */
export function groupOf({ mail }: WordableText): string {
  return mail ?? 'desk';
}

/** Returns the place of a text in its mail, by which staff know it. */
export function partOf({ key, mail }: WordableText): string {
  if (mail === null) return key.slice('desk.'.length);
  return key.slice(mail === 'every' ? 'mail.'.length : `mail.${mail}.`.length);
}
