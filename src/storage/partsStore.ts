import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import type { DeskStore } from '../app/ports/deskStore';
import type { Advisor, Desk, Topic } from '../domain/desk';
import { asSeen } from '../domain/deskParts';
import { advisorRow, toAdvisors } from './advisorRows';
import { roomColumns, topicRow, toRooms, toTopic } from './deskRows';
import { entryOf, FROM_FILE, ofDesk, placeOf, type Stamp, succeedParts } from './partEntries';
import { partnersStore } from './partnersStore';
import { validity } from './ruleRows';
import type { Database } from './schema';

type PartsStore = Pick<
  DeskStore,
  | 'topics'
  | 'putTopic'
  | 'topicOrder'
  | 'putTopicOrder'
  | 'partners'
  | 'putPartner'
  | 'advisors'
  | 'putAdvisor'
  | 'rooms'
  | 'putRooms'
  | 'isInUse'
  | 'removePart'
> & {
  /** Writes topics, partners, advisors and rooms of a desk's file as far as they differ; the others keep their version. */
  replaceParts(desk: Desk): Promise<void>;
};

/** Stores what managers keep of a desk, each part with its version. */
export function partsStore(db: Kysely<Database>): PartsStore {
  const topics: PartsStore['topics'] = async (deskId) =>
    (await db.selectFrom('topic').where(ofDesk(deskId)).selectAll().orderBy('position').execute()).map((row) =>
      entryOf(toTopic(row), row),
    );

  const advisors: PartsStore['advisors'] = async (deskId) => {
    const rows = await db.selectFrom('advisor').where(ofDesk(deskId)).selectAll().orderBy('position').execute();
    const all = toAdvisors({
      advisors: rows,
      topics: await db.selectFrom('topic').where(ofDesk(deskId)).select('id').orderBy('position').execute(),
      languages: await db
        .selectFrom('advisor_language')
        .where(ofDesk(deskId))
        .selectAll()
        .orderBy('position')
        .execute(),
      covers: await db.selectFrom('advisor_topic').where(ofDesk(deskId)).selectAll().execute(),
      working: await db.selectFrom('working_rule').where(ofDesk(deskId)).selectAll().orderBy('id').execute(),
    });
    return rows.map((row, i) => entryOf(all[i] as Advisor, row));
  };

  const rooms: PartsStore['rooms'] = async (deskId) => {
    const row = await db.selectFrom('desk').selectAll().where('id', '=', deskId).executeTakeFirstOrThrow();
    return entryOf(toRooms(row), { version: row.rooms_version, origin: row.rooms_origin });
  };

  const putTopic: PartsStore['putTopic'] = async (deskId, topic, origin) => {
    const { position, version } = await placeOf(db, 'topic', deskId, topic.id);
    await addTopic(db, deskId, position, topic, { version, origin });
    return version;
  };

  const topicOrder: PartsStore['topicOrder'] = async (deskId) => {
    const row = await db
      .selectFrom('desk')
      .select(['topic_order_version', 'topic_order_origin'])
      .where('id', '=', deskId)
      .executeTakeFirstOrThrow();
    const all = await db.selectFrom('topic').where(ofDesk(deskId)).select('id').orderBy('position').execute();
    const order = all.map(({ id }) => id);
    return entryOf(order, { version: row.topic_order_version, origin: row.topic_order_origin });
  };

  const putTopicOrder: PartsStore['putTopicOrder'] = async (deskId, topicIds, origin) => {
    const version = (await topicOrder(deskId)).version + 1;
    for (const [position, id] of topicIds.entries())
      await db.updateTable('topic').set({ position }).where(ofDesk(deskId)).where('id', '=', id).execute();
    const row = { topic_order_version: version, topic_order_origin: origin };
    await db.updateTable('desk').set(row).where('id', '=', deskId).execute();
    return version;
  };

  const putAdvisor: PartsStore['putAdvisor'] = async (deskId, advisor, origin) => {
    const { position, version } = await placeOf(db, 'advisor', deskId, advisor.id);
    await addAdvisor(db, deskId, position, advisor, { version, origin });
    return version;
  };

  const putRooms: PartsStore['putRooms'] = async (deskId, part, origin) => {
    const version = (await rooms(deskId)).version + 1;
    const row = { ...roomColumns(part), rooms_version: version, rooms_origin: origin };
    await db.updateTable('desk').set(row).where('id', '=', deskId).execute();
    return version;
  };

  const { replacePartners, isPartnerInUse, removePartner, ...partners } = partnersStore(db);

  return {
    topics,
    putTopic,
    topicOrder,
    putTopicOrder,
    ...partners,
    advisors,
    putAdvisor,
    rooms,
    putRooms,

    async replaceParts(desk) {
      const { id: deskId, reserves, capacities } = desk;
      await replacePartners(deskId, desk.partners);
      await succeedParts<Topic>(db, 'topic', {
        ...{ deskId, before: await topics(deskId), all: desk.topics, seen: (topic) => topic },
        write: (topic, position, stamp) => addTopic(db, deskId, position, topic, stamp),
      });
      const before = await advisors(deskId);
      const all = desk.advisors.map((advisor) => {
        const there = before.find(({ part }) => part.id === advisor.id)?.part;
        // What was covered by who leaves stays stored.
        return advisor.retired && there ? { ...there, retired: true } : inOrder(advisor, desk);
      });
      await succeedParts<Advisor>(db, 'advisor', {
        ...{ deskId, before, all, seen: (advisor) => asSeen(advisor, desk.topics) },
        write: (advisor, position, stamp) => addAdvisor(db, deskId, position, advisor, stamp),
      });
      const there = await rooms(deskId);
      if (!isDeepStrictEqual(there.part, { reserves, capacities })) await putRooms(deskId, desk, 'file');
    },

    async isInUse(deskId, part) {
      if ('partnerId' in part) return isPartnerInUse(deskId, part.partnerId);
      const { rows } = await ('topicId' in part
        ? sql`select 1 from booking where desk_id = ${deskId} and topic_id = ${part.topicId}
            union all select 1 from waiting_entry where desk_id = ${deskId} and topic_id = ${part.topicId}
            union all select 1 from queue_entry where desk_id = ${deskId} and topic_id = ${part.topicId}
            union all select 1 from consultation_fact where desk_id = ${deskId} and topic_id = ${part.topicId} limit 1`
        : sql`select 1 from booking where desk_id = ${deskId} and advisor_id = ${part.advisorId}
            union all select 1 from queue_entry where desk_id = ${deskId} and advisor_id = ${part.advisorId}
            union all select 1 from absence where desk_id = ${deskId} and advisor_id = ${part.advisorId}
            union all select 1 from staff_user where desk_id = ${deskId} and advisor_id = ${part.advisorId}
            union all select 1 from api_token where desk_id = ${deskId} and advisor_id = ${part.advisorId} limit 1`
      ).execute(db);
      return rows.length > 0;
    },

    async removePart(deskId, part) {
      if ('partnerId' in part) return removePartner(deskId, part.partnerId);
      if ('topicId' in part) {
        await ofTopic(db, deskId, part.topicId);
        await db.deleteFrom('topic').where('desk_id', '=', deskId).where('id', '=', part.topicId).execute();
        return;
      }
      await forget(db, deskId, part.advisorId);
      for (const table of ['calendar_feed', 'busy_calendar', 'busy_time'] as const)
        await db.deleteFrom(table).where('desk_id', '=', deskId).where('advisor_id', '=', part.advisorId).execute();
      await db.deleteFrom('advisor').where('desk_id', '=', deskId).where('id', '=', part.advisorId).execute();
    },
  };
}

