import type { AgreedFacts, ClientMailFacts } from '../domain/notifications/mailFacts';
import { withoutVariant } from '../domain/text';
import { phoneHref } from '../fields/phone';
import { absolute, paths, url } from '../paths';
import { dayName, languageName } from '../presentation/format';
import type { ClientLocale, Translate } from '../presentation/texts';
import { oneLine } from './address';
import { type MailRow, row, rows } from './rows';

interface Input {
  readonly t: Translate;
  readonly mail: ClientMailFacts;
  readonly language: ClientLocale;
}

/** Returns the rows with the next steps, and with the partner to whom the client goes on. */
export function agreedRows({ steps, partner }: AgreedFacts, input: Input): MailRow[] {
  const { t } = input;
  const said = steps.map((step) => stepLine(step, input));
  return rows(row(t, 'nextSteps', said, { list: true, main: true }), ...(partner ? partnerRows(partner, input) : []));
}

/** What is in another language than the mail says in which, so that nobody takes it for a fault. */
function stepLine({ text, language: spoken, due }: AgreedFacts['steps'][number], { t, language }: Input): string {
  const isOther = withoutVariant(spoken) !== withoutVariant(language);
  const line = oneLine(text);
  const said = isOther ? t('mail.step.inLanguage', { step: line, language: languageName(language, spoken) }) : line;
  return due === null ? said : t('mail.step.until', { step: said, day: dayName(language, due) });
}

function partnerRows(partner: NonNullable<AgreedFacts['partner']>, { t, mail, language }: Input): (MailRow | null)[] {
  const { name, description, address, phone, email, website, hours, bring } = partner;
  const link = (text: string, href: string) => ({ lines: [text], href });
  const contacts = [
    phone === null ? null : link(phone, phoneHref(phone)),
    email === null ? null : link(email, `mailto:${email}`),
    website === null ? null : link(website, website),
  ].filter((each) => each !== null);
  const { bookingUrl, bookingDesk } = partner;
  const start =
    bookingDesk === null ? null : absolute(mail.baseUrl, url(paths.start, { locale: language, desk: bookingDesk }));
  const href = start ?? bookingUrl;
  return [
    row(t, 'goOnTo', [name, ...description.split('\n')].map(oneLine)),
    row(t, 'where', address === null ? [] : [oneLine(address)]),
    ...contacts.map(({ lines, href: to }) => row(t, 'contact', lines, { href: to })),
    row(t, 'open', hours.map(oneLine)),
    row(t, 'bring', bring.map(oneLine), { list: true }),
    href === null ? null : row(t, 'bookThere', [href], { href }),
  ];
}
