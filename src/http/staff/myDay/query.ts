import { addDays } from '../../../domain/calendar/dates';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { mondayOf } from '../day/query';
import { openDayBeside } from '../day/strip';

/** One day in full, a week, or a list of all consultations of a fortnight. */
export const MY_DAY_VIEWS = ['day', 'week', 'list'] as const;
export type MyDayView = (typeof MY_DAY_VIEWS)[number];

/** What the address of the page asks for. */
interface MyDayQuery {
  /** Undefined: whichever day it is then. */
  readonly date: LocalDate | undefined;
  readonly view: MyDayView;
}

const DAYS_PER_WEEK = 7;
/** How many days the list shows. */
const LISTED_DAYS = 14;

/** Reads the view from the address. */
export function viewOf(view: string | undefined): MyDayView {
  return MY_DAY_VIEWS.find((each) => each === view) ?? 'day';
}

/** Returns the address of the page. @param more further parts of the query */
export function myDayAddress(
  deskId: string,
  { date, view }: MyDayQuery,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const params = { desk: deskId, ...(date !== undefined && { date }) };
  return url(paths.staffMyDay, params, { view: view === 'day' ? undefined : view, ...more });
}

/** Returns the days that a view shows: the first, and how many. */
export function daysOf(date: LocalDate, view: MyDayView): { readonly first: LocalDate; readonly count: number } {
  if (view === 'week') return { first: mondayOf(date), count: DAYS_PER_WEEK };
  return { first: date, count: view === 'list' ? LISTED_DAYS : 1 };
}

/** Returns the date to which an arrow leads: the next open day, week, or fortnight. */
export function dateBeside(desk: Desk, date: LocalDate, view: MyDayView, step: -1 | 1): LocalDate {
  return view === 'day' ? openDayBeside(desk, date, step) : addDays(date, step * daysOf(date, view).count);
}
