import { addDays, isoWeekday } from '../../../domain/calendar/dates';
import type { LocalDate } from '../../../domain/calendar/hours';
import { paths, url } from '../../../paths';
import type { Fields } from '../forms';

/** The board with a column or row for each advisor, the week of one advisor, or the table of the day. */
export type DayView = 'board' | 'week' | 'table';

/** What the address of a day page asks for beside the day. Nothing in it is personal. */
export interface DayQuery {
  readonly view: DayView;
  /** Whose week is shown; null: the reader's own, or the first. */
  readonly advisorId: string | null;
  readonly filter: Filter;
}

/** Which advisors are shown. Every part narrows the result. */
export interface Filter {
  /** Null: any. */
  readonly language: string | null;
  readonly topicId: string | null;
  /** Only who works on the day and is not away. */
  readonly onDuty: boolean;
  /** Only who is free within half an hour from now. */
  readonly freeSoon: boolean;
}

/** Shows everybody. */
export const NO_FILTER: Filter = { language: null, topicId: null, onDuty: false, freeSoon: false };

/** Reads the query from the fields of an address, or of a form that returns to the day. */
export function dayQueryOf({ view, advisor, language, topic, duty, soon }: Fields): DayQuery {
  return {
    view: view === 'table' || view === 'week' ? view : 'board',
    advisorId: advisor || null,
    filter: { language: language || null, topicId: topic || null, onDuty: duty === '1', freeSoon: soon === '1' },
  };
}

/** Returns the fields of which `dayQueryOf` makes the same query again. */
function fieldsOf({ view, advisorId, filter }: DayQuery): Readonly<Record<string, string | undefined>> {
  return {
    view: view === 'board' ? undefined : view,
    advisor: view === 'week' ? (advisorId ?? undefined) : undefined,
    language: filter.language ?? undefined,
    topic: filter.topicId ?? undefined,
    duty: filter.onDuty ? '1' : undefined,
    soon: filter.freeSoon ? '1' : undefined,
  };
}

/** Returns the same fields as hidden inputs. */
export function hiddenFieldsOf(query: DayQuery): { name: string; value: string }[] {
  return Object.entries(fieldsOf(query)).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/**
 * Returns the address of a day of the desk.
 *
 * @param date undefined: whichever day it is then
 * @param more further parts of the query
 */
export function dayAddress(
  deskId: string,
  date: LocalDate | undefined,
  query: DayQuery,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const params = { desk: deskId, ...(date !== undefined && { date }) };
  return url(paths.staffDay, params, { ...fieldsOf(query), ...more });
}

/** Returns the Monday of the day's week. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - isoWeekday(date));
}
