import type { Booking } from '../../../domain/booking/booking';
import type { Instant } from '../../../domain/calendar/interval';
import type { Case } from '../../../domain/cases/case';
import type { Desk } from '../../../domain/desk';
import type { TrailEntry } from '../../../domain/staff/trail';
import type { Fields, FormError } from '../forms';
import type { Shown } from './fields';
import type { CaseForm } from './form';

/** What the page about a case is made of. */
export interface CaseFacts {
  readonly desk: Desk;
  readonly found: Case;
  /** The bookings of the chain that are still there, by id. */
  readonly meetings: ReadonlyMap<string, Booking>;
  readonly proposed: readonly Booking[];
  readonly trail: readonly TrailEntry[];
  readonly now: Instant;
  /** Who looks at it. */
  readonly advisorId: string | null;
  /** The step that is changed in the form for steps. */
  readonly editedStep: string | undefined;
  /** Something was saved just now. */
  readonly done: boolean;
  readonly outcome: {
    readonly form?: CaseForm | undefined;
    readonly fields?: Fields;
    readonly errors?: readonly FormError[];
    readonly refusal?: string;
  };
}

/** Returns what a form shows: what is stored, unless it was sent and not saved. */
export function shownIn({ outcome }: CaseFacts, form: CaseForm): Shown {
  const isSent = outcome.form === form;
  return { typed: isSent ? outcome.fields : undefined, errors: isSent ? (outcome.errors ?? []) : [] };
}

/** Returns the frame of a form: which one it is, and whether it is unfolded. */
export function formFrame(facts: CaseFacts, form: CaseForm) {
  return { form, id: `form-${form}`, isUnfolded: facts.outcome.form === form };
}
