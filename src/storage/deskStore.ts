import { type Kysely, type Selectable, sql } from 'kysely';
import type { DeskStore } from '../app/ports/deskStore';
import type { HoursException, HoursRule } from '../domain/calendar/hours';
import type { Absence, Advisor, Desk, Topic } from '../domain/desk';
import { groupBy } from '../domain/groupBy';
import { fromJson, fromNullableJson, toNullableJson } from './json';
import type { Database } from './schema';

/** Desks are read whole, each table once, whatever the number of rules, topics and advisors. */
export function deskStore(db: Kysely<Database>): DeskStore {
  const read = async (id?: string): Promise<Desk[]> => {
    const ofDesk = id === undefined ? sql<boolean>`1 = 1` : sql<boolean>`desk_id = ${id}`;
    const desks = db.selectFrom('desk').selectAll().orderBy('id');
    const rows: DeskRows = {
      desks: await (id === undefined ? desks : desks.where('id', '=', id)).execute(),
      rules: await db.selectFrom('opening_rule').selectAll().where(ofDesk).orderBy('id').execute(),
      exceptions: await db.selectFrom('hours_exception').selectAll().where(ofDesk).orderBy('id').execute(),
      topics: await db.selectFrom('topic').selectAll().where(ofDesk).orderBy('position').execute(),
      advisors: await db.selectFrom('advisor').selectAll().where(ofDesk).orderBy('position').execute(),
      languages: await db.selectFrom('advisor_language').selectAll().where(ofDesk).orderBy('position').execute(),
      covers: await db.selectFrom('advisor_topic').selectAll().where(ofDesk).execute(),
      working: await db.selectFrom('working_rule').selectAll().where(ofDesk).orderBy('id').execute(),
    };
    return rows.desks.map((desk) => toDesk(desk, rows));
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
      for (const exception of desk.hours.exceptions)
        await db.insertInto('hours_exception').values(exceptionRow(desk.id, exception)).execute();
      for (const [position, topic] of desk.topics.entries())
        await db
          .insertInto('topic')
          .values(topicRow(desk.id, position, topic))
          .execute();
      for (const [position, advisor] of desk.advisors.entries()) await addAdvisor(db, desk.id, position, advisor);
    },

    async replaceOpeningRules(deskId, rules) {
      await db.deleteFrom('opening_rule').where('desk_id', '=', deskId).execute();
      for (const rule of rules) await db.insertInto('opening_rule').values(openingRuleRow(deskId, rule)).execute();
    },

    async addException(deskId, exception) {
      await db.insertInto('hours_exception').values(exceptionRow(deskId, exception)).execute();
    },

    async absences(deskId, range) {
      const rows = await db
        .selectFrom('absence')
        .selectAll()
        .where('desk_id', '=', deskId)
        .where('ends_at', '>', range.start)
        .where('starts_at', '<', range.end)
        .orderBy('starts_at')
        .execute();
      return rows.map(
        (row): Absence => ({
          id: row.id,
          advisorId: row.advisor_id,
          time: { start: row.starts_at, end: row.ends_at },
          reason: row.reason,
        }),
      );
    },

    async addAbsence(deskId, { id, advisorId, time, reason }) {
      await db
        .insertInto('absence')
        .values({ id, desk_id: deskId, advisor_id: advisorId, starts_at: time.start, ends_at: time.end, reason })
        .execute();
    },
  };
}

type Row<T extends keyof Database> = Selectable<Database[T]>;

interface DeskRows {
  desks: Row<'desk'>[];
  rules: Row<'opening_rule'>[];
  exceptions: Row<'hours_exception'>[];
  topics: Row<'topic'>[];
  advisors: Row<'advisor'>[];
  languages: Row<'advisor_language'>[];
  covers: Row<'advisor_topic'>[];
  working: Row<'working_rule'>[];
}

function toDesk(desk: Row<'desk'>, rows: DeskRows): Desk {
  const here = <T extends { desk_id: string }>(all: T[]) => all.filter((row) => row.desk_id === desk.id);
  return {
    id: desk.id,
    name: fromJson(desk.name_json),
    headline: fromJson(desk.headline_json),
    about: fromJson(desk.about_json),
    address: desk.address,
    phone: desk.phone,
    email: desk.email,
    gridMinutes: desk.grid_minutes,
    leadTimeMinutes: desk.lead_time_minutes,
    horizonDays: desk.horizon_days,
    hours: {
      timeZone: desk.time_zone,
      holidays: desk.holidays,
      rules: here(rows.rules).map((row) => toRule({ ...row, start: row.opens, end: row.closes })),
      exceptions: here(rows.exceptions).map(toException),
    },
    topics: here(rows.topics).map(toTopic),
    advisors: toAdvisors({
      ...rows,
      topics: here(rows.topics),
      advisors: here(rows.advisors),
      languages: here(rows.languages),
      covers: here(rows.covers),
      working: here(rows.working),
    }),
  };
}

