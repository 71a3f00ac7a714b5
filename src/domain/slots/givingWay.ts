import type { Assignment, Roster } from './assignment';
import { spend } from './looks';

/** Another advisor for an engagement, possible once `waitsFor` other engagements have given way. */
interface Option {
  readonly of: Assignment;
  waitsFor: number;
}

/**
 * Finds the engagements that can give way. An engagement can give way if it may move, and if there is another suitable
 * advisor whose engagements in the way can all give way in turn, down to an advisor who is free. This is the least such
 * set. It does not depend on a query, so it is computed once for a roster.
 *
 * No engagement outside the set ever changes its advisor. Changes are made one after the other, each to an advisor who
 * is free by then; so the first is in the set, and so is each later one, because only engagements changed before it
 * have left. The reverse does not hold: two engagements may count on the same free advisor. So `makeRoom` misses
 * nothing if it tries only engagements of the set.
 *
 * @param known what is known of the engagements of this roster; new results are added
 * @returns a narrower `mayMove`. It also holds for a roster from `after`: what can give way after those changes can do
 *   so here.
 */
export function givingWay(roster: Roster, known = new Map<Assignment, boolean>()): Roster['mayMove'] {
  return (assignment) => {
    const there = known.get(assignment);
    if (there !== undefined) return there;
    if (!roster.mayMove(assignment)) {
      known.set(assignment, false);
      return false;
    }
    return settled(roster, assignment, known);
  };
}

/**
 * Decides whether `root` can give way. It follows, breadth first, the engagements that `root` would push aside, and
 * adds every result to `known`.
 */
function settled(roster: Roster, root: Assignment, known: Map<Assignment, boolean>): boolean {
  const met = new Set([root]);
  const waiting = new Map<Assignment, Option[]>();

  function givesWay(first: Assignment): void {
    const all = [first];
    for (const each of all) {
      if (known.get(each)) continue;
      known.set(each, true);
      for (const option of waiting.get(each) ?? []) if (--option.waitsFor === 0) all.push(option.of);
    }
  }

  for (const each of met) {
    if (known.get(each)) continue;
    for (const advisorId of roster.suitable(each)) {
      if (advisorId === each.advisorId) continue;
      // The budget is spent before the result is known, so nothing is added to `known`.
      if (!spend(roster.looks)) return known.get(root) ?? false;
      const inTheWay = roster.engaged(advisorId, each.time).filter((other) => !known.get(other));
      if (inTheWay.some((other) => known.get(other) === false || !roster.mayMove(other))) continue;
      if (inTheWay.length === 0) {
        givesWay(each);
        break;
      }
      const option = { of: each, waitsFor: inTheWay.length };
      for (const other of inTheWay) {
        met.add(other);
        const those = waiting.get(other);
        if (those) those.push(option);
        else waiting.set(other, [option]);
      }
    }
    if (known.get(root)) return true;
  }
  // Everything reachable was looked at, so what has not been found to give way cannot.
  for (const each of met) if (!known.has(each)) known.set(each, false);
  return false;
}
