import type { CaseFact } from '../../../src/domain/cases/caseFact';
import { takenSteps } from '../../../src/domain/cases/takenSteps';
import { caseResultRows } from '../../../src/domain/figures/caseResults';
import { aCase, aPartner } from '../../support/builders';

const facts = (result: CaseFact['result'], month: string, ...months: number[]): CaseFact[] =>
  months.map((each) => ({ deskId: 'wuppertal', month, result, months: each }));
const YEAR = { from: '2026-01', to: '2026-12' };

describe('What cases came to', () => {
  it('is told by result, with its share and the middle of the months', () => {
    const all = [
      ...facts('work', '2026-03', 9, 3, 5, 4, 20),
      ...facts('training', '2026-04', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    ];
    expect(caseResultRows(all, YEAR)).toEqual([
      { result: 'work', count: 5, sharePercent: 33, medianMonths: 5 },
      { result: 'training', count: 10, sharePercent: 67, medianMonths: 5 },
    ]);
  });

  it('is hidden for fewer than five, also in what the others add up to', () => {
    const all = [...facts('work', '2026-03', 1, 2, 3, 4), ...facts('course', '2026-03', 1, 2, 3, 4, 5)];
    expect(caseResultRows(all, YEAR)).toEqual([
      { result: 'work', count: null, sharePercent: null, medianMonths: null },
      { result: 'course', count: 5, sharePercent: 100, medianMonths: 3 },
    ]);
  });

  it('never differs by fewer than five between two periods', () => {
    const all = [...facts('work', '2026-02', 1, 2, 3, 4, 5), ...facts('work', '2026-03', 7)];
    const upTo = (to: string) => caseResultRows(all, { from: '2026-01', to })[0]?.count;
    expect([upTo('2026-02'), upTo('2026-03')]).toEqual([5, 5]);
  });
});

describe('What was agreed in a meeting', () => {
  it('is taken into its case once, in the language of the case', () => {
    const outcome = {
      ...({ kind: 'referred', group: null } as const),
      nextSteps: [{ text: { de: 'Zeugnis', uk: 'Свідоцтво' }, phraseId: 'p', due: '2026-12-31' }],
      referral: { partnerId: 'authority', consentedAt: 0 },
    };
    const of = aCase({ strategy: { ...aCase().strategy, language: 'uk' } });
    const steps = takenSteps(outcome, of, [aPartner()]);
    expect(steps).toMatchObject([
      { text: 'Свідоцтво', due: '2026-12-31', partnerId: null, state: 'open' },
      { partnerId: 'authority' },
    ]);
    expect(takenSteps(outcome, { ...of, steps: steps.map((step) => ({ ...step, id: 'x' })) }, [aPartner()])).toEqual(
      [],
    );
  });
});
