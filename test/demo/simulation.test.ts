import loadHighs from 'highs';
import { DAY } from '../../src/domain/calendar/dates';
import { overlaps } from '../../src/domain/calendar/interval';
import { groupBy } from '../../src/domain/groupBy';
import { canTake } from '../../src/domain/offering';
import type { Engagement } from '../../src/domain/slots/engagement';
import { givenBackAt } from '../bench/simulatedDemand';
import { simulatedDesk } from '../bench/simulatedDesk';
import { type Experience, live, quantileOf, simulatedQuarter } from '../bench/simulation';
import { type StrategyName, strategies } from '../bench/strategies';
import type { Strategy } from '../bench/strategy';

const START = Date.parse('2027-03-01T00:00:00+01:00');
const MONTH = { start: START, end: START + 28 * DAY };
const LEVEL = { percent: 80, seed: 4 };

const desk = simulatedDesk();
const { starts, clients } = simulatedQuarter(LEVEL, MONTH);

describe('The simulated clients', () => {
  it('ask one after another for existing starts after the lead time', () => {
    expect(clients.length).toBeGreaterThan(1_000);
    const open = new Set(starts);
    const wrong = clients.filter(
      ({ askedAt, wanted }, i) =>
        !open.has(wanted) ||
        wanted < askedAt + desk.leadTimeMinutes * 60_000 ||
        askedAt < (clients[i - 1]?.askedAt ?? MONTH.start),
    );
    expect(wrong).toEqual([]);
  });

  it('want starts as many days ahead as was measured, give or take a day', () => {
    const ahead = (topicId: string) =>
      clients.filter(({ query }) => query.topicId === topicId).map(({ askedAt, wanted }) => (wanted - askedAt) / DAY);
    for (const [topicId, measured] of [
      ['residence', [5.8, 7.8, 11.7]],
      ['business', [1, 9.1, 17]],
    ] as const)
      [0.1, 0.5, 0.9].forEach((share, i) => {
        expect(Math.abs(quantileOf(ahead(topicId), share) - (measured[i] as number))).toBeLessThan(1);
      });
  });

  it('give back 31 % of what they take, three quarters of it within two hours, and never after its start', () => {
    const returning = clients.filter(({ givesBack }) => givesBack);
    const after = returning.map((client) => (givenBackAt(client, client.wanted) as number) - client.askedAt);
    expect(returning.length / clients.length).toBeCloseTo(0.31, 1);
    expect(after.filter((time) => time <= 2 * 60 * 60_000).length / after.length).toBeCloseTo(0.75, 1);
    expect(returning.filter((client) => (givenBackAt(client, client.wanted) as number) >= client.wanted)).toEqual([]);
  });

  it('are the same for the same seed', () => {
    expect(simulatedQuarter(LEVEL, MONTH).clients).toEqual(clients);
    expect(simulatedQuarter({ ...LEVEL, seed: 5 }, MONTH).clients).not.toEqual(clients);
  });
});

/** The first of so many that something has to be refused; every other one takes nothing but the start that they want. */
const crowd = simulatedQuarter({ percent: 400, seed: 4 }, MONTH);
const asking = crowd.clients.slice(0, 400).map((client, i) => (i % 2 === 0 ? { ...client, patience: 0 } : client));

describe.each<StrategyName>(['round-robin', 'least flexible first', 'matching', 'exact matching', 'all demand known'])(
  '%s',
  (name) => {
    let begin: () => Strategy;
    let given: readonly Engagement[];
    let experience: Experience;

    beforeAll(async () => {
      begin = strategies(await loadHighs(), { ...crowd, clients: asking })[name];
      const strategy = begin();
      experience = live(strategy, asking);
      given = strategy.given();
    });

    it('gives an advisor to every client who did not leave, until they give back', () => {
      const last = asking.at(-1)?.askedAt ?? 0;
      expect(experience.left).toBeGreaterThan(0);
      expect(given.length).toBe(experience.taken.filter(({ givenBack = last + 1 }) => givenBack > last).length);
      expect(experience.came * (1 - experience.left)).toBeCloseTo(
        experience.taken.filter(({ client }) => !client.givesBack).length,
      );
    });

    it('never gives one advisor two clients at a time', () => {
      for (const own of groupBy(given, ({ advisorId }) => advisorId).values()) {
        const ordered = own.map(({ time }) => time).sort((a, b) => a.start - b.start);
        expect(ordered.filter((time, i) => i > 0 && overlaps(ordered[i - 1] as typeof time, time))).toEqual([]);
      }
    });

    it('gives no client an advisor who does not speak their language or does not cover their topic', () => {
      const able = ({ advisorId, topicId, language, mode }: Engagement) =>
        desk.advisors.some((advisor) => advisor.id === advisorId && canTake(advisor, { topicId, language, mode }));
      expect(given.filter((each) => !able(each))).toEqual([]);
    });

    it('gives a start at or after the wanted one, and never later than the client has patience', () => {
      const wrong = experience.taken.filter(
        ({ client: { wanted, patience }, start }) => start < wanted || wanted + patience < start,
      );
      expect(wrong).toEqual([]);
    });

    it('gives the same every time', () => {
      const some = asking.slice(0, 100);
      const { taken } = live(begin(), some);
      expect(taken).toEqual(experience.taken.slice(0, taken.length));
    });
  },
);
