import type { HoursException } from './calendar/hours';
import type { Desk } from './desk';
import { partnersOf } from './partner';

/** One difference between two states of a desk. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** The field, as in a desk's file: `leadTimeMinutes`, `openingRules`, `topic residence: durationMinutes`. */
  readonly at: string;
  /** Absent if it was added. */
  readonly before?: unknown;
  /** Absent if it was removed. */
  readonly after?: unknown;
}

/**
 * Returns the differences between two states of a desk, field by field as in a desk's file. Items of lists without ids,
 * such as rules, are reported as added or removed; topics, partners and advisors are compared by id. The order
 * of these and of languages is compared, that of rules and exceptions is not.
 */
export function deskDifferences(before: Desk, after: Desk): Difference[] {
  const [old, now] = [fileForm(before), fileForm(after)];
  return [
    ...fields('', old.fields, now.fields),
    ...LISTS.flatMap((at) => entries(at, old[at], now[at])),
    ...byId('topic', old.topics, now.topics),
    ...byId('partner', old.partners, now.partners),
    ...byId('advisor', old.advisors, now.advisors),
  ];
}

const LISTS = ['openingRules', 'exceptions', 'reserves'] as const;

/** Returns the desk's parts by their names in the file, without retired ones, which are in no file. */
function fileForm(desk: Desk) {
  const { hours, topics, partners, advisors, reserves, ...fields } = desk;
  const active = <T extends { readonly retired?: boolean }>(all: readonly T[]) => all.filter(({ retired }) => !retired);
  return {
    fields: {
      ...fields,
      timeZone: hours.timeZone,
      holidays: hours.holidays,
      topicOrder: active(topics).map(({ id }) => id),
      partnerOrder: active(partners).map(({ id }) => id),
      advisorOrder: active(advisors).map(({ id }) => id),
    },
    openingRules: hours.rules,
    exceptions: hours.exceptions.map(contentOf),
    reserves,
    topics: active(topics).map((topic) => ({
      ...topic,
      questions: active(topic.questions),
      partners: partnersOf(desk, topic).map(({ id }) => id),
    })),
    partners: active(partners),
    advisors: active(advisors),
  };
}

/** Returns an exception without the id that it got when it was entered. */
export function contentOf({ id: _id, ...content }: HoursException): Omit<HoursException, 'id'> {
  return content;
}

type Fields = object;

function fields(where: string, before: Fields, after: Fields): Difference[] {
  const values = (all: Fields) => new Map(Object.entries(all).filter(([, value]) => value !== undefined));
  const [old, now] = [values(before), values(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((name): Difference[] => {
    const [one, other] = [old.get(name), now.get(name)];
    const at = `${where}${name}`;
    if (textOf(one) === textOf(other)) return [];
    // A different order that only follows from added or removed items is not reported.
    if (/Order$/.test(name) && !isReordered(one as string[], other as string[])) return [];
    return [{ kind: 'changed', at, before: one ?? null, after: other ?? null }];
  });
}

function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const both = (ids: readonly string[], others: readonly string[]) => ids.filter((id) => others.includes(id)).join();
  return both(before, after) !== both(after, before);
}

function entries(at: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  return [
    ...without(before, after).map((entry): Difference => ({ kind: 'removed', at, before: entry })),
    ...without(after, before).map((entry): Difference => ({ kind: 'added', at, after: entry })),
  ];
}

/** Returns the items of `all` that are not in `others`. Of equal items, as many are left out as `others` contains. */
export function without<T>(all: readonly T[], others: readonly T[], of: (each: T) => unknown = (each) => each): T[] {
  const left = others.map((each) => textOf(of(each)));
  return all.filter((each) => {
    const found = left.indexOf(textOf(of(each)));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

function byId<T extends { readonly id: string }>(
  kind: string,
  before: readonly T[],
  after: readonly T[],
): Difference[] {
  const find = (all: readonly T[], id: string) => all.find((each) => each.id === id);
  return [...new Set([...before, ...after].map(({ id }) => id))].flatMap((id): Difference[] => {
    const [old, now] = [find(before, id), find(after, id)];
    const at = `${kind} ${id}`;
    if (!old) return [{ kind: 'added', at, after: now }];
    if (!now) return [{ kind: 'removed', at, before: old }];
    return fields(`${at}: `, old, now);
  });
}

/** Returns the same text for equal values, whatever the order of their fields. */
function textOf(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
