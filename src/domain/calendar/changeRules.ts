import { addDays } from './dates';
import type { HoursRule, LocalDate } from './hours';
import { occurrences, parseRule } from './recurrence';

/** The days on which a change of rules holds, half-open; without `from` since always, without `until` for good. */
interface RuleSpan {
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
}

/** The last day up to which it is looked for the next occurrence of a rule. */
const FAR_DAYS = 15_000;

/**
 * Returns the rules of a desk after some of them were replaced by others during a span. Before it and after it the old
 * ones open the same days as before: each is cut in two where it has to be.
 *
 * @param places the positions of the rules that are replaced; empty: the others are added
 * @param by what holds instead, without `from` and `until`; empty: nothing
 */
export function changedRules(
  rules: readonly HoursRule[],
  places: readonly number[],
  by: readonly HoursRule[],
  span: RuleSpan,
): HoursRule[] {
  const [first] = places;
  const old = first === undefined ? undefined : rules[first];
  const instead = by.map((rule) => heldDuring(rule, { from: span.from ?? old?.from, until: span.until ?? old?.until }));
  const changed = rules.flatMap((rule, place) => {
    if (!places.includes(place)) return [rule];
    return [...before(rule, span), ...(place === first ? instead : []), ...after(rule, span)];
  });
  return first === undefined ? [...changed, ...instead] : changed;
}

function heldDuring(rule: HoursRule, { from, until }: RuleSpan): HoursRule {
  const { from: _from, until: _until, ...timeless } = rule;
  return { ...timeless, ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

function before(rule: HoursRule, { from }: RuleSpan): HoursRule[] {
  if (from === undefined || (rule.from !== undefined && rule.from >= from)) return [];
  const until = rule.until !== undefined && rule.until < from ? rule.until : from;
  const part = heldDuring(rule, { from: rule.from, until });
  return occurrences(part, rule.from ?? addDays(from, -FAR_DAYS), from).length > 0 ? [part] : [];
}

/**
 * Returns the rule as it goes on. INTERVAL, COUNT and the parts that an RRULE leaves to its first day are taken from
 * there, so it goes on at an occurrence, with what is left of COUNT.
 */
function after(rule: HoursRule, { until }: RuleSpan): HoursRule[] {
  if (until === undefined) return [];
  const start = rule.from !== undefined && rule.from > until ? rule.from : until;
  const [next] = occurrences(rule, start, addDays(start, FAR_DAYS));
  if (next === undefined) return [];
  const { count } = parseRule(rule.rrule);
  if (count === null) return [heldDuring(rule, { from: next, until: rule.until })];
  const done = occurrences(rule, rule.from ?? '1970-01-01', next).length;
  const rrule = rule.rrule.replace(/COUNT=\d+/, `COUNT=${count - done}`);
  return [heldDuring({ ...rule, rrule }, { from: next, until: rule.until })];
}

/** Rules of a desk that say one sentence: the same days, with one window or several. */
export interface RuleGroup extends Pick<HoursRule, 'rrule' | 'kind'> {
  readonly from: LocalDate | undefined;
  readonly until: LocalDate | undefined;
  /** Ascending by start. */
  readonly windows: readonly Pick<HoursRule, 'start' | 'end'>[];
  /** Their positions among the desk's rules, ascending. */
  readonly places: readonly number[];
}

/** Returns the rules by the sentence that they belong to, in the order of their first. */
export function groupsOf(rules: readonly HoursRule[]): RuleGroup[] {
  const groups: RuleGroup[] = [];
  for (const [place, { start, end, rrule, from, until, kind }] of rules.entries()) {
    const at = groups.findIndex(
      (each) => each.rrule === rrule && each.from === from && each.until === until && each.kind === kind,
    );
    const known = groups[at];
    if (known)
      groups[at] = {
        ...known,
        windows: [...known.windows, { start, end }].sort((a, b) => (a.start < b.start ? -1 : 1)),
        places: [...known.places, place],
      };
    else groups.push({ rrule, from, until, kind, windows: [{ start, end }], places: [place] });
  }
  return groups;
}
