import type { Instant } from '../../domain/calendar/interval';
import type { Role } from '../../domain/staff/roles';

/** Somebody who can sign in. `deskId` is their desk; what they may see and do there, `domain/staff/roles` says. */
export interface StaffUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  /** The advisor that this user is, if any. */
  readonly advisorId: string | null;
  readonly passwordHash: string;
}

/** A browser that is signed in. How long it stays so, domain/staff/session says. */
export interface Session {
  /** SHA-256 of the cookie's secret. */
  readonly idHash: string;
  readonly userId: string;
  /** Goes into every form of the session. */
  readonly csrf: string;
  /** What was searched for last: names and addresses belong into no URL. It goes with the session. */
  readonly search: string | null;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

/** A program's access: a role at a desk, without a person. */
export interface ApiToken {
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
}

/** People and programs with access. Secrets come and stay as hashes. */
export interface StaffStore {
  findUser(id: string): Promise<StaffUser | undefined>;
  /** Case of the address does not matter. */
  findUserByEmail(email: string): Promise<StaffUser | undefined>;
  countUsers(): Promise<number>;
  /** @throws DomainError `invalid` if the address is taken */
  addUser(user: StaffUser): Promise<void>;
  addToken(token: ApiToken, now: Instant): Promise<void>;
  findToken(hash: string): Promise<ApiToken | undefined>;
  addSession(session: Omit<Session, 'search'>): Promise<void>;
  findSession(idHash: string): Promise<Session | undefined>;
  rememberSearch(idHash: string, search: string): Promise<void>;
  touchSession(idHash: string, now: Instant): Promise<void>;
  removeSession(idHash: string): Promise<void>;
}