/** Writes a topic, instead of the one with its id. @param position its place in the list that clients see */
export async function addTopic(
  db: Kysely<Database>,
  deskId: string,
  position: number,
  topic: Topic,
  stamp: Stamp = FROM_FILE,
): Promise<void> {
  const row = { ...topicRow(deskId, position, topic), ...stamp };
  await db
    .insertInto('topic')
    .values(row)
    .onConflict((conflict) => conflict.columns(['desk_id', 'id']).doUpdateSet(row))
    .execute();
}

/** Writes an advisor, instead of the one with their id. */
export async function addAdvisor(
  db: Kysely<Database>,
  deskId: string,
  position: number,
  advisor: Advisor,
  stamp: Stamp = FROM_FILE,
): Promise<void> {
  const { id, languages, levels, topics, workingRules } = advisor;
  const of = { desk_id: deskId, advisor_id: id };
  const row = { ...advisorRow(deskId, position, advisor), ...stamp };
  await db
    .insertInto('advisor')
    .values(row)
    .onConflict((conflict) => conflict.columns(['desk_id', 'id']).doUpdateSet(row))
    .execute();
  await forget(db, deskId, id);
  for (const [place, language] of languages.entries()) {
    const level = levels?.[language] ?? null;
    await db
      .insertInto('advisor_language')
      .values({ ...of, position: place, language, level })
      .execute();
  }
  for (const topic of topics)
    await db
      .insertInto('advisor_topic')
      .values({ ...of, topic_id: topic })
      .execute();
  for (const rule of workingRules)
    await db
      .insertInto('working_rule')
      .values({ ...of, rrule: rule.rrule, starts: rule.start, ends: rule.end, ...validity(rule) })
      .execute();
}

/** Returns the advisor with their topics in the order of the desk, in which they are read. */
function inOrder(advisor: Advisor, desk: Desk): Advisor {
  return { ...advisor, topics: desk.topics.map(({ id }) => id).filter((id) => advisor.topics.includes(id)) };
}

/** Deletes what the advisor covers and when they work. */
async function forget(db: Kysely<Database>, deskId: string, advisorId: string): Promise<void> {
  for (const part of ['advisor_language', 'advisor_topic', 'working_rule'] as const)
    await db.deleteFrom(part).where('desk_id', '=', deskId).where('advisor_id', '=', advisorId).execute();
}

/** Deletes who covers the topic. */
async function ofTopic(db: Kysely<Database>, deskId: string, topicId: string): Promise<void> {
  await db.deleteFrom('advisor_topic').where('desk_id', '=', deskId).where('topic_id', '=', topicId).execute();
}