function toRule(row: {
  rrule: string;
  start: string;
  end: string;
  valid_from: string | null;
  valid_until: string | null;
}): HoursRule {
  return {
    rrule: row.rrule,
    start: row.start,
    end: row.end,
    ...(row.valid_from === null ? {} : { from: row.valid_from }),
    ...(row.valid_until === null ? {} : { until: row.valid_until }),
  };
}

function toException(row: Row<'hours_exception'>): HoursException {
  return {
    id: row.id,
    from: row.from_date,
    to: row.to_date,
    closed: row.closed === 1,
    windows: fromJson(row.windows_json),
    reason: fromJson(row.reason_json),
  };
}

function toTopic(row: Row<'topic'>): Topic {
  return {
    id: row.id,
    name: fromJson(row.name_json),
    description: fromJson(row.description_json),
    neutralName: fromNullableJson(row.neutral_name_json),
    durationMinutes: row.duration_minutes,
    bufferMinutes: row.buffer_minutes,
    modes: fromJson(row.modes_json),
    bring: fromNullableJson(row.bring_json),
    leadTimeMinutes: row.lead_time_minutes,
    horizonDays: row.horizon_days,
  };
}

/** Their topics in the desk's order: the table that joins them has none. */
function toAdvisors({ topics, advisors, languages, covers, working }: DeskRows): Advisor[] {
  const byAdvisor = <T extends { advisor_id: string }>(rows: T[]) => groupBy(rows, (row) => row.advisor_id);
  const spoken = byAdvisor(languages);
  const covered = byAdvisor(covers);
  const rules = byAdvisor(working);
  return advisors.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    languages: (spoken.get(row.id) ?? []).map((l) => l.language),
    topics: topics.map(({ id }) => id).filter((id) => covered.get(row.id)?.some((c) => c.topic_id === id)),
    workingRules: (rules.get(row.id) ?? []).map((rule) => toRule({ ...rule, start: rule.starts, end: rule.ends })),
  }));
}

function deskRow(desk: Desk) {
  return {
    id: desk.id,
    name_json: JSON.stringify(desk.name),
    headline_json: JSON.stringify(desk.headline),
    about_json: JSON.stringify(desk.about),
    time_zone: desk.hours.timeZone,
    holidays: desk.hours.holidays,
    address: desk.address,
    phone: desk.phone,
    email: desk.email,
    grid_minutes: desk.gridMinutes,
    lead_time_minutes: desk.leadTimeMinutes,
    horizon_days: desk.horizonDays,
  };
}

function openingRuleRow(deskId: string, rule: HoursRule) {
  return { desk_id: deskId, rrule: rule.rrule, opens: rule.start, closes: rule.end, ...validity(rule) };
}

function validity(rule: HoursRule) {
  return { valid_from: rule.from ?? null, valid_until: rule.until ?? null };
}

function exceptionRow(deskId: string, { id, from, to, closed, windows, reason }: HoursException) {
  return {
    id,
    desk_id: deskId,
    from_date: from,
    to_date: to,
    closed: closed ? 1 : 0,
    windows_json: JSON.stringify(windows),
    reason_json: JSON.stringify(reason),
  };
}

function topicRow(deskId: string, position: number, topic: Topic) {
  return {
    desk_id: deskId,
    id: topic.id,
    position,
    name_json: JSON.stringify(topic.name),
    description_json: JSON.stringify(topic.description),
    neutral_name_json: toNullableJson(topic.neutralName),
    duration_minutes: topic.durationMinutes,
    buffer_minutes: topic.bufferMinutes,
    modes_json: JSON.stringify(topic.modes),
    bring_json: toNullableJson(topic.bring),
    lead_time_minutes: topic.leadTimeMinutes,
    horizon_days: topic.horizonDays,
  };
}

async function addAdvisor(db: Kysely<Database>, deskId: string, position: number, advisor: Advisor): Promise<void> {
  const of = { desk_id: deskId, advisor_id: advisor.id };
  await db
    .insertInto('advisor')
    .values({ desk_id: deskId, id: advisor.id, position, name: advisor.name, email: advisor.email })
    .execute();
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
