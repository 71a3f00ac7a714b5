import fc from 'fast-check';
import { digestsOf, merged, readDigests } from '../../../src/http/parts/merge';
import { cases } from '../../support/cases';

const cells = fc
  .dictionary(fc.constantFrom('name', 'door', 'email', 'topics'), fc.constantFrom('', 'one', 'two', 'three'))
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, text]) => text !== '')));

describe('Two changes of the same part', () => {
  it('become one, cell by cell: what only one changed is taken, and what both changed is asked', () => {
    fc.assert(
      fc.property(cells, cells, cells, (before, mine, theirs) => {
        const { cells: both, taken, conflicts } = merged(mine, theirs, digestsOf(before));
        for (const cell of ['name', 'door', 'email', 'topics']) {
          const [was, my, their] = [before[cell] ?? '', mine[cell] ?? '', theirs[cell] ?? ''];
          const isConflict = my !== was && their !== was && my !== their;
          const isTaken = my === was && their !== was;
          expect([conflicts.some((each) => each.cell === cell), taken.includes(cell)]).toEqual([isConflict, isTaken]);
          expect(both[cell] ?? '').toBe(isTaken ? their : my);
        }
      }),
      { numRuns: cases(200) },
    );
  });

  it('are the same whoever saved first, but for what both changed', () => {
    const [mine, theirs, before] = [{ door: 'a' }, { email: 'b', name: 'x' }, { name: 'x' }];
    expect(merged(mine, theirs, digestsOf(before)).cells).toEqual({ door: 'a', email: 'b' });
    expect(merged(theirs, mine, digestsOf(before)).cells).toEqual({ door: 'a', email: 'b' });
  });

  it('count as changed everywhere if the form does not say what it began with', () => {
    for (const sent of [undefined, '', 'no json', 'null', '[1]', '{"name":1}']) {
      const { conflicts } = merged({ name: 'mine' }, { name: 'theirs' }, readDigests(sent));
      expect(conflicts).toEqual([{ cell: 'name', mine: 'mine', theirs: 'theirs' }]);
    }
  });

  it('are the same text with the line ends of a form', () => {
    const before = digestsOf({ bring: 'one\ntwo' });
    expect(merged({ bring: 'one\r\ntwo' }, { bring: 'three' }, before).conflicts).toEqual([]);
  });
});
