import { type Kysely, type Selectable, sql } from 'kysely';
import type { Bounced, MailOfBooking, Outbox, SentMail } from '../app/ports/outbox';
import type { BounceReason } from '../domain/notifications/bounceReasons';
import type { Recipient } from '../domain/notifications/kinds';
import type { OutboxTable } from './outboxTable';
import type { Database } from './schema';

type BounceStore = Pick<
  Outbox,
  'ofBooking' | 'findByMessageId' | 'lastSentTo' | 'bounced' | 'bouncedUntil' | 'toldOfBounce'
>;

/** What becomes of messages after they were sent. */
export function bounceStore(db: Kysely<Database>): BounceStore {
  const sentMails = () =>
    db.selectFrom('outbox').select(['id', 'desk_id', 'booking_id', 'kind', 'recipient', 'address', 'dedupe_key']);
  return {
    async ofBooking(bookingId) {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('booking_id', '=', bookingId)
        .orderBy('id')
        .execute();
      return rows.map(toMailOfBooking);
    },

    async findByMessageId(messageIds) {
      if (messageIds.length === 0) return undefined;
      const rows = await sentMails()
        .where('dedupe_key', 'in', [...messageIds])
        .execute();
      const found = messageIds.map((id) => rows.find((row) => row.dedupe_key === id)).find((row) => row !== undefined);
      return found && toSentMail(found);
    },

    async lastSentTo(address, since) {
      const row = await sentMails()
        .where(sql`lower(address)`, '=', address.toLowerCase())
        .where('state', '=', 'sent')
        .where('sent_at', '>=', since)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toSentMail(row);
    },

    async bounced(id, { action, hard, status, reason, at }) {
      await db
        .updateTable('outbox')
        .set({
          ...{ bounced_at: at, bounce_action: action, bounce_hard: hard ? 1 : 0 },
          ...{ bounce_status: status, bounce_reason: reason },
        })
        .where('id', '=', id)
        .$if(action === 'delayed', (query) => query.where('bounce_action', 'is', null))
        .execute();
    },

    async bouncedUntil(until, limit) {
      const rows = await sentMails()
        .where('bounce_action', '=', 'failed')
        .where('bounced_at', '<=', until)
        .where('bounce_hard', '=', 0)
        .where('bounce_told_at', 'is', null)
        .where('recipient', '=', 'client')
        .where('booking_id', 'is not', null)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toSentMail);
    },

    async toldOfBounce(id, now) {
      await db.updateTable('outbox').set({ bounce_told_at: now }).where('id', '=', id).execute();
    },
  };
}

type Row = Selectable<OutboxTable>;

function toSentMail(row: Pick<Row, 'id' | 'desk_id' | 'booking_id' | 'kind' | 'recipient' | 'address'>): SentMail {
  const { id, desk_id: deskId, booking_id: bookingId, kind, recipient, address } = row;
  return { id, deskId, bookingId, kind, recipient: recipient as Recipient, address };
}

function toMailOfBooking(row: Row): MailOfBooking {
  const { id, kind, recipient, address, state, sent_at, created_at, last_code: lastCode } = row;
  return { id, kind, recipient, address, state, at: sent_at ?? created_at, lastCode, bounced: toBounced(row) };
}

function toBounced(row: Row): Bounced | null {
  const { bounced_at: at, bounce_action: action, bounce_hard, bounce_status: status, bounce_reason: reason } = row;
  if (at === null || action === null) return null;
  return { at, action, hard: bounce_hard === 1, status: status ?? '', reason: (reason ?? 'other') as BounceReason };
}
