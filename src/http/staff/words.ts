import type { Booking } from '../../domain/booking/booking';
import { clientsLanguage } from '../../domain/booking/interpreting';
import type { Audience } from '../../domain/booking/questions';
import type { Advisor, Desk } from '../../domain/desk';
import { inLanguage, type LanguageTag } from '../../domain/text';
import { type AnswerRow, answerRows } from '../../presentation/answers';
import { allOf, type DeskTime, deskTime, languageName } from '../../presentation/format';
import { clientLocaleFor, type Reader } from '../../presentation/texts';

/** How a booking is marked on the day: by its status, or that it needs somebody. */
export type State = 'confirmed' | 'here' | 'done' | 'missed' | 'needs' | 'cancelled';

const STATES: Readonly<Record<Booking['status'], State>> = {
  requested: 'needs',
  confirmed: 'confirmed',
  checked_in: 'here',
  completed: 'done',
  no_show: 'missed',
  cancelled: 'cancelled',
};

/** The texts of one desk for one reader. */
export interface Words {
  readonly time: DeskTime;
  topic(id: string): string;
  /** Returns the topic's name for a narrow card, see `Topic.shortName`. */
  shortTopic(id: string): string;
  advisor(id: string): string;
  language(tag: LanguageTag): string;
  /** Returns the client's language, and whether it is interpreted. */
  spoken(booking: Pick<Booking, 'language' | 'interpreting'>): string;
  /** Returns the name of the language in which this client gets mails. */
  mailLanguage(booking: Pick<Booking, 'client'>): string;
  mode(mode: Booking['mode']): string;
  /** Returns the languages of an advisor, and how they advise where that is limited. */
  advises(advisor: Pick<Advisor, 'languages' | 'modes'>): string;
  /** Returns what those who come need, in a few words each. */
  support(booking: Pick<Booking, 'support'>): string[];
  /** Returns the questions with the answers that this audience may read. */
  answers(audience: Audience, booking: Pick<Booking, 'topicId' | 'answers'>): AnswerRow[];
  state(booking: Booking, needsSomebody?: boolean): { readonly state: State; readonly stateText: string };
}

/** Returns the texts of a desk. Names that are missing are shown as their id, so that nothing is hidden. */
export function wordsOf(desk: Desk, { locale, t }: Reader): Words {
  const topicOf = (id: string) => desk.topics.find((topic) => topic.id === id);
  return {
    time: deskTime(locale, desk.hours.timeZone),
    topic: (id) => inLanguage(topicOf(id)?.name ?? { de: id }, locale),
    shortTopic: (id) => inLanguage(topicOf(id)?.shortName ?? topicOf(id)?.name ?? { de: id }, locale),
    advisor: (id) => desk.advisors.find((advisor) => advisor.id === id)?.name ?? id,
    language: (tag) => languageName(locale, tag),
    spoken: (booking) => {
      const name = languageName(locale, clientsLanguage(booking));
      return booking.interpreting ? t('staff.interpreter.spoken', { language: name }) : name;
    },
    mailLanguage: ({ client }) => languageName(locale, clientLocaleFor(client.language)),
    mode: (mode) => t(`staff.mode.${mode}`),
    advises: (advisor) => advisesText(advisor, { locale, t }),
    support: ({ support }) => support.map((need) => t(`staff.support.${need}`)),
    answers: (audience, { topicId, answers }) =>
      answerRows(audience, topicOf(topicId) ?? { questions: [] }, answers, { locale, t }),
    state: (booking, needsSomebody = false) => ({
      state: needsSomebody ? 'needs' : STATES[booking.status],
      stateText: t(needsSomebody ? needsText(booking) : `staff.status.${booking.status}`),
    }),
  };
}

/**
 * Returns the text for a booking that needs somebody. If the client is here already, it must not suggest to phone them.
 */
function needsText({ status }: Booking): string {
  return status === 'checked_in' ? 'staff.state.needsHere' : 'staff.state.needs';
}

/** Says in which languages an advisor advises, and how where that is limited: "German and English (only phone)". */
export function advisesText({ languages, modes }: Pick<Advisor, 'languages' | 'modes'>, { locale, t }: Reader): string {
  const spoken = allOf(
    locale,
    languages.map((tag) => languageName(locale, tag)),
  );
  if (!modes) return spoken;
  const only = allOf(
    locale,
    modes.map((mode) => t(`staff.mode.${mode}`)),
  );
  return t('staff.advises', { languages: spoken, modes: only });
}
