import { type Kysely, sql } from 'kysely';
import type { DeskStore } from '../app/ports/deskStore';
import type { Advisor, Desk, Topic } from '../domain/desk';
import { type DeskRows, deskRow, exceptionRow, openingRuleRow, toDesk, topicRow, validity } from './deskRows';
import type { Engine } from './engine';
import { hoursStore } from './hoursStore';
import { rowsAtOnce } from './rowsAtOnce';
import type { Database } from './schema';

const ADVISORS = {
  table: 'advisor',
  columns: ['desk_id', 'id', 'name', 'email', 'video_link', 'door', 'retired'],
  ordered: 'position',
} as const;
const LANGUAGES = {
  table: 'advisor_language',
  columns: ['desk_id', 'advisor_id', 'language'],
  ordered: 'position',
} as const;
const COVERS = {
  table: 'advisor_topic',
  columns: ['desk_id', 'advisor_id', 'topic_id'],
  ordered: 'topic_id',
} as const;

/** Stores desks. Reading takes one statement per table, whatever the number of desks, rules, topics and advisors. */
export function deskStore(db: Kysely<Database>, engine: Engine): DeskStore {
  const read = async (id?: string): Promise<Desk[]> => {
    const ofDesk = id === undefined ? sql<boolean>`1 = 1` : sql<boolean>`desk_id = ${id}`;
    const desks = db.selectFrom('desk').selectAll().orderBy('id');
    const rows: DeskRows = {
      desks: await (id === undefined ? desks : desks.where('id', '=', id)).execute(),
      texts: await db.selectFrom('desk_text').selectAll().where(ofDesk).orderBy('key').execute(),
      rules: await db.selectFrom('opening_rule').selectAll().where(ofDesk).orderBy('id').execute(),
      exceptions: await db.selectFrom('hours_exception').selectAll().where(ofDesk).orderBy('entered').execute(),
      topics: await db.selectFrom('topic').selectAll().where(ofDesk).orderBy('position').execute(),
      advisors: await rowsAtOnce(db, engine, { ...ADVISORS, where: ofDesk }),
      languages: await rowsAtOnce(db, engine, { ...LANGUAGES, where: ofDesk }),
      covers: await rowsAtOnce(db, engine, { ...COVERS, where: ofDesk }),
      working: await db.selectFrom('working_rule').selectAll().where(ofDesk).orderBy('id').execute(),
    };
    return rows.desks.map((desk) => toDesk(desk, rows));
  };

  const hours = hoursStore(db);

  const replaceOpeningRules: DeskStore['replaceOpeningRules'] = async (deskId, rules) => {
    await db.deleteFrom('opening_rule').where('desk_id', '=', deskId).execute();
    for (const rule of rules) await db.insertInto('opening_rule').values(openingRuleRow(deskId, rule)).execute();
  };

  return {
    list: () => read(),
    find: async (id) => (await read(id))[0],

    async withAdvisor(advisorId) {
      const rows = await db
        .selectFrom('advisor')
        .select('desk_id')
        .where('id', '=', advisorId)
        .orderBy('desk_id')
        .execute();
      return rows.map((row) => row.desk_id);
    },

    async add(desk) {
      await db.insertInto('desk').values(deskRow(desk)).execute();
      for (const rule of desk.hours.rules)
        await db.insertInto('opening_rule').values(openingRuleRow(desk.id, rule)).execute();
      for (const [i, exception] of desk.hours.exceptions.entries())
        await db
          .insertInto('hours_exception')
          .values({ ...exceptionRow(desk.id, exception), entered: i + 1, origin: 'file', version: 1 })
          .execute();
      for (const [position, topic] of desk.topics.entries()) await putTopic(db, desk.id, position, topic);
      for (const [position, advisor] of desk.advisors.entries()) await putAdvisor(db, desk.id, position, advisor);
    },

    async replace(desk) {
      await db.updateTable('desk').set(deskRow(desk)).where('id', '=', desk.id).execute();
      await replaceOpeningRules(desk.id, desk.hours.rules);
      const there = (await hours.exceptions(desk.id)).map(({ exception }) => exception.id);
      const wanted = desk.hours.exceptions.map(({ id }) => id);
      for (const id of there) if (!wanted.includes(id)) await hours.removeException(desk.id, id);
      for (const exception of desk.hours.exceptions)
        if (!there.includes(exception.id)) await hours.addException(desk.id, exception, 'file');
      for (const [position, topic] of desk.topics.entries()) await putTopic(db, desk.id, position, topic);
      for (const [position, advisor] of desk.advisors.entries()) await putAdvisor(db, desk.id, position, advisor);
    },

    replaceOpeningRules,
    ...hours,
  };
}

async function putTopic(db: Kysely<Database>, deskId: string, position: number, topic: Topic): Promise<void> {
  const row = topicRow(deskId, position, topic);
  await db
    .insertInto('topic')
    .values(row)
    .onConflict((conflict) => conflict.columns(['desk_id', 'id']).doUpdateSet(row))
    .execute();
}

async function putAdvisor(db: Kysely<Database>, deskId: string, position: number, advisor: Advisor): Promise<void> {
  const of = { desk_id: deskId, advisor_id: advisor.id };
  const { id, name, email, videoLink = null, door = null, retired = false } = advisor;
  const row = { desk_id: deskId, id, position, name, email, video_link: videoLink, door, retired: retired ? 1 : 0 };
  await db
    .insertInto('advisor')
    .values(row)
    .onConflict((conflict) => conflict.columns(['desk_id', 'id']).doUpdateSet(row))
    .execute();
  for (const part of ['advisor_language', 'advisor_topic', 'working_rule'] as const)
    await db.deleteFrom(part).where('desk_id', '=', deskId).where('advisor_id', '=', id).execute();
  for (const [place, language] of advisor.languages.entries())
    await db
      .insertInto('advisor_language')
      .values({ ...of, position: place, language })
      .execute();
  for (const topic of advisor.topics)
    await db
      .insertInto('advisor_topic')
      .values({ ...of, topic_id: topic })
      .execute();
  for (const rule of advisor.workingRules)
    await db
      .insertInto('working_rule')
      .values({ ...of, rrule: rule.rrule, starts: rule.start, ends: rule.end, ...validity(rule) })
      .execute();
}
