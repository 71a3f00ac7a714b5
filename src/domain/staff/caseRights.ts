import type { Case } from '../cases/case';
import { DomainError } from '../errors';
import type { Caller } from './caller';
import { isPermitted } from './permissions';
import { assertSeesDesk, seesDesk } from './rights';

/** The rights to cases, as `rights` has them for all else. */

/** Tells whether the caller may begin a case, and have cases of their own: an advisor of the desk. */
export function mayKeepCases(who: Caller, deskId: string): boolean {
  if (who.kind !== 'staff') return who.kind === 'system';
  return seesDesk(who, deskId) && who.advisorId !== null && isPermitted(who.role, 'keep-own-cases');
}

/** @throws DomainError `not-found`, `forbidden` */
export function assertMayKeepCases(who: Caller, deskId: string): void {
  assertSeesDesk(who, deskId);
  if (!mayKeepCases(who, deskId))
    throw new DomainError('forbidden', { reason: 'cases are read by their advisors only' });
}

/** Tells whether the caller may read and change the case: its advisors, and nobody else at the desk. */
export function mayReadCase(who: Caller, { deskId, advisors }: Pick<Case, 'deskId' | 'advisors'>): boolean {
  if (who.kind !== 'staff') return who.kind === 'system';
  return mayKeepCases(who, deskId) && who.advisorId !== null && advisors.includes(who.advisorId);
}

/** For an advisor, a case of others is none at all. @throws DomainError `not-found`, `forbidden` */
export function assertMayReadCase(who: Caller, of: Pick<Case, 'deskId' | 'advisors'>): void {
  assertMayKeepCases(who, of.deskId);
  if (!mayReadCase(who, of)) throw new DomainError('not-found');
}
