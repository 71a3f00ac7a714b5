import { queues } from '../../src/storage/queues';
import { refusal } from '../support/refusal';

describe('Queues', () => {
  const PATIENCE_MS = 100;
  const inTurn = queues({ most: 2, patienceMs: PATIENCE_MS });
  /** A work that ends when it is told to. */
  function aWork() {
    const work = { begun: false, end: () => {}, fail: () => {} };
    const run = () =>
      new Promise<void>((done, failed) => {
        Object.assign(work, { begun: true, end: done, fail: () => failed(new Error('no')) });
      });
    return Object.assign(work, { run });
  }
  const begun = (works: readonly { begun: boolean }[]) => works.map((work) => work.begun);
  const settle = () => new Promise((done) => setImmediate(done));

  it('start so many pieces of work of one key at a time and the others in their order, also after a failure', async () => {
    const works = [aWork(), aWork(), aWork(), aWork()];
    const [first, ...others] = works.map((work) => inTurn('expat-desk', work.run));
    const elsewhere = aWork();
    const other = inTurn('wuppertal', elsewhere.run);
    await settle();
    expect(begun([...works, elsewhere])).toEqual([true, true, false, false, true]);
    works[0]?.fail();
    await expect(first).rejects.toThrow('no');
    expect(begun(works)).toEqual([true, true, true, false]);
    works[2]?.end();
    await settle();
    expect(begun(works)).toEqual([true, true, true, true]);
    for (const work of [...works, elsewhere]) work.end();
    await Promise.all([...others, other]);
  });

  it('refuse work that has waited too long, and no other', async () => {
    const works = [aWork(), aWork(), aWork()];
    const [first, second, late] = works.map((work) => inTurn('expat-desk', work.run));
    await expect(late).rejects.toEqual(refusal('unavailable'));
    const next = aWork();
    const patient = inTurn('expat-desk', next.run);
    works[0]?.end();
    await first;
    await settle();
    expect(begun([...works, next])).toEqual([true, true, false, true]);
    for (const work of [...works, next]) work.end();
    await Promise.all([second, patient]);
  });
});
