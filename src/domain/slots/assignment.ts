import { type Interval, overlaps } from '../calendar/interval';
import type { WantedMode } from '../offering';
import type { LanguageTag } from '../text';
import type { Looks } from './looks';

/** A consultation that needs an advisor. */
export interface Demand {
  /** Null if any topic will do. */
  readonly topicId: string | null;
  /** Null if any language will do. */
  readonly language: LanguageTag | null;
  /** An advisor will do who gives consultations in it. */
  readonly mode: WantedMode;
  /** The only advisor who will do; absent if any suitable one will. */
  readonly onlyAdvisorId?: string | undefined;
  /** The time for which the advisor is occupied, including the buffer. */
  readonly time: Interval;
}

/**
 * A demand with the advisor who has it. The matching needs to know no more of an `Engagement`, and to count how many
 * more fit it assigns consultations that nobody has asked for yet.
 */
export interface Assignment extends Omit<Demand, 'onlyAdvisorId'> {
  readonly id: string;
  readonly advisorId: string;
  /** `true` if another suitable advisor may take it over, as long as there is time to prepare. */
  readonly movable: boolean;
  readonly urgent?: boolean | undefined;
}

/** The advisors of a desk: what each can do, and which engagements each has. */
export interface Roster {
  /**
   * Returns the advisors who could take the demand if they had no engagements (by topic, language, mode, hours and absences),
   * the best first.
   */
  suitable(demand: Demand): readonly string[];
  /** Returns the advisor's engagements that overlap `time`. */
  engaged(advisorId: string, time: Interval): readonly Assignment[];
  /**
   * Returns `true` if the engagement may go to another advisor now. It may also return `false` if the engagement is
   * allowed to but certainly cannot.
   */
  mayMove(assignment: Assignment): boolean;
  /** The budget of a search; absent if it is unlimited. */
  readonly looks?: Looks | undefined;
  /** Keys of the demands for which no room was found. They hold as long as the roster does not change. */
  readonly nowhere?: Set<string> | undefined;
}

/** An engagement and the advisor who takes it over. */
export interface Reassignment {
  readonly assignment: Assignment;
  readonly to: string;
}

/**
 * The advisor who takes a demand, and the reassignments that make room for it. Done in this order, each finds its new
 * advisor free.
 */
export interface Room {
  readonly advisorId: string;
  readonly moves: readonly Reassignment[];
}

/**
 * Returns the roster after the changed engagements have left their old advisor and time and taken those that they name.
 */
export function after(roster: Roster, changed: readonly Assignment[]): Roster {
  const ids = new Set(changed.map(({ id }) => id));
  return {
    suitable: (demand) => roster.suitable(demand),
    mayMove: (assignment) => roster.mayMove(assignment),
    looks: roster.looks,
    engaged: (advisorId, time) => [
      ...roster.engaged(advisorId, time).filter(({ id }) => !ids.has(id)),
      ...changed.filter((each) => each.advisorId === advisorId && overlaps(each.time, time)),
    ],
  };
}

export function reassigned({ assignment, to }: Reassignment): Assignment {
  return { ...assignment, advisorId: to };
}

export function isAssignment(needs: Demand | Assignment): needs is Assignment {
  return 'movable' in needs;
}
