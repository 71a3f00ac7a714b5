import { SERVER } from './cores';
import type { Asked, EngineAlone, EngineTimes } from './engine';
import { fill } from './fill';
import type { Measure } from './measure';
import { peer } from './peer';
import { allQuestions, type Question, shuffled } from './questions';
import { progress, type Setting } from './setting';
import { SIZES, type Size } from './standardDesk';

const ALL = Object.keys(SIZES) as Size[];
/** So many questions of each desk, that no answer was kept to. */
const UNKEPT = 200;

/** How long the engine itself thinks: each round in a process of its own, since a module may remember things, too. */
export async function engineAlone(setting: Setting): Promise<Measure[]> {
  const databaseUrl = await setting.database('L');
  for (const size of ['S', 'M'] as const) await fill(databaseUrl, setting.desk(size));
  const desk = setting.desk('L');
  const other = setting.desk('M');
  const warmUp = other.pairs.map((pair) => asked({ desk: other, pair, range: other.query.range }));
  const cold = asked({ desk, pair: desk.query, range: desk.query.range });
  const times: EngineTimes[] = [];
  for (let round = 1; round <= setting.rounds; round++) {
    progress(`engine alone, round ${round} of ${setting.rounds}`);
    const engine = peer<EngineAlone, EngineTimes>('engine', SERVER);
    const unkept = Object.fromEntries(ALL.map((size) => [size, unkeptOf(setting, size, round)]));
    times.push(await engine.ask({ databaseUrl, now: Date.now(), warmUp, cold, unkept }));
    await engine.end();
  }
  const unkept = (size: Size) => times.map((each) => each.unkept[size] ?? Number.NaN);
  const goals = { S: { must: 0.2, aim: 0.05 }, M: { must: 0.4, aim: 0.1 }, L: { must: 1.5, aim: 0.5 } };
  return [
    ...ALL.map(
      (size): Measure => ({
        name: `engine alone, warm diaries, no answer kept, ${size}`,
        values: unkept(size),
        unit: 'ms',
        goal: { better: 'less', ...goals[size] },
      }),
    ),
    {
      name: 'growth exponent of an unkept answer, S to L',
      values: unkept('L').map((ms, i) => Math.log(ms / (unkept('S')[i] ?? Number.NaN)) / Math.log(GROWTH)),
      goal: { better: 'less', must: 0.3, aim: 0.1 },
    },
    {
      name: 'engine alone at L, nothing cached at all',
      values: times.map(({ uncached }) => uncached),
      unit: 'ms',
      goal: { better: 'less', must: 15, aim: 5 },
    },
    {
      name: 'engine alone at L, answer in memory',
      values: times.map(({ cached }) => cached),
      unit: 'ms',
      goal: { better: 'less', must: 0.3, aim: 0.02 },
    },
  ];
}

const GROWTH = SIZES.L.advisors / SIZES.S.advisors;

/** Every pair over the desk's own range reads the diaries; the other questions of the desk are those that are measured. */
function unkeptOf(setting: Setting, size: Size, seed: number): EngineAlone['unkept'][string] {
  const questions = allQuestions([setting.desk(size)]);
  const isOwn = ({ desk, range }: Question) => range.start === desk.query.range.start;
  return {
    reading: questions.filter(isOwn).map(asked),
    questions: shuffled(
      questions.filter((question) => !isOwn(question)),
      seed,
    )
      .slice(0, UNKEPT)
      .map(asked),
  };
}

function asked({ desk: { desk }, pair: { topicId, language }, range }: Question): Asked {
  return { deskId: desk.id, query: { topicId, language }, range };
}
