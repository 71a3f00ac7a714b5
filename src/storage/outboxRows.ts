import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import type { OutboxEntry, UnwrittenEntry, Withdrawn } from '../app/ports/outbox';
import { type Instant, MINUTE } from '../domain/calendar/interval';
import { MAX_HELD_MS, WAITS_MS } from '../domain/notifications/attempts';
import type { Recipient } from '../domain/notifications/kinds';
import type { AnyMailFacts } from '../domain/notifications/mailFacts';
import type { Known } from '../domain/notifications/merging';
import type { Message } from '../domain/notifications/message';
import { fromJson } from './json';
import type { Database } from './schema';

/** How far the clocks of two machines may differ. */
const MAX_CLOCK_DIFFERENCE_MS = 5 * MINUTE;

type Row = Selectable<Database['outbox']>;
/** The tables of a query that names the outbox `o`. */
type Outbox = Database & { readonly o: Database['outbox'] };

export function toUnwritten(row: Row): UnwrittenEntry {
  return { ...toPlace(row), from: sourceOf(row) };
}

/** @param row of a message that is written */
export function toEntry(row: Row): OutboxEntry {
  const { from, to, messageId, ...source } = sourceOf(row);
  // A message of the version before was tried at the time that it has itself.
  const date = row.first_tried_at ?? ('date' in source ? source.date : row.created_at);
  const { attempts, last_code: lastCode, content } = row;
  return { ...toPlace(row), mail: { from, to, messageId, date, content: content ?? '' }, attempts, lastCode };
}

/** Returns what the recipient knew before the first of the withdrawn messages. */
export function toWithdrawn([first]: readonly Pick<Row, 'known_json' | 'hold_until'>[]): Withdrawn | null {
  return first?.known_json ? { known: fromJson<Known>(first.known_json), holdUntil: first.hold_until } : null;
}

/** Matches messages that are due, not held, and still of use, while the outbox is not paused. */
export function isToSend(now: Instant) {
  return (builder: ExpressionBuilder<Outbox, 'o'>) => {
    const { eb, and, not, exists, selectFrom } = builder;
    const isPaused = exists(selectFrom('outbox_pause').select('id'));
    const isOfUse = builder.or([eb('o.useful_until', 'is', null), eb('o.useful_until', '>', now)]);
    return and([eb('o.state', '=', 'waiting'), isDue(now)(builder), isReleased(now, 'o'), isOfUse, not(isPaused)]);
  };
}

/**
 * Matches messages that are not held until a later date. One that is held for longer than any can be was written before
 * the clock was set back, and counts as released.
 */
export function isReleased(now: Instant, message: 'o' | 'earlier') {
  const until = sql.ref<number | null>(`${message}.hold_until`);
  return sql<boolean>`(${until} is null or ${until} <= ${now} or ${until} > ${now + MAX_HELD_MS})`;
}

function toPlace(row: Row) {
  return {
    id: row.id,
    deskId: row.desk_id,
    bookingId: row.booking_id,
    recipient: row.recipient as Recipient,
    createdAt: row.created_at,
    unwritableSince: row.unwritable_since,
  };
}

/** Returns the facts of a message, or the message itself if it was queued before there were facts. */
function sourceOf({ facts_json, message_json }: Row): AnyMailFacts | (Message & { readonly date: Instant }) {
  return fromJson(facts_json ?? message_json);
}

/**
 * Matches messages whose next attempt is due, and those whose next attempt is further away than any can be, because the
 * clock was set back.
 */
function isDue(now: Instant) {
  return ({ eb, or, and }: ExpressionBuilder<Outbox, 'o'>) =>
    or([
      eb('o.next_at', '<=', now),
      ...WAITS_MS.map((wait, i) => {
        const last = i === WAITS_MS.length - 1;
        return and([
          eb('o.attempts', last ? '>' : '<=', last ? i : i + 1),
          eb('o.next_at', '>', now + wait + MAX_CLOCK_DIFFERENCE_MS),
        ]);
      }),
    ]);
}
