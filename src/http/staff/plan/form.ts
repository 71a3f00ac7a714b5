import type { ChosenLine } from '../../../app/plans/commitPlan';
import {
  type AbsencePlan,
  asOwnLine,
  isOwnLine,
  PLAN_ACTIONS,
  type PlanLine,
} from '../../../domain/booking/absencePlan';
import type { Fields } from '../forms';

/** Returns the name of the field that says what becomes of a booking. */
export function fieldOf(bookingId: string): string {
  return `do-${bookingId}`;
}

/**
 * Returns what can be chosen for a line: what was proposed first, then the ways that need no other time.
 *
 * @param own the advisor who chooses for themselves, see `isOwnLine`; undefined: reception, who may choose all
 */
export function choicesOf({ action, start, advisorId }: PlanLine, own: string | undefined): PlanLine['action'][] {
  const proposed = action === 'ask' ? (['ask', 'move'] as const) : [action];
  const offered = action === 'call' && start !== null ? (['move'] as const) : [];
  const all = [...new Set([...proposed, ...offered, 'call', 'cancel', 'keep'] as const)];
  return own === undefined ? all : all.filter((each) => isOwnLine({ action: each, advisorId }, own));
}

/** Returns the lines that were chosen otherwise than proposed. @param own as in `choicesOf` */
export function readLines({ lines }: AbsencePlan, fields: Fields, own: string | undefined): ChosenLine[] {
  return lines.flatMap((proposed): ChosenLine[] => {
    const line = own === undefined ? proposed : asOwnLine(proposed, own);
    const action = PLAN_ACTIONS.find((each) => each === fields[fieldOf(line.bookingId)]);
    if (!action || action === line.action || !choicesOf(line, own).includes(action)) return [];
    return [{ bookingId: line.bookingId, action }];
  });
}
