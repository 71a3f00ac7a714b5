import { sql } from 'kysely';
import type { Migration } from './migration';
import { table } from './table';

/**
 * Adds what the figures of a desk are made of: more of each fact, the months that are closed with what is told of them,
 * what was free on each day, and the tasks to open more starts.
 *
 * Nothing fills `follow_up`, `referred_to` and `client_group` yet.
 */
export const figures: Migration = {
  number: 30,
  name: 'figures',
  async up(db, engine) {
    const fact = db.schema.alterTable('consultation_fact');
    await fact.addColumn('cancelled_late', 'integer').execute();
    await fact.addColumn('persons', 'integer').execute();
    await fact.addColumn('minutes', 'integer').execute();
    await fact.addColumn('follow_up', 'integer').execute();
    await fact.addColumn('referred_to', 'text').execute();
    await fact.addColumn('client_group', 'text').execute();

    await table(db, engine, 'figure_month')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('month', 'text', (c) => c.notNull())
      .addColumn('closed_at', engine.instant, (c) => c.notNull())
      .addColumn('tables_json', 'text', (c) => c.notNull())
      .addColumn('offered_hours', 'integer', (c) => c.notNull())
      .addColumn('used_percent', 'integer')
      .addPrimaryKeyConstraint('figure_month_key', ['desk_id', 'month'] as never)
      .execute();

    await table(db, engine, 'waiting_sample')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('first_days', 'integer', (c) => c.notNull())
      .addColumn('third_days', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('waiting_sample_key', ['desk_id', 'date', 'topic_id', 'language'] as never)
      .execute();

    await table(db, engine, 'open_starts')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('missing', 'integer', (c) => c.notNull())
      .addColumn('until', 'text', (c) => c.notNull())
      .addColumn('opening_json', 'text')
      .addColumn('created_at', engine.instant, (c) => c.notNull())
      .addColumn('done_at', engine.instant)
      .addColumn('done_by', 'text')
      .execute();
    await sql`create unique index open_starts_open on open_starts (desk_id, topic_id, language) where done_at is null`.execute(
      db,
    );
  },
};
