import type { Kysely, Selectable } from 'kysely';
import type { Session, StaffStore, StaffUser } from '../app/ports/staffStore';
import { DomainError } from '../domain/errors';
import type { Role } from '../domain/staff/roles';
import type { Database } from './schema';

/** Addresses are kept in lower case, since nobody remembers in which case theirs was entered. */
export function staffStore(db: Kysely<Database>): StaffStore {
  return {
    async findUser(id) {
      const row = await db.selectFrom('staff_user').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toUser(row);
    },

    async findUserByEmail(email) {
      const row = await db
        .selectFrom('staff_user')
        .selectAll()
        .where('email', '=', email.toLowerCase())
        .executeTakeFirst();
      return row && toUser(row);
    },

    async countUsers() {
      const { count } = await db
        .selectFrom('staff_user')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async addUser(user) {
      if (await this.findUserByEmail(user.email))
        throw new DomainError('invalid', { errors: [{ pointer: '/email', detail: 'is taken by another user' }] });
      await db
        .insertInto('staff_user')
        .values({
          id: user.id,
          email: user.email.toLowerCase(),
          name: user.name,
          role: user.role,
          desk_id: user.deskId,
          advisor_id: user.advisorId,
          password_hash: user.passwordHash,
        })
        .execute();
    },

    async addToken({ hash, name, role, deskId, advisorId }, now) {
      await db
        .insertInto('api_token')
        .values({ hash, name, role, desk_id: deskId, advisor_id: advisorId, created_at: now })
        .execute();
    },

    async findToken(hash) {
      const row = await db.selectFrom('api_token').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row && { hash, name: row.name, role: row.role as Role, deskId: row.desk_id, advisorId: row.advisor_id };
    },

    async addSession({ idHash, userId, csrf, createdAt, seenAt }) {
      await db
        .insertInto('session')
        .values({ id_hash: idHash, user_id: userId, csrf, created_at: createdAt, seen_at: seenAt })
        .execute();
    },

    async findSession(idHash) {
      const row = await db.selectFrom('session').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
      return row && toSession(row);
    },

    async rememberSearch(idHash, search) {
      await db.updateTable('session').set({ search }).where('id_hash', '=', idHash).execute();
    },

    async touchSession(idHash, now) {
      await db.updateTable('session').set({ seen_at: now }).where('id_hash', '=', idHash).execute();
    },

    async removeSession(idHash) {
      await db.deleteFrom('session').where('id_hash', '=', idHash).execute();
    },
  };
}

function toUser(row: Selectable<Database['staff_user']>): StaffUser {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role as Role,
    deskId: row.desk_id,
    advisorId: row.advisor_id,
    passwordHash: row.password_hash,
  };
}

function toSession(row: Selectable<Database['session']>): Session {
  return {
    idHash: row.id_hash,
    userId: row.user_id,
    csrf: row.csrf,
    search: row.search,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}
