/** How a desk works that accompanies clients over several meetings. */
export interface CaseSettings {
  /** How long a case is kept from when it was closed; afterwards only a fact without a person remains. */
  readonly keepDays: number;
}
