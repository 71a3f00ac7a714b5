import { type Kysely, sql } from 'kysely';
import type { DeskStore } from '../app/ports/deskStore';
import type { Desk } from '../domain/desk';
import { type DeskRows, deskRow, exceptionRow, toDesk } from './deskRows';
import type { Engine } from './engine';
import { hoursStore } from './hoursStore';
import { addPartner } from './partnersStore';
import { addAdvisor, addTopic, partsStore } from './partsStore';
import { rowsAtOnce } from './rowsAtOnce';
import { openingRuleRow } from './ruleRows';
import type { Database } from './schema';

const ADVISORS = {
  table: 'advisor',
  columns: [
    'desk_id',
    'id',
    'name',
    'email',
    'video_link',
    'door',
    'modes_json',
    'valid_from',
    'valid_until',
    'retired',
  ],
  ordered: 'position',
} as const;
const LANGUAGES = {
  table: 'advisor_language',
  columns: ['desk_id', 'advisor_id', 'language', 'level'],
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
      freed: await db.selectFrom('freed_place').selectAll().where(ofDesk).orderBy('freed_at').orderBy('id').execute(),
      rules: await db.selectFrom('opening_rule').selectAll().where(ofDesk).orderBy('id').execute(),
      exceptions: await db.selectFrom('hours_exception').selectAll().where(ofDesk).orderBy('entered').execute(),
      topics: await db.selectFrom('topic').selectAll().where(ofDesk).orderBy('position').execute(),
      partners: await db.selectFrom('partner').selectAll().where(ofDesk).orderBy('position').execute(),
      advisors: await rowsAtOnce(db, engine, { ...ADVISORS, where: ofDesk }),
      languages: await rowsAtOnce(db, engine, { ...LANGUAGES, where: ofDesk }),
      covers: await rowsAtOnce(db, engine, { ...COVERS, where: ofDesk }),
      working: await db.selectFrom('working_rule').selectAll().where(ofDesk).orderBy('id').execute(),
    };
    return rows.desks.map((desk) => toDesk(desk, rows));
  };

  const hours = hoursStore(db);
  const { replaceParts, ...parts } = partsStore(db);

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
      for (const [position, topic] of desk.topics.entries()) await addTopic(db, desk.id, position, topic);
      for (const [position, partner] of desk.partners.entries()) await addPartner(db, desk.id, position, partner);
      for (const [position, advisor] of desk.advisors.entries()) await addAdvisor(db, desk.id, position, advisor);
    },

    async replace(desk) {
      await replaceParts(desk);
      await db.updateTable('desk').set(deskRow(desk)).where('id', '=', desk.id).execute();
      await replaceOpeningRules(desk.id, desk.hours.rules);
      const there = (await hours.exceptions(desk.id)).map(({ exception }) => exception.id);
      const wanted = desk.hours.exceptions.map(({ id }) => id);
      for (const id of there) if (!wanted.includes(id)) await hours.removeException(desk.id, id);
      for (const exception of desk.hours.exceptions)
        if (!there.includes(exception.id)) await hours.addException(desk.id, exception, 'file');
    },

    replaceOpeningRules,
    ...hours,
    ...parts,
  };
}
