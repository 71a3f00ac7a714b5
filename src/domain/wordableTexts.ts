import type { Desk } from './desk';
import { MAIL_TEXTS, type MailText } from './notifications/mailTexts';
import type { Text } from './text';

/** A text about the desk itself that its manager may word; what is in the desk's file is used otherwise. */
interface DeskText extends Omit<MailText, 'mail'> {
  readonly mail: null;
}

export type WordableText = MailText | DeskText;

/** As long as such a text may be in a desk's file. */
const MAX_WORDS_LENGTH = 2_000;

/**
 * What the desk is and for whom, and the way in. Its name, address and phone number are not among them: those are facts
 * on which signs, calendars and mails agree.
 */
const DESK_TEXTS: readonly DeskText[] = (['headline', 'about', 'directions'] as const).map((part) => ({
  ...{ key: `desk.${part}`, mail: null, isSubject: false, placeholders: [] },
  ...{ hasLines: part !== 'headline', maxLength: MAX_WORDS_LENGTH },
}));

/** All texts that a manager may word, those about the desk first. */
export const WORDABLE_TEXTS: readonly WordableText[] = [...DESK_TEXTS, ...MAIL_TEXTS];

const BY_KEY: ReadonlyMap<string, WordableText> = new Map(WORDABLE_TEXTS.map((text) => [text.key, text]));

/** Returns the text with this key; undefined if there is none that a manager may word. */
export function wordableText(key: string): WordableText | undefined {
  return BY_KEY.get(key);
}

type Worded = Pick<Desk, 'ownTexts'>;

/** Returns the headline of the desk: its file's, and where the manager has worded it, theirs. */
export function headlineOf({ headline, ownTexts }: Pick<Desk, 'headline'> & Worded): Text {
  return { ...headline, ...ownTexts?.['desk.headline'] };
}

/** Returns the paragraph about the desk likewise. @param usual what stands there if its file has none */
export function aboutOf({ about, ownTexts }: Pick<Desk, 'about'> & Worded, usual: Text): Text {
  return { ...(about ?? usual), ...ownTexts?.['desk.about'] };
}

/** Returns the way in likewise; null: the address says enough. */
export function directionsOf({ directions, ownTexts }: Pick<Desk, 'directions'> & Worded): Text | null {
  const own = ownTexts?.['desk.directions'];
  return own ? { ...directions, ...own } : directions;
}
