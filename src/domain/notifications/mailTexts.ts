import type { LanguageTag, OwnTexts } from '../text';
import type { MessageKind } from './kinds';

/** A place in a text that the program fills in, written as `{{when}}`. */
interface Placeholder {
  readonly name: string;
  /** Without it the mail would lack what the client has to know. */
  readonly required: boolean;
}

/** A text of mails that a desk may word in its own way. */
export interface MailText {
  /** The key of the program's text: `mail.booked.subject`. */
  readonly key: string;
  /** The mails in which it stands; `every`: in all of them. */
  readonly mail: WordedMail | 'every';
  readonly isSubject: boolean;
  /** Whether it may have several lines. */
  readonly hasLines: boolean;
  /** The greatest length in code points, before anything is filled in. */
  readonly maxLength: number;
  readonly placeholders: readonly Placeholder[];
}

/** A subject is cut off after some 60 characters on a phone; what is filled in makes it longer. */
const MAX_SUBJECT_LENGTH = 90;
const MAX_TITLE_LENGTH = 80;
const MAX_LINE_LENGTH = 200;
const MAX_INTRO_LENGTH = 600;

const required = (name: string): Placeholder => ({ name, required: true });
const optional = (name: string): Placeholder => ({ name, required: false });

/**
 * The mails whose texts a desk may word, with the intros that each has. All that clients read there may be worded but
 * for three things: what states facts (times, places, price, labels, buttons, the calendar entry) reads the same from
 * every desk; the warning that a link is secret protects the client; and so does the whole mail to an address that is no
 * longer used, which nobody would understand who got it by mistake.
 */
const WORDED_MAILS = {
  booked: { intro: [], introVisit: [], introPerson: [] },
  requested: { intro: [] },
  moved: { intro: [], introByDesk: [optional('desk')], introAsked: [optional('desk'), required('until')] },
  advisorChanged: { intro: [] },
  corrected: { intro: [] },
  video_link: { intro: [], introGone: [] },
  cancelled: { intro: [], introByDesk: [optional('desk')], introLapsed: [] },
  restored: { intro: [] },
  reminder: { intro: [], introToday: [] },
  missed: { intro: [] },
  next_steps: { intro: [] },
  link: { intro: [] },
  declined: { intro: [] },
  countered: { intro: [] },
} as const satisfies Partial<Record<MessageKind | 'advisorChanged', Readonly<Record<string, readonly Placeholder[]>>>>;
type WordedMail = keyof typeof WORDED_MAILS;

/** A further line in some mails: above other free times, above the ways to give an appointment back, and above the links of all bookings. */
const LINES: Partial<Record<WordedMail, string>> = {
  moved: 'otherTimes',
  cancelled: 'otherTimes',
  link: 'all',
  reminder: 'giveBack',
  missed: 'otherTimes',
  declined: 'choices',
  countered: 'choices',
};

/** No subject has anything of a client: it is read on locked screens and by whoever sorts the mail. */
const SUBJECT_PLACEHOLDERS: readonly Placeholder[] = [required('when'), optional('desk')];
/** This mail is about one booking or several. */
const SUBJECT_OF_LINK: readonly Placeholder[] = [optional('desk')];

/** What stands around the facts in every mail that has a use for it. */
const IN_EVERY_MAIL: Readonly<Record<string, readonly Placeholder[]>> = {
  greeting: [],
  greetingWithName: [required('name')],
  calendarAttached: [],
  find: [],
  undo: [required('time')],
  person: [],
  'footer.contact': [],
  'footer.automatic': [],
};

/** The names of the mails whose texts can be worded, in the order in which a client would get them. */
const MAILS_WITH_WORDS = Object.keys(WORDED_MAILS) as readonly WordedMail[];

/** All texts that a desk may word, mail by mail. */
export const MAIL_TEXTS: readonly MailText[] = [
  ...MAILS_WITH_WORDS.flatMap(textsOfMail),
  ...Object.entries(IN_EVERY_MAIL).map(([part, placeholders]) => ({
    ...{ key: `mail.${part}`, mail: 'every' as const, placeholders },
    ...{ isSubject: false, hasLines: false, maxLength: MAX_LINE_LENGTH },
  })),
];

const BY_KEY: ReadonlyMap<string, MailText> = new Map(MAIL_TEXTS.map((text) => [text.key, text]));

/** Returns the text with this key; undefined if there is none that a desk may word. */
export function mailTextOf(key: string): MailText | undefined {
  return BY_KEY.get(key);
}

/** Returns which of the texts stand in a mail of this kind. */
function isInMail({ mail }: MailText, words: string): boolean {
  return mail === 'every' || mail === words;
}

/**
 * Returns the desk's own texts of a mail in the language in which it is written, by key; undefined if the program's are
 * used throughout.
 */
export function ownWordsOf(
  own: OwnTexts | undefined,
  { words, language }: { readonly words: string; readonly language: LanguageTag },
): Readonly<Record<string, string>> | undefined {
  const chosen = MAIL_TEXTS.flatMap((text) => {
    const wording = own?.[text.key]?.[language];
    return wording !== undefined && isInMail(text, words) ? [[text.key, wording] as const] : [];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

function textsOfMail(mail: WordedMail): MailText[] {
  const line = { mail, isSubject: false, hasLines: false, placeholders: [] };
  const further = LINES[mail];
  return [
    {
      ...{ ...line, key: `mail.${mail}.subject`, isSubject: true, maxLength: MAX_SUBJECT_LENGTH },
      placeholders: mail === 'link' ? SUBJECT_OF_LINK : SUBJECT_PLACEHOLDERS,
    },
    { ...line, key: `mail.${mail}.title`, maxLength: MAX_TITLE_LENGTH },
    ...Object.entries(WORDED_MAILS[mail]).map(([part, placeholders]) => ({
      ...{ ...line, key: `mail.${mail}.${part}`, hasLines: true, maxLength: MAX_INTRO_LENGTH },
      placeholders,
    })),
    ...(further ? [{ ...line, key: `mail.${mail}.${further}`, maxLength: MAX_LINE_LENGTH }] : []),
  ];
}
