import { memo, perObject } from '../../src/domain/memo';

/** A function of a text that counts how often it had to answer. */
function counting<T>(answer: (key: string) => T) {
  const asked: string[] = [];
  return {
    asked,
    answer: (key: string) => {
      asked.push(key);
      return answer(key);
    },
  };
}

describe('memo', () => {
  it('finds an answer once, also where it is null, 0 or false', () => {
    for (const value of [null, 0, false, 'text']) {
      const { asked, answer } = counting(() => value);
      const remembered = memo(3, answer);
      expect([remembered('a'), remembered('a')]).toEqual([value, value]);
      expect(asked).toEqual(['a']);
    }
  });

  it('keeps at least the answers that were used last, and no more than twice as many as it was told', () => {
    const limit = 10;
    const { asked, answer } = counting((key) => key);
    const remembered = memo(limit, answer);
    for (let i = 0; i < 100; i++) {
      remembered(`new ${i}`);
      // Used all the time, it never goes.
      remembered('used');
    }
    expect(asked.filter((key) => key === 'used')).toHaveLength(1);
    asked.length = 0;
    for (let i = 99; i > 99 - limit + 1; i--) remembered(`new ${i}`);
    expect(asked).toEqual([]);
    for (let i = 99; i >= 0; i--) remembered(`new ${i}`);
    expect(asked.length).toBeGreaterThanOrEqual(100 - 2 * limit);
  });

  it('forgets what it is told to forget, and keeps no exception', () => {
    let fails = true;
    const { asked, answer } = counting((key) => {
      if (fails) throw new Error(key);
      return key;
    });
    const remembered = memo(3, answer);
    expect(() => remembered('a')).toThrow('a');
    fails = false;
    remembered('a');
    remembered.forget('a');
    remembered('a');
    expect(asked).toEqual(['a', 'a', 'a']);
  });
});

describe('perObject', () => {
  it('derives once from the same objects together, and anew if one of them is another', () => {
    let derived = 0;
    const pair = perObject((a: { n: number }, b: { n: number }) => {
      derived++;
      return a.n + b.n;
    });
    const [one, two, three] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    expect([pair(one, two), pair(one, two), pair(one, three), pair(two, one), pair(one, two)]).toEqual([3, 3, 4, 3, 3]);
    expect(derived).toBe(3);
    expect(pair({ n: 1 }, two)).toBe(3);
    expect(derived).toBe(4);
  });
});
