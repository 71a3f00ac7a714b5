import type { Booking } from '../../domain/booking/booking';
import type { Advisor, Desk, Mode } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { lookupLanguage } from '../../domain/language';
import type { ResolvedQuery } from '../../domain/slots/freeSlots';
import { teamOf } from '../../domain/team';
import type { LanguageTag } from '../../domain/text';

/** What is asked for, in ids, as it came from outside. */
export interface SlotQuery {
  readonly topicId: string;
  readonly language: string;
  readonly mode?: Mode | undefined;
  readonly advisorId?: string | undefined;
  /** Said by staff only: it may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** What a booking asks for when it moves: the same as before, with its advisor if it is tied, or with another whom staff chose. */
export function queryToMove(booking: Booking, advisorId?: string): SlotQuery {
  const person = advisorId ?? (booking.tied ? booking.advisorId : undefined);
  const { topicId, language, mode, urgent } = booking;
  return { topicId, language, mode, advisorId: person, urgent };
}

/**
 * The question in the desk's own words. A language that nobody speaks is no error: there is just nothing free in it.
 *
 * @throws DomainError `invalid` with the fields that this desk does not know
 */
export function resolveQuery(
  desk: Desk,
  { topicId, language, mode, advisorId, urgent }: SlotQuery,
  audience: ResolvedQuery['audience'],
): ResolvedQuery {
  const topic = desk.topics.find(({ id }) => id === topicId);
  const errors: FieldError[] = [];
  if (!topic) errors.push({ pointer: '/topic', detail: 'is not a topic of this desk' });
  else if (mode && !topic.modes.includes(mode))
    errors.push({ pointer: '/mode', detail: 'is not a mode of this topic' });
  if (advisorId !== undefined && !desk.advisors.some(({ id }) => id === advisorId))
    errors.push({ pointer: '/advisor', detail: 'is not an advisor of this desk' });
  if (!topic || errors.length > 0) throw new DomainError('invalid', { errors });
  return { topic, language, mode, advisorId, audience, urgent };
}

/** The language of the question as this advisor speaks it, by whom it is taken: that is what a booking keeps. */
export function spokenBy(
  { languages }: Pick<Advisor, 'languages'>,
  { language }: Pick<ResolvedQuery, 'language'>,
): LanguageTag {
  return lookupLanguage(languages, language) ?? language;
}

/** Who could answer the question if they had the time. */
export function suitableFor(desk: Desk, { topic, language, advisorId }: ResolvedQuery): readonly Advisor[] {
  return teamOf(desk).able({ topicId: topic.id, language, advisorId });
}
