import type { Migration } from './migration';
import { table } from './table';

/** Keeps each version of a desk's hours, so that an earlier one can be brought back. */
export const hoursVersions: Migration = {
  number: 33,
  name: 'hours-versions',
  async up(db, engine) {
    await table(db, engine, 'hours_version')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('desk_id', 'text', (c) => c.notNull().references('desk.id'))
      .addColumn('number', 'integer', (c) => c.notNull())
      .addColumn('at', engine.instant, (c) => c.notNull())
      .addColumn('by_kind', 'text', (c) => c.notNull())
      .addColumn('by_name', 'text')
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('why', 'text')
      .addColumn('valid_from', 'text')
      .addColumn('state_json', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('hours_version_order')
      .unique()
      .on('hours_version')
      .columns(['desk_id', 'number'])
      .execute();
  },
};
