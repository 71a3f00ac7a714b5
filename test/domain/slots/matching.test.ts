import fc from 'fast-check';
import { makeRoom, roomFor } from '../../../src/domain/slots/matching';
import { bruteForce, demandOf, done, HOUR, mixedTimes, rosterOf, small } from './smallDesk';

describe('Room for one more consultation', () => {
  it('is found among consultations of one time exactly if some assignment has it, and with the fewest moves', () => {
    fc.assert(
      fc.property(small(fc.constant(HOUR)), (desk) => {
        const room = makeRoom(rosterOf(desk), desk.demand);
        expect(room ? room.moves.length : null).toBe(bruteForce(desk));
        if (room) done(desk, room);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never found among mixed durations if no assignment has it', () => {
    const counted = { possible: 0, found: 0, fewest: 0 };
    fc.assert(
      fc.property(small(mixedTimes), (desk) => {
        const room = makeRoom(rosterOf(desk), desk.demand);
        const fewest = bruteForce(desk);
        if (room) done(desk, room);
        if (room) expect(fewest).not.toBeNull();
        if (fewest === null) return;
        counted.possible++;
        if (room) counted.found++;
        if (room?.moves.length === fewest) counted.fewest++;
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect(counted.possible).toBeGreaterThan(500);
    expect(counted.found / counted.possible).toBeGreaterThan(0.99);
    expect(counted.fewest / counted.found).toBeGreaterThan(0.97);
  });

  it('is counted among consultations of one time up to the last that fits', () => {
    fc.assert(
      fc.property(small(fc.constant(HOUR)), (desk) => {
        const most = roomFor(rosterOf(desk), desk.demand, 10);
        let [now, count] = [desk, 0];
        while (count < 10) {
          const room = makeRoom(rosterOf(now), now.demand);
          if (!room || bruteForce(now) === null) break;
          now = { ...now, engagements: done(now, room).map((each, i) => ({ ...each, id: `n${i}` })) };
          count++;
        }
        expect(most).toBe(count);
      }),
      { numRuns: 300 },
    );
  });

  it('is made by a chain as long as needed, and never by moving an assignment that is tied to its advisor', () => {
    // Everybody can do their own kind and the next one; each does the next one, and the last is free.
    const can = [0, 1, 2, 3, 4].map((kind) => [kind, kind + 1]);
    const engagements = [0, 1, 2, 3].map((i) => ({
      ...demandOf(i + 1, HOUR),
      id: `e${i}`,
      advisorId: `a${i}`,
      movable: true,
    }));
    const demand = demandOf(0, HOUR);
    const room = makeRoom(rosterOf({ can, engagements }), demand);
    expect(room?.advisorId).toBe('a0');
    expect(room?.moves.map(({ assignment, to }) => [assignment.id, to])).toEqual([
      ['e3', 'a4'],
      ['e2', 'a3'],
      ['e1', 'a2'],
      ['e0', 'a1'],
    ]);
    const tied = engagements.map((each) => (each.id === 'e2' ? { ...each, movable: false } : each));
    expect(makeRoom(rosterOf({ can, engagements: tied }), demand)).toBeUndefined();
  });
});
