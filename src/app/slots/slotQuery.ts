import type { Booking } from '../../domain/booking/booking';
import type { Instant } from '../../domain/calendar/interval';
import type { Advisor, Desk, Mode } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { lookupLanguage } from '../../domain/language';
import type { ResolvedQuery } from '../../domain/slots/freeSlots';
import type { Caller } from '../../domain/staff/caller';
import { teamOf } from '../../domain/team';
import type { LanguageTag } from '../../domain/text';

/** What is asked for, by ids, as it came from outside. */
export interface SlotQuery {
  readonly topicId: string;
  readonly language: string;
  readonly mode?: Mode | undefined;
  readonly advisorId?: string | undefined;
  /** The language is interpreted by somebody whom the desk has to find. */
  readonly interpreter?: boolean | undefined;
  /** Set only by staff: the search may use what is kept for urgent matters. */
  readonly urgent?: boolean | undefined;
}

/** A query at a desk, and the range in which it is asked. */
export interface QueryInRange {
  readonly deskId: string;
  readonly query: SlotQuery;
  /** Starts in [from, to); absent: from now to the horizon. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** The id of a hold or booking that is ignored, because it is the client's own or is about to move. */
  readonly except?: string | undefined;
}

/**
 * Returns the query for moving a booking: the same as when it was made, with its advisor if it is tied, or with another
 * advisor whom staff chose.
 */
export function queryToMove(booking: Booking, advisorId?: string): SlotQuery {
  const person = advisorId ?? (booking.tied ? booking.advisorId : undefined);
  const { topicId, language, mode, urgent } = booking;
  return { topicId, language, mode, advisorId: person, urgent };
}

/**
 * Replaces the ids of the query by the desk's objects. A language that nobody speaks is no error; nothing is free in
 * it.
 *
 * @throws DomainError `invalid` with the fields that this desk does not know
 */
export function resolveQuery(
  desk: Desk,
  { topicId, language, interpreter, mode, advisorId, urgent }: SlotQuery,
  audience: ResolvedQuery['audience'],
): ResolvedQuery {
  const topic = desk.topics.find(({ id }) => id === topicId);
  const errors: FieldError[] = [];
  if (!topic) errors.push({ pointer: '/topic', detail: 'is not a topic of this desk' });
  else if (mode && !topic.modes.includes(mode))
    errors.push({ pointer: '/mode', detail: 'is not a mode of this topic' });
  if (advisorId !== undefined && !desk.advisors.some(({ id }) => id === advisorId))
    errors.push({ pointer: '/advisor', detail: 'is not an advisor of this desk' });
  if (interpreter && !desk.interpreters)
    errors.push({ pointer: '/interpreter', detail: 'this desk works with no interpreters' });
  if (!topic || errors.length > 0) throw new DomainError('invalid', { errors });
  if (!interpreter || !desk.interpreters) return { topic, language, mode, advisorId, audience, urgent };
  const { through } = desk.interpreters;
  return { topic, language: through, interpretedInto: language, mode, advisorId, audience, urgent };
}

/** Returns which starts the caller is offered, see `ResolvedQuery.audience`. */
export function audienceOf({ kind }: Caller): ResolvedQuery['audience'] {
  return kind === 'client' ? 'client' : 'staff';
}

/**
 * Returns the language of the query as the advisor who takes the booking speaks it, for example with its region; the
 * booking stores that one.
 */
export function spokenBy(
  { languages }: Pick<Advisor, 'languages'>,
  { language }: Pick<ResolvedQuery, 'language'>,
): LanguageTag {
  return lookupLanguage(languages, language) ?? language;
}

/** Returns the advisors who could give this consultation if they had time. */
export function suitableFor(desk: Desk, { topic, language, mode, advisorId }: ResolvedQuery): readonly Advisor[] {
  return teamOf(desk).able({ topicId: topic.id, language, mode: mode ?? topic.modes, advisorId });
}
