import { DAY, modulo, weekOf } from '../calendar/dates';

/** How often a rule recurs: what INTERVAL counts, and BYSETPOS chooses from. */
export type PeriodUnit = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** A day with what a rule can choose it by, but for its week. */
export interface Day {
  /** The days since 1970-01-01. */
  readonly number: number;
  readonly year: number;
  readonly month: number;
  readonly monthDay: number;
  readonly monthDays: number;
  readonly yearDay: number;
  readonly yearDays: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

const DAYS_PER_WEEK = 7;
const MONTHS_PER_YEAR = 12;
/** 1970-01-01 was a Thursday, counted from Monday as 1. */
const WEEKDAY_OF_DAY_ZERO = 4;

/** Returns the day of this number, which counts from 1970-01-01. */
export function dayAt(number: number): Day {
  const date = new Date(number * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    ...{ number, year, month: month + 1, monthDay: date.getUTCDate() },
    monthDays: firstOf(year, month + 1) - firstOf(year, month),
    ...{ yearDay: number - firstOf(year, 0) + 1, yearDays: firstOf(year + 1, 0) - firstOf(year, 0) },
    weekday: modulo(number + WEEKDAY_OF_DAY_ZERO - 1, DAYS_PER_WEEK) + 1,
  };
}

/** How the periods of a rule are counted. */
interface Counting {
  readonly weekStart: number;
  /** Whether weeks choose the days of a year, which reach into its neighbours. */
  readonly byWeeks: boolean;
}

/** Returns the number of the period in which the day lies: of the year, the month, the week or the day. */
export function periodOf(unit: PeriodUnit, day: number, { weekStart, byWeeks }: Counting): number {
  const date = new Date(day * DAY);
  if (unit === 'YEARLY') return byWeeks ? weekOf(day, weekStart).year : date.getUTCFullYear();
  if (unit === 'MONTHLY') return date.getUTCFullYear() * MONTHS_PER_YEAR + date.getUTCMonth();
  return unit === 'WEEKLY' ? Math.floor((day - weekZero(weekStart)) / DAYS_PER_WEEK) : day;
}

/** Returns the days of a period, [first, end). */
export function daysOfPeriod(
  unit: PeriodUnit,
  period: number,
  { weekStart, byWeeks }: Counting,
): { readonly first: number; readonly end: number } {
  if (unit === 'DAILY') return { first: period, end: period + 1 };
  if (unit === 'WEEKLY') {
    const first = period * DAYS_PER_WEEK + weekZero(weekStart);
    return { first, end: first + DAYS_PER_WEEK };
  }
  if (unit === 'MONTHLY') {
    const [year, month] = [Math.floor(period / MONTHS_PER_YEAR), modulo(period, MONTHS_PER_YEAR)];
    return { first: firstOf(year, month), end: firstOf(year, month + 1) };
  }
  const reach = byWeeks ? DAYS_PER_WEEK : 0;
  return { first: firstOf(period, 0) - reach, end: firstOf(period + 1, 0) + reach };
}

/** @param month 0 is January; 12 is January of the next year */
function firstOf(year: number, month: number): number {
  return Date.UTC(year, month, 1) / DAY;
}

/** Returns the first day of the week of 1970-01-01. */
function weekZero(weekStart: number): number {
  return -modulo(WEEKDAY_OF_DAY_ZERO - weekStart, DAYS_PER_WEEK);
}

/**
 * Yields the days of a period that lie in one of these months, or of all where there is none; of a year that weeks
 * choose from, those of its neighbours, too.
 */
export function* daysIn(unit: PeriodUnit, period: number, how: Counting, months: readonly number[]): Generator<Day> {
  if (unit === 'MONTHLY') {
    const [year, month] = [Math.floor(period / MONTHS_PER_YEAR), modulo(period, MONTHS_PER_YEAR) + 1];
    if (months.length === 0 || months.includes(month)) yield* daysOfMonth(year, month);
    return;
  }
  if (unit === 'YEARLY' && !how.byWeeks) {
    for (let month = 1; month <= MONTHS_PER_YEAR; month++)
      if (months.length === 0 || months.includes(month)) yield* daysOfMonth(period, month);
    return;
  }
  const { first, end } = daysOfPeriod(unit, period, how);
  for (let number = first; number < end; number++) {
    const day = dayAt(number);
    if (months.length === 0 || months.includes(day.month)) yield day;
  }
}

function* daysOfMonth(year: number, month: number): Generator<Day> {
  const first = dayAt(firstOf(year, month - 1));
  for (let i = 0; i < first.monthDays; i++)
    yield {
      ...first,
      ...{ number: first.number + i, monthDay: i + 1, yearDay: first.yearDay + i },
      weekday: modulo(first.weekday - 1 + i, DAYS_PER_WEEK) + 1,
    };
}
