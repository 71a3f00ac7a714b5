import type { Translate } from '../presentation/texts';
import { oneLine } from './address';

/**
 * Greets the client by name only if the text can be nothing but a name. Anybody can book with another person's address,
 * and the field must not be usable to send advertisements in the desk's name.
 */
export function greeting(t: Translate, name: string): string {
  const short = oneLine(name);
  const plain = short.length <= 60 && /^(?:[\p{L}\p{M}'’ -]|\.(?= |$))+$/u.test(short);
  return plain ? t('mail.greetingWithName', { name: short }) : t('mail.greeting');
}
