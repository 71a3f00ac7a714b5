import { DAY } from '../../src/domain/calendar/dates';
import { live, simulate, simulatedDesk, someClients } from '../bench/simulation';
import { startsIn } from '../bench/standardDesk';
import { type StrategyName, strategies } from '../bench/strategies';

const START = Date.parse('2027-03-01T00:00:00+01:00');
const MONTH = { start: START, end: START + 28 * DAY };
/** So much that something has to be refused. */
const DEMAND = 110;

const desk = simulatedDesk();
const starts = startsIn(desk, { start: MONTH.start, end: MONTH.end + 100 * DAY });
const clients = someClients(desk, starts, MONTH, DEMAND);

it('simulates clients who ask one after another for existing starts after the lead time', () => {
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

describe.each<StrategyName>(['round-robin', 'least flexible first', 'matching'])('%s', (name) => {
  const strategy = strategies(desk.advisors, 30)[name]();
  const experience = live(strategy, clients, starts);
  const given = strategy.given();

  it('gives an advisor to every client who did not leave', () => {
    expect(experience.left).toBeGreaterThan(0);
    expect(given.length).toBe(Math.round(clients.length * (1 - experience.left)));
  });

  it('never gives one advisor two clients at a time', () => {
    expect(new Set(given.map(({ advisorId, time }) => `${advisorId} ${time.start}`)).size).toBe(given.length);
  });

  it('gives no client an advisor who does not speak their language', () => {
    const languages = new Map(desk.advisors.map((advisor) => [advisor.id, advisor.languages]));
    expect(given.filter(({ advisorId, language }) => !languages.get(advisorId)?.includes(language ?? ''))).toEqual([]);
  });
});

it('returns the same every time', () => {
  expect(simulate(MONTH, [80])).toEqual(simulate(MONTH, [80]));
});
