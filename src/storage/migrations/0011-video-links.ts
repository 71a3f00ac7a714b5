import type { Migration } from './migration';

/** Adds the links for consultations by video: an advisor's permanent room, and the link of a single booking. */
export const videoLinks: Migration = {
  number: 11,
  name: 'video links',
  async up(db) {
    for (const name of ['advisor', 'booking'])
      await db.schema.alterTable(name).addColumn('video_link', 'text').execute();
  },
};
