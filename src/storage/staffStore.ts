import type { Kysely, Selectable, Updateable } from 'kysely';
import type { AccountChange, Session, StaffStore, StaffUser, TokenUse } from '../app/ports/staffStore';
import { DomainError } from '../domain/errors';
import type { Role } from '../domain/staff/roles';
import { addressKey } from '../fields/mailAddress';
import type { Database } from './schema';

/**
 * Stores staff accounts. Addresses are kept in lower case, because people do not remember in which case theirs was
 * entered.
 */
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
        .where('email', '=', addressKey(email))
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
          email: addressKey(user.email),
          name: user.name,
          role: user.role,
          desk_id: user.deskId,
          advisor_id: user.advisorId,
          password_hash: user.passwordHash,
          demo: user.demo ? 1 : 0,
        })
        .execute();
    },

    async listUsers() {
      const rows = await db.selectFrom('staff_user').selectAll().orderBy('email').execute();
      return rows.map(toUser);
    },

    async changeUser(id, change) {
      const columns = toUserColumns(change);
      if (Object.keys(columns).length > 0)
        await db.updateTable('staff_user').set(columns).where('id', '=', id).execute();
    },

    async removeUser(id) {
      await db.deleteFrom('session').where('user_id', '=', id).execute();
      await db.deleteFrom('staff_user').where('id', '=', id).execute();
    },

    async addToken({ hash, name, role, deskId, advisorId, endsAt }, now) {
      await db
        .insertInto('api_token')
        .values({ hash, name, role, desk_id: deskId, advisor_id: advisorId, created_at: now, ends_at: endsAt })
        .execute();
    },

    async findToken(hash) {
      const row = await db.selectFrom('api_token').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row && toToken(row);
    },

    async listTokens() {
      const rows = await db.selectFrom('api_token').selectAll().orderBy('name').orderBy('created_at').execute();
      return rows.map(toToken);
    },

    async noteTokenUse(hash, now) {
      await db.updateTable('api_token').set({ last_used_at: now }).where('hash', '=', hash).execute();
    },

    async removeToken(hash) {
      await db.deleteFrom('api_token').where('hash', '=', hash).execute();
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

    async listSessions() {
      const rows = await db.selectFrom('session').selectAll().orderBy('created_at').orderBy('id_hash').execute();
      return rows.map(toSession);
    },

    async removeSessionsOf(userId) {
      const { numDeletedRows } = await db.deleteFrom('session').where('user_id', '=', userId).executeTakeFirst();
      return Number(numDeletedRows);
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
    demo: row.demo === 1,
    disabledAt: row.disabled_at,
  };
}

/** Writes the columns of the fields that the change names; all others stay as they are. */
function toUserColumns(change: AccountChange): Updateable<Database['staff_user']> {
  return {
    ...(change.role !== undefined && { role: change.role }),
    ...(change.deskId !== undefined && { desk_id: change.deskId }),
    ...(change.advisorId !== undefined && { advisor_id: change.advisorId }),
    ...(change.passwordHash !== undefined && { password_hash: change.passwordHash }),
    ...(change.disabledAt !== undefined && { disabled_at: change.disabledAt }),
  };
}

function toToken(row: Selectable<Database['api_token']>): TokenUse {
  return {
    hash: row.hash,
    name: row.name,
    role: row.role as Role,
    deskId: row.desk_id,
    advisorId: row.advisor_id,
    endsAt: row.ends_at,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
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
