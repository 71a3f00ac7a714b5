import type { MailText } from '../../domain/notifications/mailTexts';

/** Returns the place of a text in its mail, by which staff know it. */
export function partOf({ key, mail }: MailText): string {
  return key.slice(mail === 'every' ? 'mail.'.length : `mail.${mail}.`.length);
}
