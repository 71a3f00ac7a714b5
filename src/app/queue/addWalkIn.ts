import { type Desk, topicsOnOffer } from '../../domain/desk';
import { DomainError, type FieldError } from '../../domain/errors';
import { lookupLanguage } from '../../domain/language';
import { languagesForTopic } from '../../domain/offering';
import type { QueueEntry } from '../../domain/queue/entry';
import { type Expected, walkInMode } from '../../domain/queue/line';
import type { Caller } from '../../domain/staff/caller';
import { assertMayServeQueue } from '../../domain/staff/rights';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import { placeInLine, queueDay } from './readQueue';

interface WalkIn {
  readonly who: Caller;
  readonly deskId: string;
  readonly topicId: string;
  readonly language: string;
  readonly name: string | null;
  /** Why they come before others who have no appointment; null: they do not. */
  readonly urgent: string | null;
  readonly idempotency?: IdempotencyKey | undefined;
}

/** A new place in the line. */
interface PlaceInLine {
  readonly id: string;
  readonly number: string;
  /** Of the ticket's page. */
  readonly token: string;
  readonly position: number;
  readonly expected: Expected | null;
}

/**
 * Puts somebody without an appointment into the line. Numbers begin with W1 each day.
 *
 * @throws DomainError `invalid` (topic, language), `not-found`, `forbidden`
 */
export function addWalkIn({
  storage,
  now,
  ids,
  tokens,
}: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'tokens'>): (walkIn: WalkIn) => Promise<IdempotentAnswer<PlaceInLine>> {
  return async ({ who, deskId, topicId, language, name, urgent, idempotency }) => {
    assertMayServeQueue(who, deskId);
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const desk = await deskOf(stores, deskId);
      const spoken = assertSpoken(desk, topicId, language);
      const today = await stores.queue.within(deskId, queueDay(desk, at));
      const number = `W${today.filter(({ bookingId }) => bookingId === null).length + 1}`;
      const entry: QueueEntry = {
        ...{ id: ids.uuid(), deskId, bookingId: null, number, topicId, language: spoken, name, urgent },
        ...{ state: 'waiting', misses: 0, advisorId: null, version: 1 },
        ...{ arrivedAt: at, turnAt: at, calledAt: null, startedAt: null, endedAt: null },
      };
      const token = tokens.tokenFor(entry.id);
      await stores.queue.add(entry, tokens.hash(token));
      const { position, expected } = await placeInLine(stores, desk, entry, at);
      return { id: entry.id, number, token, position: position ?? 1, expected };
    });
  };
}

/** Returns the language as the desk writes it. @throws DomainError `invalid` */
function assertSpoken(desk: Desk, topicId: string, language: string): LanguageTag {
  const errors: FieldError[] = [];
  const topic = topicsOnOffer(desk).find(({ id }) => id === topicId);
  const spoken = topic && lookupLanguage(languagesForTopic(desk, topicId, walkInMode(topic)), language);
  if (!topic) errors.push({ pointer: '/topic', detail: 'is not a topic of this desk' });
  else if (spoken === undefined)
    errors.push({ pointer: '/language', detail: 'nobody at the desk speaks it about this topic' });
  if (spoken === undefined) throw new DomainError('invalid', { errors });
  return spoken;
}
