import type { Booking } from '../../../../domain/booking/booking';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import type { Phrase } from '../../../../domain/booking/phrases';
import type { LanguageTag } from '../../../../domain/text';
import { clientLocaleFor, HOUSE_LOCALE } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';

/** Returns the phrases of the topic, with those that were chosen before though the topic has them no longer. */
export function phrasesOffered({ booking, desk }: BookingAtDesk): readonly Phrase[] {
  const phrases = desk.topics.find(({ id }) => id === booking.topicId)?.phrases ?? [];
  const before = (booking.outcome?.nextSteps ?? []).flatMap(({ phraseId, text }) =>
    phraseId === null ? [] : [{ id: phraseId, text }],
  );
  return [...phrases, ...before.filter(({ id }) => phrases.every((each) => each.id !== id))];
}

/** Returns the languages in which an advisor may write own words: the client's in the talk, that of the mails, German. */
export function languagesOfSteps({ language, interpreting, client }: Booking): readonly LanguageTag[] {
  const own = clientsLanguage({ language, interpreting });
  return [...new Set([own, clientLocaleFor(client.language), HOUSE_LOCALE, language])];
}
