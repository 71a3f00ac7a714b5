import loadHighs, { type Highs } from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import { bestPlan, leastMeanWait } from '../bench/optimum';
import type { SimulatedClient, Wish } from '../bench/simulatedDemand';
import { BUSINESS, RESIDENCE, simulatedDesk } from '../bench/simulatedDesk';
import { type Experience, live, simulatedQuarter } from '../bench/simulation';
import { startsIn } from '../bench/standardDesk';
import { strategies } from '../bench/strategies';

const START = Date.parse('2027-03-01T00:00:00+01:00');
const HALF_HOUR = DAY / 48;
const NINE = START + 18 * HALF_HOUR;

const starts = startsIn(simulatedDesk(), { start: START, end: START + 2 * DAY });

/** So many who want nine o'clock, and wait a day at most. */
function wanting(count: number, query: Wish, part: Partial<SimulatedClient> = {}): SimulatedClient[] {
  return Array.from({ length: count }, () => ({ askedAt: START, query, wanted: NINE, patience: DAY, ...part }));
}

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** How many get the start that they want, and how many hours those who come wait together. */
function optimumOf(clients: readonly SimulatedClient[]): { readonly asWanted: number; readonly hours: number } {
  const came = clients.filter(({ givesBack }) => !givesBack).length;
  const quarter = { clients, starts };
  return { asWanted: bestPlan(highs, quarter).size, hours: leastMeanWait(highs, quarter) * 24 * came };
}

describe('The optimum', () => {
  it('gives one of three who speak Japanese the start that all want, and the others the next two', () => {
    const { asWanted, hours } = optimumOf(wanting(3, { topicId: RESIDENCE, language: 'ja' }));
    expect(asWanted).toBe(1);
    expect(hours).toBeCloseTo(0 + 0.5 + 1, 6);
  });

  it('counts the buffer: of two who speak Japanese about business the second waits an hour', () => {
    const { asWanted, hours } = optimumOf(wanting(2, { topicId: BUSINESS, language: 'ja' }));
    expect(asWanted).toBe(1);
    expect(hours).toBeCloseTo(1, 6);
  });

  it('keeps the only one who speaks Japanese for those who need them', () => {
    const { asWanted, hours } = optimumOf([
      ...wanting(5, { topicId: RESIDENCE, language: 'en' }),
      ...wanting(1, { topicId: RESIDENCE, language: 'ja' }),
    ]);
    expect(asWanted).toBe(6);
    expect(hours).toBeCloseTo(0, 9);
  });

  it('gives whoever is tied to an advisor only that one', () => {
    const { asWanted } = optimumOf(wanting(2, { topicId: RESIDENCE, language: 'en', advisorId: 'a1' }));
    expect(asWanted).toBe(1);
  });

  it('lets those leave who have no patience, and does not count those who give back', () => {
    const japanese = { topicId: RESIDENCE, language: 'ja' };
    const { asWanted, hours } = optimumOf([
      ...wanting(2, japanese, { patience: HALF_HOUR / 3 }),
      ...wanting(5, japanese, { givesBack: { after: 0, part: 0 } }),
    ]);
    expect(asWanted).toBe(1);
    expect(hours).toBeCloseTo(1 / 6, 6);
  });

  it('refuses one who asks first about business, for two who ask later about residence', () => {
    const japanese = (topicId: string) => ({ topicId, language: 'ja' });
    const clients = [
      ...wanting(1, japanese(BUSINESS)),
      ...wanting(1, japanese(RESIDENCE)),
      ...wanting(1, japanese(RESIDENCE), { wanted: NINE + HALF_HOUR }),
    ];
    const ways = strategies(highs, { clients, starts });
    const got = (name: 'matching' | 'all demand known') =>
      live(ways[name](), clients).taken.map(({ start }) => (start - NINE) / HALF_HOUR);
    expect(got('matching')).toEqual([0, 2, 3]);
    expect(got('all demand known')).toEqual([2, 0, 1]);
  });
});

describe('Exact matching', () => {
  it('lets two consultations change places at the same moment, while the program makes changes one after the other', () => {
    const tied = (topicId: string, ...advisorIds: string[]) =>
      advisorIds.flatMap((advisorId) => wanting(1, { topicId, language: 'en', advisorId }));
    const clients = [
      ...tied(RESIDENCE, 'a1', 'a2'),
      ...tied(BUSINESS, 'a3', 'a4', 'a5'),
      ...wanting(1, { topicId: BUSINESS, language: 'en' }),
      ...wanting(1, { topicId: RESIDENCE, language: 'en' }),
      ...wanting(1, { topicId: RESIDENCE, language: 'ja' }, { wanted: NINE + HALF_HOUR }),
    ];
    const ways = strategies(highs, { clients, starts });
    const last = (name: 'matching' | 'exact matching') => live(ways[name](), clients).taken.at(-1)?.start;
    expect(last('matching')).toBe(NINE + 2 * HALF_HOUR);
    expect(last('exact matching')).toBe(NINE + HALF_HOUR);
  });
});

describe('In a week of 100 % demand', () => {
  const week = simulatedQuarter({ percent: 100, seed: 4 }, { start: START, end: START + 7 * DAY });
  let lived: Record<'matching' | 'exact matching' | 'all demand known', Experience>;
  let most: number;

  beforeAll(() => {
    const ways = strategies(highs, week);
    const by = (name: keyof typeof lived) => live(ways[name](), week.clients);
    lived = {
      matching: by('matching'),
      'exact matching': by('exact matching'),
      'all demand known': by('all demand known'),
    };
    most = bestPlan(highs, week).size / lived.matching.came;
  });

  it('whoever knows all demand meets as many first wishes as the optimum counts', () => {
    expect(lived['all demand known'].asWanted).toBeCloseTo(most, 9);
  });

  it('the matching meets no more first wishes and has no shorter waits than the optimum', () => {
    const least = leastMeanWait(highs, week);
    expect(lived.matching.asWanted).toBeLessThan(most);
    expect(lived.matching.meanWait).toBeGreaterThan(least);
    expect(least).toBeGreaterThan(0);
  });

  it('the matching meets nearly as many first wishes as exact matching', () => {
    expect(lived.matching.asWanted / lived['exact matching'].asWanted).toBeGreaterThan(0.97);
  });
});
