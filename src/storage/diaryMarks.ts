import { type Interval, overlaps } from '../domain/calendar/interval';
import { type Engagement, isUnchanged } from '../domain/slots/engagement';

/**
 * What was derived from the diaries of a desk in some range, for as long as nothing in that range changes. A search
 * derives something from each week; a booking then costs it the one week that it lies in.
 */
export class DiaryMarks {
  private readonly known: Map<string, { readonly range: Interval; readonly derived: object }>;

  constructor(known: DiaryMarks['known'] = new Map()) {
    this.known = known;
  }

  /** Returns what was made for this range before, or makes it. */
  during<T extends object>(range: Interval, make: () => T): T {
    const name = `${range.start} ${range.end}`;
    const there = this.known.get(name);
    if (there) return there.derived as T;
    const derived = make();
    if (this.known.size < MAX_MARKED_RANGES) this.known.set(name, { range, derived });
    return derived;
  }

  /** Returns the marks without those of ranges in which something has changed. */
  after(changed: readonly Interval[]): DiaryMarks {
    if (changed.length === 0) return this;
    const isUntouched = (range: Interval) => !changed.some((time) => overlaps(time, range));
    return new DiaryMarks(new Map([...this.known].filter(([, { range }]) => isUntouched(range))));
  }
}

/** Weeks can be asked about for two years ahead. */
const MAX_MARKED_RANGES = 120;

/** Returns the times of the engagements that only one of the diaries has, or that differ, before and after. */
export function changedTimes(before: readonly Engagement[], after: readonly Engagement[]): Interval[] {
  const left = new Map(before.map((each) => [each.id, each]));
  const changed: Interval[] = [];
  for (const each of after) {
    const old = left.get(each.id);
    left.delete(each.id);
    if (!old) changed.push(each.time);
    else if (!isUnchanged(old, each)) changed.push(old.time, each.time);
  }
  return [...changed, ...[...left.values()].map(({ time }) => time)];
}
