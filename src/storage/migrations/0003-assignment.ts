import type { Migration } from './migration';

/** What the matching of consultations and advisors asks of a desk. */
export const assignment: Migration = {
  number: 3,
  name: 'assignment',
  async up(db) {
    const desk = db.schema.alterTable('desk');
    await desk.addColumn('fixed_minutes', 'integer', (c) => c.notNull().defaultTo(120)).execute();
    await desk.addColumn('capacities_json', 'text').execute();
  },
};
