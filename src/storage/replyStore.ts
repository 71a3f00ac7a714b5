import type { Kysely } from 'kysely';
import type { MailboxFailure, MailboxStore } from '../app/ports/mailboxes';
import type { BookingReply, ReplyStore } from '../app/ports/replies';
import type { Database } from './schema';

/** Stores the answers to bookings that came by mail. */
export function replyStore(db: Kysely<Database>): ReplyStore {
  return {
    async add({ bookingId, deskId, digest, partstat, sequence, stamp, reader, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('booking_reply')
        .values({ booking_id: bookingId, desk_id: deskId, digest, partstat, sequence, stamp, reader, at })
        .onConflict((conflict) => conflict.columns(['booking_id', 'digest']).doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async ofBooking(bookingId) {
      const rows = await db
        .selectFrom('booking_reply')
        .selectAll()
        .where('booking_id', '=', bookingId)
        .orderBy('at')
        .orderBy('digest')
        .execute();
      return rows.map((row) => ({
        bookingId: row.booking_id,
        deskId: row.desk_id,
        digest: row.digest,
        partstat: row.partstat as BookingReply['partstat'],
        sequence: row.sequence,
        stamp: row.stamp,
        reader: row.reader as BookingReply['reader'],
        at: row.at,
      }));
    },
  };
}

/** Stores how far mailboxes were read. */
export function mailboxStore(db: Kysely<Database>): MailboxStore {
  return {
    async list() {
      const rows = await db.selectFrom('mailbox').selectAll().orderBy('name').execute();
      return rows.map((row) => ({
        name: row.name,
        uidValidity: row.uid_validity,
        lastUid: row.last_uid,
        lookedAt: row.looked_at,
        failing: row.failing_since === null ? null : { since: row.failing_since, why: row.failure as MailboxFailure },
      }));
    },

    async begin(name, uidValidity) {
      await added(name);
      await db
        .updateTable('mailbox')
        .set({ uid_validity: uidValidity, last_uid: 0 })
        .where('name', '=', name)
        .where('uid_validity', '<>', uidValidity)
        .execute();
      await db
        .deleteFrom('mailbox_filing')
        .where('mailbox', '=', name)
        .where('uid_validity', '<>', uidValidity)
        .execute();
    },

    async advance(name, uidValidity, uid) {
      const { numUpdatedRows } = await db
        .updateTable('mailbox')
        .set({ last_uid: uid })
        .where('name', '=', name)
        .where('uid_validity', '=', uidValidity)
        .where('last_uid', '<', uid)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async toFile(mailbox, uidValidity, uid) {
      await db
        .insertInto('mailbox_filing')
        .values({ mailbox, uid_validity: uidValidity, uid, taken_until: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async takeFiling(mailbox, uidValidity, { now, until }) {
      const rows = await db
        .updateTable('mailbox_filing')
        .set({ taken_until: until })
        .where((eb) => eb.and({ mailbox, uid_validity: uidValidity }))
        // One that is taken for longer than anybody takes it was taken before the clock was set back.
        .where((eb) =>
          eb.or([eb('taken_until', 'is', null), eb('taken_until', '<=', now), eb('taken_until', '>', until)]),
        )
        .returning('uid')
        .execute();
      return rows.map(({ uid }) => uid).sort((a, b) => a - b);
    },

    async giveBackFiling(mailbox, uidValidity, uids) {
      await db
        .updateTable('mailbox_filing')
        .set({ taken_until: null })
        .where((eb) => eb.and({ mailbox, uid_validity: uidValidity }))
        .where('uid', 'in', [...uids])
        .execute();
    },

    async filed(mailbox, uidValidity, uids) {
      if (uids.length === 0) return;
      await db
        .deleteFrom('mailbox_filing')
        .where((eb) => eb.and({ mailbox, uid_validity: uidValidity }))
        .where('uid', 'in', [...uids])
        .execute();
    },

    async looked(name, now) {
      await db
        .updateTable('mailbox')
        .set({ looked_at: now, failing_since: null, failure: null })
        .where('name', '=', name)
        .execute();
    },

    async away(name, why, now) {
      await added(name);
      const { numUpdatedRows } = await db
        .updateTable('mailbox')
        .set((eb) => ({ failing_since: eb.fn.coalesce('failing_since', eb.val(now)), failure: why }))
        .where('name', '=', name)
        .where((eb) => eb.or([eb('failure', 'is', null), eb('failure', '<>', why)]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };

  async function added(name: string): Promise<void> {
    await db
      .insertInto('mailbox')
      .values({ name, uid_validity: '', last_uid: 0, looked_at: null, failing_since: null, failure: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
