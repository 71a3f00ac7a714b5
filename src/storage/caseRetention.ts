import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Outdated } from '../app/ports/retention';
import type { Case } from '../domain/cases/case';
import type { CaseFact } from '../domain/cases/caseFact';
import { removeCases, withTheRest } from './caseStore';
import type { Database } from './schema';

/** Cases of a desk that were closed at an instant or earlier. */
export function outdatedCases(
  db: Kysely<Database>,
  { deskId, until }: { readonly deskId: string; readonly until: number },
  toFact: (of: Case) => CaseFact | null,
): Outdated {
  const over = sql<SqlBool>`desk_id = ${deskId} and closed_at <= ${until}`;
  return {
    async count() {
      const query = db
        .selectFrom('client_case')
        .select((eb) => eb.fn.countAll().as('count'))
        .where(over);
      return Number((await query.executeTakeFirst())?.count ?? 0);
    },

    async forget(limit) {
      const rows = await db.selectFrom('client_case').selectAll().where(over).limit(limit).execute();
      if (rows.length === 0) return 0;
      const facts = (await withTheRest(db, rows)).map(toFact).filter((fact) => fact !== null);
      await removeCases(
        db,
        rows.map(({ id }) => id),
        facts,
      );
      return rows.length;
    },
  };
}

/**
 * Keeps in their cases when bookings took place that are about to go, and what they were about. What was cancelled did
 * not take place.
 */
export async function leaveMeetings(db: Kysely<Database>, bookings: readonly string[]): Promise<void> {
  const rows = await db
    .selectFrom('case_meeting as m')
    .innerJoin('booking as b', 'b.id', 'm.booking_id')
    .select(['b.id', 'b.status', 'b.starts_at', 'b.topic_id'])
    .where('m.booking_id', 'in', bookings)
    .execute();
  for (const { id, status, starts_at, topic_id } of rows)
    await (status === 'cancelled'
      ? db.deleteFrom('case_meeting').where('booking_id', '=', id).execute()
      : db.updateTable('case_meeting').set({ starts_at, topic_id }).where('booking_id', '=', id).execute());
}
