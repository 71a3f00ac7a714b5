import type { Migration } from './migration';

/** Notes until when a process moves a mail out of the inbox, so that two of them do not move it twice. */
export const filingTurns: Migration = {
  number: 71,
  name: 'filing-turns',
  async up(db, engine) {
    await db.schema.alterTable('mailbox_filing').addColumn('taken_until', engine.instant).execute();
  },
};
