import type { BookingEventType } from '../booking/booking';
import type { Instant } from '../calendar/interval';
import { type KindsOfMessage, MESSAGE_KINDS, type Recipient, tellsOfChange } from './kinds';

/** A message of the outbox that was not withdrawn, with the fields on which a newer change depends. */
export interface QueuedMessage {
  readonly kind: string;
  readonly recipient: string;
  readonly address: string;
  readonly state: 'waiting' | 'sent' | 'withdrawn' | 'failed';
  readonly attempts: number;
  readonly sequence: number;
  readonly createdAt: Instant;
  /** Whether it is stored what the reader knew before this message. */
  readonly hasKnown: boolean;
}

/**
 * The messages that a change replaces: by reader, the changes that were not sent yet; and messages that became wrong.
 */
interface OvertakenMessages<M> {
  readonly client: readonly M[];
  readonly staff: readonly M[];
  readonly outdated: readonly M[];
}

/**
 * Decides which messages about a booking a change replaces. Changes that were not sent yet are told together with the
 * new one. A mail of another kind is withdrawn if its row in `MESSAGE_KINDS` says so, also if an attempt to send it has
 * failed.
 *
 * @param messages the oldest first
 * @param change what happens to the booking, and whose messages it concerns (absent: everybody's)
 */
export function overtakenMessages<M extends QueuedMessage>(
  messages: readonly M[],
  change: { readonly by: BookingEventType; readonly only?: Recipient | undefined },
  kinds: KindsOfMessage = MESSAGE_KINDS,
): OvertakenMessages<M> {
  const concerned = messages.filter(({ recipient }) => change.only === undefined || recipient === change.only);
  const changes = concerned.filter(({ kind }) => tellsOfChange(kind, kinds));
  const of = (reader: Recipient) => unsentTail(changes.filter(({ recipient }) => recipient === reader));
  return {
    client: of('client'),
    staff: of('staff'),
    outdated: concerned.filter(
      ({ kind, state }) => state === 'waiting' && (kinds[kind]?.withdrawnBy.includes(change.by) ?? false),
    ),
  };
}

/**
 * Returns the latest messages that no attempt was made to send. A change of which one of several readers (two advisors, the client and an employee) has
 * been told is not among them.
 */
function unsentTail<M extends QueuedMessage>(messages: readonly M[]): M[] {
  const isUnsent = ({ state, attempts, hasKnown }: M) => state === 'waiting' && attempts === 0 && hasKnown;
  const last = messages.findLast((message) => !isUnsent(message));
  if (!last) return [...messages];
  const isSplit = ({ recipient, address, createdAt, sequence }: M) =>
    recipient === last.recipient &&
    address !== last.address &&
    createdAt === last.createdAt &&
    sequence === last.sequence;
  return messages.slice(messages.indexOf(last) + 1).filter((message) => !isSplit(message));
}
