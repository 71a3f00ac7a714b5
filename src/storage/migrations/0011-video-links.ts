import type { Migration } from './migration';

/** By which link client and advisor meet: an advisor's standing room, and a booking's own. */
export const videoLinks: Migration = {
  number: 11,
  name: 'video links',
  async up(db) {
    for (const name of ['advisor', 'booking'])
      await db.schema.alterTable(name).addColumn('video_link', 'text').execute();
  },
};
