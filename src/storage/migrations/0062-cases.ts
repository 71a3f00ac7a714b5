import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/**
 * Stores the cases of clients who are accompanied over several meetings, who may read them, what was counted of those
 * that are gone, and the trail of who looked at what.
 */
export const cases: Migration = {
  number: 62,
  name: 'cases',
  async up(db, engine) {
    await db.schema.alterTable('desk').addColumn('cases_json', 'text').execute();
    await table(db, engine, 'client_case')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('client_json', 'text', (c) => c.notNull())
      .addColumn('intake_json', 'text', (c) => c.notNull())
      .addColumn('steps_json', 'text', (c) => c.notNull())
      .addColumn('strategy_json', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('open', 'closed')`))
      .addColumn('result', 'text')
      .addColumn('result_on', 'text')
      .addColumn('opened_at', engine.instant, (c) => c.notNull())
      .addColumn('closed_at', engine.instant)
      .addColumn('version', 'integer', (c) => c.notNull())
      .addCheckConstraint('client_case_end', sql`(state = 'closed') = (closed_at is not null)`)
      .addCheckConstraint(
        'client_case_result',
        sql`(state = 'closed') = (result is not null and result_on is not null)`,
      )
      .execute();
    await db.schema.createIndex('client_case_by_desk').on('client_case').columns(['desk_id', 'state']).execute();

    await table(db, engine, 'case_advisor')
      .addColumn('case_id', 'text', (c) => c.notNull().references('client_case.id'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('advisor_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('case_advisor_key', ['case_id', 'advisor_id'] as never)
      .execute();
    await db.schema.createIndex('case_advisor_by_advisor').on('case_advisor').column('advisor_id').execute();

    // A consultation belongs to one case at most. The booking may be gone before the case is.
    await table(db, engine, 'case_meeting')
      .addColumn('booking_id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('case_id', 'text', (c) => c.notNull().references('client_case.id'))
      .addColumn('starts_at', engine.instant, (c) => c.notNull())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('case_meeting_by_case').on('case_meeting').column('case_id').execute();

    await table(db, engine, 'case_fact')
      .addColumn('desk_id', 'text', (c) => c.notNull())
      .addColumn('month', 'text', (c) => c.notNull())
      .addColumn('result', 'text', (c) => c.notNull())
      .addColumn('months', 'integer', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('case_fact_by_desk').on('case_fact').columns(['desk_id', 'month']).execute();

    await table(db, engine, 'trail_entry')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull())
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addColumn('by_name', 'text', (c) => c.notNull())
      .addColumn('deed', 'text', (c) => c.notNull())
      .addColumn('about', 'text', (c) => c.notNull())
      .execute();
    await db.schema.createIndex('trail_entry_by_about').on('trail_entry').columns(['about', 'at']).execute();
    await db.schema.createIndex('trail_entry_by_desk').on('trail_entry').columns(['desk_id', 'at']).execute();
  },
};
