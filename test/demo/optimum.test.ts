import { DAY } from '../../src/domain/calendar/dates';
import { exactRoom, optimumOf } from '../bench/optimum';
import type { SimulatedClient, Wish } from '../bench/simulatedDemand';
import { BUSINESS, RESIDENCE, simulatedDesk } from '../bench/simulatedDesk';
import { live, simulatedQuarter } from '../bench/simulation';
import { startsIn } from '../bench/standardDesk';
import { strategies } from '../bench/strategies';

const START = Date.parse('2027-03-01T00:00:00+01:00');
const MONTH = { start: START, end: START + 28 * DAY };
const HALF_HOUR = DAY / 48;
const NINE = START + 18 * HALF_HOUR;

const desk = simulatedDesk();
const starts = startsIn(desk, MONTH);

/** So many who want nine o'clock, and wait a day at most. */
function wanting(count: number, query: Wish, part: Partial<SimulatedClient> = {}): SimulatedClient[] {
  return Array.from({ length: count }, () => ({ askedAt: START, query, wanted: NINE, patience: DAY, ...part }));
}

describe('The optimum', () => {
  it('gives one of three who speak Japanese the start that all want, and the others the next two', async () => {
    const clients = wanting(3, { topicId: RESIDENCE, language: 'ja' });
    const { asWanted, meanWait } = await optimumOf({ clients, starts });
    expect(asWanted).toBeCloseTo(1 / 3);
    expect(meanWait).toBeCloseTo((0 + 0.5 + 1) / 3 / 24, 6);
  });

  it('counts the buffer: of two who speak Japanese about business the second waits an hour', async () => {
    const clients = wanting(2, { topicId: BUSINESS, language: 'ja' });
    const { asWanted, meanWait } = await optimumOf({ clients, starts });
    expect(asWanted).toBeCloseTo(1 / 2);
    expect(meanWait).toBeCloseTo(1 / 2 / 24, 6);
  });

  it('keeps the only one who speaks Japanese for those who need them', async () => {
    const clients = [
      ...wanting(5, { topicId: RESIDENCE, language: 'en' }),
      ...wanting(1, { topicId: RESIDENCE, language: 'ja' }),
    ];
    const { asWanted, meanWait } = await optimumOf({ clients, starts });
    expect(asWanted).toBe(1);
    expect(meanWait).toBeCloseTo(0, 9);
  });

  it('gives whoever is tied to an advisor only that one', async () => {
    const clients = wanting(2, { topicId: RESIDENCE, language: 'en', advisorId: 'a1' });
    expect((await optimumOf({ clients, starts })).asWanted).toBeCloseTo(1 / 2);
  });

  it('lets those leave who have no patience, and does not count those who give back', async () => {
    const japanese = { topicId: RESIDENCE, language: 'ja' };
    const clients = [
      ...wanting(2, japanese, { patience: HALF_HOUR / 3 }),
      ...wanting(5, japanese, { givesBack: { after: 0, part: 0 } }),
    ];
    const { asWanted, meanWait } = await optimumOf({ clients, starts });
    expect(asWanted).toBeCloseTo(1 / 2);
    expect(meanWait).toBeCloseTo(1 / 6 / 2 / 24, 6);
  });

  it('is not exceeded by the program in two weeks', async () => {
    const weeks = simulatedQuarter({ percent: 100, seed: 4 }, { start: START, end: START + 14 * DAY });
    const optimum = await optimumOf(weeks);
    const { asWanted, meanWait } = live(strategies(desk, weeks.starts).matching(), weeks.clients);
    expect(asWanted).toBeLessThanOrEqual(optimum.asWanted);
    expect(asWanted).toBeGreaterThan(optimum.asWanted / 2);
    expect(meanWait).toBeGreaterThan(optimum.meanWait);
    expect(optimum.meanWait).toBeGreaterThan(0);
  });
});

describe('The exact solver', () => {
  const strategy = strategies(desk, starts).matching();
  const range = { start: NINE, end: NINE + 1 };
  const japanese = { topicId: RESIDENCE, language: 'ja' };

  it('finds room as long as others can give way, and no longer', async () => {
    const hasRoom = await exactRoom();
    const asked = { wish: japanese, start: NINE, now: START };
    for (let i = 0; i < 5; i++) strategy.give(START, { topicId: RESIDENCE, language: 'en' }, range);
    expect(hasRoom(desk, strategy.given(), asked)).toBe(true);
    expect(strategy.give(START, japanese, range)).toBeDefined();
    expect(hasRoom(desk, strategy.given(), asked)).toBe(false);
  });
});
