import type { Booking } from '../../domain/booking/booking';
import type { Audience } from '../../domain/booking/questions';
import type { Desk } from '../../domain/desk';
import { inLanguage, type LanguageTag } from '../../domain/text';
import { type AnswerRow, answerRows } from '../../presentation/answers';
import { type DeskTime, deskTime, languageName } from '../../presentation/format';
import { localeFor, type Reader } from '../../presentation/texts';

/** How a booking looks on the day: its status in colour, or that its advisor is away. */
export type State = 'confirmed' | 'here' | 'done' | 'missed' | 'needs' | 'cancelled';

const STATES: Readonly<Record<Booking['status'], State>> = {
  requested: 'needs',
  confirmed: 'confirmed',
  checked_in: 'here',
  completed: 'done',
  no_show: 'missed',
  cancelled: 'cancelled',
};

/** The words of one desk for one reader. */
export interface Words {
  readonly time: DeskTime;
  topic(id: string): string;
  advisor(id: string): string;
  language(tag: LanguageTag): string;
  /** The language of the mails that this client gets. */
  mailLanguage(booking: Pick<Booking, 'client'>): string;
  mode(mode: Booking['mode']): string;
  /** What was asked before and answered, as this audience may read it. */
  answers(audience: Audience, booking: Pick<Booking, 'topicId' | 'answers'>): AnswerRow[];
  state(booking: Booking, needsSomebody?: boolean): { readonly state: State; readonly stateText: string };
}

/** Names that are gone (an advisor who left) appear as their id, so that nothing is hidden. */
export function wordsOf(desk: Desk, { locale, t }: Reader): Words {
  const topicOf = (id: string) => desk.topics.find((topic) => topic.id === id);
  return {
    time: deskTime(locale, desk.hours.timeZone),
    topic: (id) => inLanguage(topicOf(id)?.name ?? { de: id }, locale),
    advisor: (id) => desk.advisors.find((advisor) => advisor.id === id)?.name ?? id,
    language: (tag) => languageName(locale, tag),
    mailLanguage: ({ client }) => languageName(locale, localeFor(client.language)),
    mode: (mode) => t(`staff.mode.${mode}`),
    answers: (audience, { topicId, answers }) =>
      answerRows(audience, topicOf(topicId) ?? { questions: [] }, answers, { locale, t }),
    state: (booking, needsSomebody = false) => ({
      state: needsSomebody ? 'needs' : STATES[booking.status],
      stateText: t(needsSomebody ? needsText(booking) : `staff.status.${booking.status}`),
    }),
  };
}

/** Whoever is here already must not look as if they could still be phoned. */
function needsText({ status }: Booking): string {
  return status === 'checked_in' ? 'staff.state.needsHere' : 'staff.state.needs';
}
