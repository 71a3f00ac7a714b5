import type { Highs } from 'highs';
import type { Desk, Reserve } from '../../src/domain/desk';
import { exactMatching } from './exactMatching';
import { bestPlan } from './optimum';
import { simulatedDesk } from './simulatedDesk';
import type { SimulatedQuarter } from './simulation';
import { begin, type Strategy, type Way } from './strategy';

/**
 * `matching` is what the program does. With `kept` it keeps reserves for languages. `exact matching` is what each way gives that refuses
 * nobody what is possible when they ask, see `exactMatching`. `all demand known` refuses starts to keep them for others, and meets as many
 * first wishes as can be met, see `bestPlan`.
 */
export type StrategyName =
  | 'round-robin'
  | 'least flexible first'
  | 'matching'
  | 'matching, Japanese kept'
  | 'matching, rare languages kept'
  | 'exact matching'
  | 'all demand known';

/** The ways that are compared; each begins with an empty desk, and all but the last decide by nothing but what was taken before. */
export function strategies(highs: Highs, quarter: SimulatedQuarter): Readonly<Record<StrategyName, () => Strategy>> {
  const desk = simulatedDesk();
  const { starts } = quarter;
  const keeping = (...languages: string[]) => ({ ...desk, reserves: languages.map(allDay) });
  return {
    'round-robin': () => begin(desk, starts, { moves: false, choose: inTurn(desk) }),
    'least flexible first': () => begin(desk, starts, { moves: false }),
    matching: () => begin(desk, starts),
    'matching, Japanese kept': () => begin(keeping('ja'), starts),
    'matching, rare languages kept': () => begin(keeping('ar', 'ja', 'tr', 'uk'), starts),
    'exact matching': () => exactMatching(highs, desk, starts),
    'all demand known': () => begin(desk, starts, { plan: bestPlan(highs, quarter) }),
  };
}

/** Keeps a start in each hour of a day for a language until that day begins. */
function allDay(language: string): Reserve {
  return { language, topicId: null, urgent: false, startsPerDay: 8, releaseWorkingDays: 0 };
}

/** The next after the one who was chosen last, in the order of the desk. */
function inTurn({ advisors }: Desk): NonNullable<Way['choose']> {
  let last = -1;
  return (able) => {
    const order = advisors.map((_, i) => (last + 1 + i) % advisors.length);
    const next = order.find((i) => able.includes(advisors[i]?.id ?? ''));
    last = next ?? last;
    return next === undefined ? undefined : advisors[next]?.id;
  };
}
