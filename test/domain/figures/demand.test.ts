import { demandRows } from '../../../src/domain/figures/demand';

const inVain = (week: string, searches: number, topicId = 'residence') => ({ topicId, language: 'uk', week, searches });

describe('What was looked for in vain', () => {
  it('is added up to months, and hidden below five', () => {
    const unmet = [inVain('2026-W40', 3), inVain('2026-W41', 4), inVain('2026-W42', 4, 'career')];
    expect(demandRows(unmet, { from: '2026-10', to: '2026-10' })).toEqual([
      { month: '2026-10', topicId: 'career', language: 'uk', count: null },
      { month: '2026-10', topicId: 'residence', language: 'uk', count: 7 },
    ]);
  });

  it('leaves out what lies outside the months', () => {
    expect(demandRows([inVain('2026-W36', 9), inVain('2026-W49', 9)], { from: '2026-10', to: '2026-11' })).toEqual([]);
  });
});
