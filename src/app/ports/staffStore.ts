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
  /** Made for trying out, with a password that everybody knows. */
  readonly demo: boolean;
  /** Since when they may not come in; null if they may. */
  readonly disabledAt: Instant | null;
}

/** A user to be, who may come in. */
export type NewUser = Omit<StaffUser, 'demo' | 'disabledAt'> & { readonly demo?: boolean };

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
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly deskId: string;
  readonly advisorId: string | null;
  /** The first instant at which it is worth nothing any more. */
  readonly endsAt: Instant;
}

/** What is known of a token besides: not needed to let it in. */
export interface TokenUse extends ApiToken {
  readonly createdAt: Instant;
  /** Noted once an hour at most; null if it was never used. */
  readonly lastUsedAt: Instant | null;
}

/** What of an account can change. */
export type AccountChange = Partial<Pick<StaffUser, 'role' | 'deskId' | 'advisorId' | 'passwordHash' | 'disabledAt'>>;

/** People and programs with access. Secrets come and stay as hashes. */
export interface StaffStore {
  findUser(id: string): Promise<StaffUser | undefined>;
  /** Case of the address does not matter. */
  findUserByEmail(email: string): Promise<StaffUser | undefined>;
  countUsers(): Promise<number>;
  /** All of them, by address. */
  listUsers(): Promise<StaffUser[]>;
  /** @throws DomainError `invalid` if the address is taken */
  addUser(user: NewUser): Promise<void>;
  /** Their sessions stay: `app/staff/accounts` ends them. */
  changeUser(id: string, change: AccountChange): Promise<void>;
  /** With their sessions. */
  removeUser(id: string): Promise<void>;
  addToken(token: ApiToken, now: Instant): Promise<void>;
  /** Also one that has ended. */
  findToken(hash: string): Promise<TokenUse | undefined>;
  /** All of them, by name, then the oldest first. */
  listTokens(): Promise<TokenUse[]>;
  noteTokenUse(hash: string, now: Instant): Promise<void>;
  removeToken(hash: string): Promise<void>;
  addSession(session: Omit<Session, 'search'>): Promise<void>;
  findSession(idHash: string): Promise<Session | undefined>;
  /** @param search null: forgets it */
  rememberSearch(idHash: string, search: string | null): Promise<void>;
  touchSession(idHash: string, now: Instant): Promise<void>;
  removeSession(idHash: string): Promise<void>;
  /** All of them, those that are over included, the oldest first. */
  listSessions(): Promise<Session[]>;
  /** @returns how many there were */
  removeSessionsOf(userId: string): Promise<number>;
}
