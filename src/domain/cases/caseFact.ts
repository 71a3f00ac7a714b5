import { DAY } from '../calendar/dates';
import { localDate, startOfDay } from '../calendar/zone';
import { type Month, monthOf } from '../figures/months';
import type { Case, CaseResultKind } from './case';

/** What stays of a closed case without the person. */
export interface CaseFact {
  readonly deskId: string;
  /** In which it was closed. */
  readonly month: Month;
  readonly result: CaseResultKind;
  /** Whole months from its beginning to its result. */
  readonly months: number;
}

/** The mean length of a month. */
const MONTH_MS = (365.25 / 12) * DAY;

/** Returns what is counted of a case; null: it is still open. */
export function caseFact({ deskId, result, openedAt, closedAt }: Case, timeZone: string): CaseFact | null {
  if (!result || closedAt === null) return null;
  const took = Math.max(0, startOfDay(result.on, timeZone) - openedAt);
  return {
    ...{ deskId, result: result.kind, months: Math.round(took / MONTH_MS) },
    month: monthOf(localDate(closedAt, timeZone)),
  };
}
