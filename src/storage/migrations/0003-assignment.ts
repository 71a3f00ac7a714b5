import type { Migration } from './migration';
import { table } from './table';

/**
 * Adds the settings of a desk that the matching of consultations and advisors uses, and a count of searches without a
 * result.
 */
export const assignment: Migration = {
  number: 3,
  name: 'assignment',
  async up(db, engine) {
    const desk = db.schema.alterTable('desk');
    await desk.addColumn('fixed_minutes', 'integer', (c) => c.notNull().defaultTo(120)).execute();
    await desk.addColumn('capacities_json', 'text').execute();
    await desk.addColumn('reserves_json', 'text').execute();
    await db.schema
      .alterTable('booking')
      .addColumn('urgent', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();

    await table(db, engine, 'unmet_demand')
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('week', 'text', (c) => c.notNull())
      .addColumn('topic_id', 'text', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('searches', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('unmet_demand_key', ['desk_id', 'week', 'topic_id', 'language'] as never)
      .execute();
  },
};
