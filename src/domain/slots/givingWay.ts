import { spend } from './looks';
import type { Engagement, Roster } from './matching';

/** Another advisor for somebody, as soon as so many others have given way. */
interface Option {
  readonly of: Engagement;
  waitsFor: number;
}

/**
 * Who can give way: whoever may, and for whom there is another suitable advisor of whom all that is in the way can give way in its turn, down
 * to somebody who is free. It is the least set of this kind, found once for all questions about the roster, since it depends on none.
 *
 * Nobody else ever changes their advisor: changes are done one after the other, each to an advisor who is free then; so the first of them
 * is in the set, and each later one, as only those who were before it have left. The reverse does not hold: two may count on the same
 * place. So `makeRoom` loses nothing where it leaves the others alone, and where everybody is taken it has nothing to try.
 *
 * @param known what was found out before about the same roster; what is found out now is added
 * @returns a narrower `mayMove`; also for `after`: whoever can give way there, after the changes that led there, can do so here
 */
export function givingWay(roster: Roster, known = new Map<Engagement, boolean>()): Roster['mayMove'] {
  return (engagement) => {
    const there = known.get(engagement);
    if (there !== undefined) return there;
    if (!roster.mayMove(engagement)) {
      known.set(engagement, false);
      return false;
    }
    return settled(roster, engagement, known);
  };
}

/**
 * Follows `root`, breadth first, to whom it would push aside, until it is clear whether it can give way; writes down what has become clear.
 */
function settled(roster: Roster, root: Engagement, known: Map<Engagement, boolean>): boolean {
  const met = new Set([root]);
  const waiting = new Map<Engagement, Option[]>();

  function givesWay(first: Engagement): void {
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
      // Not known, and not looked for: nothing of this may be written down.
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
  // All that could be reached was looked at.
  for (const each of met) if (!known.has(each)) known.set(each, false);
  return false;
}
