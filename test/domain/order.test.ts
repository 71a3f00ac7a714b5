import fc from 'fast-check';
import { inOrderOf, movedByOne } from '../../src/domain/order';
import { cases } from '../support/cases';

const list = (ids: string) => [...ids].map((id) => ({ id }));
const said = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).join('');

describe('The order of a list', () => {
  it.each([
    ['abc', 'ca', 'cba'],
    ['abc', 'cx', 'abcx'],
    ['abc', 'cxab', 'cxab'],
    ['abc', '', 'abc'],
    ['', 'ab', 'ab'],
  ])('%s in which %s is named is %s', (all, named, order) => {
    expect(said(inOrderOf(list(all), list(named)))).toBe(order);
  });

  it('is not held up by what is retired', () => {
    const all = [{ id: 'a' }, { id: 'b', retired: true }, { id: 'c' }];
    expect(said(inOrderOf(all, list('cxa')))).toBe('cxab');
  });

  it('loses nothing and doubles nothing', () => {
    const ids = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
    fc.assert(
      fc.property(ids, ids, (all, named) => {
        const order = said(inOrderOf(list(all.join('')), list(named.join(''))));
        expect([...order].sort()).toEqual([...new Set([...all, ...named])].sort());
        expect([...order].filter((id) => named.includes(id) && all.includes(id))).toEqual(
          named.filter((id) => all.includes(id)),
        );
      }),
      { numRuns: cases(200) },
    );
  });

  it('moves by one, and not beyond the edges', () => {
    const ids = ['a', 'b', 'c'];
    expect(movedByOne(ids, 'b', 'up').join('')).toBe('bac');
    expect(movedByOne(ids, 'b', 'down').join('')).toBe('acb');
    for (const [id, step] of [
      ['a', 'up'],
      ['c', 'down'],
      ['x', 'up'],
    ] as const)
      expect(movedByOne(ids, id, step)).toEqual(ids);
  });
});
