import type { Case } from '../../domain/cases/case';
import type { CaseFact } from '../../domain/cases/caseFact';

/** Stores the cases of clients. test/contracts/cases is the full meaning of this interface. */
export interface CaseStore {
  add(of: Case): Promise<void>;
  /** Saves a changed case over the version before. @throws DomainError `version-moved-on` */
  save(of: Case): Promise<void>;
  find(id: string): Promise<Case | undefined>;
  /** Returns the cases that an advisor may read, in no order. */
  ofAdvisor(deskId: string, advisorId: string): Promise<Case[]>;
  /** Returns the case to which a booking belongs. */
  ofBooking(bookingId: string): Promise<Case | undefined>;
  /** Returns the closed cases of a desk, in no order. */
  closed(deskId: string): Promise<Case[]>;
  /** Deletes a case with all that belongs to it but its bookings. @param fact what stays of it; null: nothing */
  remove(id: string, fact: CaseFact | null): Promise<void>;
  /** Returns the facts of closed cases that are gone. */
  facts(deskId: string): Promise<CaseFact[]>;
}
