import { type Kysely, type Selectable, sql } from 'kysely';
import type { CaseStore } from '../app/ports/cases';
import type { Case, CaseResultKind, Meeting } from '../domain/cases/case';
import type { CaseFact } from '../domain/cases/caseFact';
import { DomainError } from '../domain/errors';
import { groupBy } from '../domain/groupBy';
import { fromJson } from './json';
import type { Database } from './schema';

/** Stores cases, each with its readers and meetings. */
export function caseStore(db: Kysely<Database>): CaseStore {
  const cases = () => db.selectFrom('client_case').selectAll();
  const whole = (rows: readonly Row[]) => withTheRest(db, rows);
  const one = async (row: Row | undefined) => (row ? (await whole([row]))[0] : undefined);
  const empty = async (id: string) => {
    for (const name of ['case_advisor', 'case_meeting'] as const)
      await db.deleteFrom(name).where('case_id', '=', id).execute();
  };
  const fill = async ({ id, advisors, meetings }: Case) => {
    const readers = advisors.map((advisor_id, position) => ({ case_id: id, position, advisor_id }));
    await db.insertInto('case_advisor').values(readers).execute();
    if (meetings.length === 0) return;
    const chain = meetings.map(({ bookingId, start, topicId }) => ({
      ...{ booking_id: bookingId, case_id: id, starts_at: start, topic_id: topicId },
    }));
    await db.insertInto('case_meeting').values(chain).execute();
  };

  return {
    async add(of) {
      await db.insertInto('client_case').values(toRow(of)).execute();
      await fill(of);
    },

    async save(of) {
      const { id, ...row } = toRow(of);
      const { numUpdatedRows } = await db
        .updateTable('client_case')
        .set(row)
        .where('id', '=', id)
        .where('version', '=', of.version - 1)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new DomainError('version-moved-on');
      await empty(id);
      await fill(of);
    },

    async find(id) {
      return one(await cases().where('id', '=', id).executeTakeFirst());
    },

    async ofAdvisor(deskId, advisorId) {
      const readable = db.selectFrom('case_advisor').select('case_id').where('advisor_id', '=', advisorId);
      return whole(await cases().where('desk_id', '=', deskId).where('id', 'in', readable).execute());
    },

    async ofBooking(bookingId) {
      const meeting = db.selectFrom('case_meeting').select('case_id').where('booking_id', '=', bookingId);
      return one(await cases().where('id', 'in', meeting).executeTakeFirst());
    },

    async closed(deskId) {
      return whole(await cases().where('desk_id', '=', deskId).where('state', '=', 'closed').execute());
    },

    async remove(id, fact) {
      await removeCases(db, [id], fact ? [fact] : []);
    },

    async facts(deskId) {
      const rows = await db.selectFrom('case_fact').selectAll().where('desk_id', '=', deskId).execute();
      return rows.map(({ desk_id: deskId, month, result, months }) => ({
        ...{ deskId, month, months, result: result as CaseResultKind },
      }));
    },
  };
}

type Row = Selectable<Database['client_case']>;

/** Deletes cases, and keeps a fact in the place of each. */
export async function removeCases(
  db: Kysely<Database>,
  ids: readonly string[],
  facts: readonly CaseFact[],
): Promise<void> {
  const rows = facts.map(({ deskId, month, result, months }) => ({ desk_id: deskId, month, result, months }));
  if (rows.length > 0) await db.insertInto('case_fact').values(rows).execute();
  for (const name of ['case_advisor', 'case_meeting'] as const)
    await db.deleteFrom(name).where('case_id', 'in', ids).execute();
  await db.deleteFrom('client_case').where('id', 'in', ids).execute();
  for (const id of ids)
    await db
      .deleteFrom('idempotency_key')
      .where(sql<boolean>`result_json like ${`%${id}%`}`)
      .execute();
}

/** Returns whole cases. A meeting is when its booking is; a booking that is gone has left its time. */
export async function withTheRest(db: Kysely<Database>, rows: readonly Row[]): Promise<Case[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const advisors = await db
    .selectFrom('case_advisor')
    .selectAll()
    .where('case_id', 'in', ids)
    .orderBy('position')
    .execute();
  const meetings = await db
    .selectFrom('case_meeting as m')
    .leftJoin('booking as b', 'b.id', 'm.booking_id')
    .select([
      'm.case_id',
      'm.booking_id',
      'm.starts_at',
      'm.topic_id',
      'b.starts_at as now_at',
      'b.topic_id as now_about',
    ])
    .where('m.case_id', 'in', ids)
    .execute();
  const readersOf = groupBy(advisors, (row) => row.case_id);
  const meetingsOf = groupBy(meetings, (row) => row.case_id);
  return rows.map((row) => {
    const chain = (meetingsOf.get(row.id) ?? []).map(
      (meeting): Meeting => ({
        bookingId: meeting.booking_id,
        start: meeting.now_at ?? meeting.starts_at,
        topicId: meeting.now_about ?? meeting.topic_id,
      }),
    );
    return {
      id: row.id,
      deskId: row.desk_id,
      client: fromJson(row.client_json),
      advisors: (readersOf.get(row.id) ?? []).map(({ advisor_id }) => advisor_id),
      meetings: chain.sort((a, b) => a.start - b.start),
      intake: fromJson(row.intake_json),
      steps: fromJson(row.steps_json),
      strategy: fromJson(row.strategy_json),
      state: row.state,
      result:
        row.result === null || row.result_on === null
          ? null
          : { kind: row.result as CaseResultKind, on: row.result_on },
      openedAt: row.opened_at,
      closedAt: row.closed_at,
      version: row.version,
    };
  });
}

function toRow(of: Case) {
  return {
    id: of.id,
    desk_id: of.deskId,
    client_json: JSON.stringify(of.client),
    intake_json: JSON.stringify(of.intake),
    steps_json: JSON.stringify(of.steps),
    strategy_json: JSON.stringify(of.strategy),
    state: of.state,
    result: of.result?.kind ?? null,
    result_on: of.result?.on ?? null,
    opened_at: of.openedAt,
    closed_at: of.closedAt,
    version: of.version,
  };
}
