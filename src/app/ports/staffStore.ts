import type { Instant } from '../../domain/calendar/interval';
import type { Role } from '../../domain/staff/roles';

/** A user who can sign in. `deskId` is their desk; `domain/staff/roles` says what they may see and do there. */
export interface StaffUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  /** The advisor that this user is, if any. */
  readonly advisorId: string | null;
  readonly passwordHash: string;
  /** `true` for a demo user, whose password everybody knows. */
  readonly demo: boolean;
  /** Since when the user is disabled; null if the user may sign in. */
  readonly disabledAt: Instant | null;
}

/** A user to be added, who may sign in. */
export type NewUser = Omit<StaffUser, 'demo' | 'disabledAt'> & { readonly demo?: boolean };

/** The session of a browser that is signed in. domain/staff/session says how long it lasts. */
export interface Session {
  /** SHA-256 of the cookie's secret. */
  readonly idHash: string;
  readonly userId: string;
  /** The CSRF token that every form of the session contains. */
  readonly csrf: string;
  /** The last search, kept here because names and addresses must not be in a URL. It ends with the session. */
  readonly search: string | null;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

/** The access of a program: a role at a desk, without a person. */
interface ApiToken {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
  /** The first instant at which the token is no longer valid. */
  readonly endsAt: Instant;
}

/** A token with facts that are only listed, not needed to check it. */
export interface TokenUse extends ApiToken {
  readonly createdAt: Instant;
  /** Updated at most once an hour; null if the token was never used. */
  readonly lastUsedAt: Instant | null;
}

/** The fields of an account that can change. */
export type AccountChange = Partial<Pick<StaffUser, 'role' | 'deskId' | 'advisorId' | 'passwordHash' | 'disabledAt'>>;

/** Stores the users and programs that have access. Secrets are passed and stored as hashes. */
export interface StaffStore {
  findUser(id: string): Promise<StaffUser | undefined>;
  /** Finds a user by mail address, in any case. */
  findUserByEmail(email: string): Promise<StaffUser | undefined>;
  countUsers(): Promise<number>;
  /** Returns all users, by address. */
  listUsers(): Promise<StaffUser[]>;
  /** @throws DomainError `invalid` if the address is taken */
  addUser(user: NewUser): Promise<void>;
  /** Changes a user. Sessions stay; `app/staff/accounts` ends them. */
  changeUser(id: string, change: AccountChange): Promise<void>;
  /** Removes a user with their sessions. */
  removeUser(id: string): Promise<void>;
  addToken(token: ApiToken, now: Instant): Promise<void>;
  /** Finds a token, even an expired one. */
  findToken(hash: string): Promise<TokenUse | undefined>;
  /** Returns all tokens, by name, then the oldest first. */
  listTokens(): Promise<TokenUse[]>;
  noteTokenUse(hash: string, now: Instant): Promise<void>;
  removeToken(hash: string): Promise<void>;
  addSession(session: Omit<Session, 'search'>): Promise<void>;
  findSession(idHash: string): Promise<Session | undefined>;
  /** Stores the last search of a session. @param search null deletes it */
  rememberSearch(idHash: string, search: string | null): Promise<void>;
  touchSession(idHash: string, now: Instant): Promise<void>;
  removeSession(idHash: string): Promise<void>;
  /** Returns all sessions, including expired ones, the oldest first. */
  listSessions(): Promise<Session[]>;
  /** @returns the number of sessions that were removed */
  removeSessionsOf(userId: string): Promise<number>;
}
