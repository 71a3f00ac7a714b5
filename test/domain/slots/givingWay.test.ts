import fc from 'fast-check';
import type { Roster } from '../../../src/domain/slots/assignment';
import { givingWay } from '../../../src/domain/slots/givingWay';
import { makeRoom, roomFor } from '../../../src/domain/slots/matching';
import { bruteForce, HOUR, mixedTimes, rosterOf, small } from './smallDesk';

/** As the search has it: with what is known of who can give way, and where there is no room. */
function knowing(roster: Roster, looks?: number): Roster {
  const bounded = { ...roster, looks: looks === undefined ? undefined : { left: looks, most: looks } };
  return { ...bounded, nowhere: new Set(), mayMove: givingWay(bounded) };
}

const times = fc.oneof(fc.constant(fc.constant(HOUR)), fc.constant(mixedTimes)).chain((some) => small(some));

describe('The set of engagements that can give way', () => {
  it('contains every assignment that a search would move, so using it changes no room that is found and hides none', () => {
    const seen = { found: 0, nothing: 0, more: 0 };
    fc.assert(
      fc.property(times, (desk) => {
        const room = makeRoom(rosterOf(desk), desk.demand);
        const known = makeRoom(knowing(rosterOf(desk)), desk.demand);
        if (room) expect(known).toEqual(room);
        // The bounded search may get further, where it need not try what leads nowhere.
        else if (known) expect(bruteForce(desk)).not.toBeNull();
        seen[room ? 'found' : known ? 'more' : 'nothing']++;
      }),
      { numRuns: 3_000, seed: 9 },
    );
    expect(Math.min(seen.found, seen.nothing)).toBeGreaterThan(300);
  });

  it('is the same when it is computed again, after other queries, and after other engagements were added', () => {
    fc.assert(
      fc.property(times, fc.array(mixedTimes, { maxLength: 4 }), (desk, before) => {
        const roster = knowing(rosterOf(desk));
        for (const time of before) makeRoom(roster, { ...desk.demand, time });
        expect(roomFor(roster, desk.demand, 10)).toBe(roomFor(rosterOf(desk), desk.demand, 10));
        expect(makeRoom(roster, desk.demand)).toEqual(makeRoom(rosterOf(desk), desk.demand));
      }),
      { numRuns: 1_000, seed: 4 },
    );
  });

  it('needs no look at demands that nobody can take, so a full desk is recognised at once', () => {
    const can = [0, 1, 2, 3, 4, 5].map((kind) => [kind, (kind + 1) % 6]);
    const engagements = can.map(([kind], i) => ({
      topicId: 'residence',
      language: `x-${kind}`,
      mode: null,
      time: HOUR,
      id: `e${i}`,
      advisorId: `a${i}`,
      movable: true,
    }));
    let looks = 0;
    const counting = rosterOf({ can, engagements });
    const roster = knowing({
      ...counting,
      engaged: (advisorId, time) => {
        looks++;
        return counting.engaged(advisorId, time);
      },
    });
    const demand = { topicId: 'residence', language: 'x-0', mode: null, time: HOUR };
    expect(makeRoom(roster, demand)).toBeUndefined();
    expect(looks).toBeLessThanOrEqual(10);
    looks = 0;
    expect(makeRoom(roster, { ...demand, language: 'x-3' })).toBeUndefined();
    expect(looks).toBe(2);
  });
});

describe('A budget of looks', () => {
  it('leads to the same room as without a budget or to none, never to another', () => {
    const seen = { same: 0, none: 0 };
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 30 }), (desk, looks) => {
        const bounded = makeRoom(knowing(rosterOf(desk), looks), desk.demand);
        if (!bounded) seen.none++;
        else {
          expect(makeRoom(knowing(rosterOf(desk)), desk.demand)).toEqual(bounded);
          seen.same++;
        }
      }),
      { numRuns: 2_000, seed: 5 },
    );
    expect(Math.min(seen.same, seen.none)).toBeGreaterThan(200);
  });

  it('that was spent is not remembered as "no room"', () => {
    const free = { can: [[0], [0]], engagements: [] };
    const [roster, demand] = [
      knowing(rosterOf(free), 0),
      { topicId: 'residence', language: 'x-0', mode: null, time: HOUR },
    ];
    expect(makeRoom(roster, demand)).toBeUndefined();
    expect(roster.nowhere?.size).toBe(0);
  });
});
