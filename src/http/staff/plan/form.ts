import type { ChosenLine } from '../../../app/plans/commitPlan';
import { type AbsencePlan, PLAN_ACTIONS, type PlanLine } from '../../../domain/booking/absencePlan';
import type { Fields } from '../forms';

/** Returns the name of the field that says what becomes of a booking. */
export function fieldOf(bookingId: string): string {
  return `do-${bookingId}`;
}

/** Returns what can be chosen for a line: what was proposed first, then the ways that need no other time. */
export function choicesOf({ action, start }: PlanLine): PlanLine['action'][] {
  const proposed = action === 'ask' ? (['ask', 'move'] as const) : [action];
  const offered = action === 'call' && start !== null ? (['move'] as const) : [];
  return [...new Set([...proposed, ...offered, 'call', 'cancel', 'keep'] as const)];
}

/** Returns the lines that were chosen otherwise than proposed. */
export function readLines({ lines }: AbsencePlan, fields: Fields): ChosenLine[] {
  return lines.flatMap((line): ChosenLine[] => {
    const action = PLAN_ACTIONS.find((each) => each === fields[fieldOf(line.bookingId)]);
    if (!action || action === line.action || !choicesOf(line).includes(action)) return [];
    return [{ bookingId: line.bookingId, action }];
  });
}
