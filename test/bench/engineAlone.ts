import { SERVER } from './cores';
import type { Asked, EngineAlone, EngineTimes } from './engine';
import { fill } from './fill';
import type { Measure } from './measure';
import { peer } from './peer';
import { progress, type Setting } from './setting';
import type { Pair, StandardDesk } from './standardDesk';

/** How long the engine itself thinks at L: each round in a process of its own, since a module may remember things, too. */
export async function engineAlone(setting: Setting): Promise<Measure[]> {
  const desk = setting.desk('L');
  const databaseUrl = await setting.database('L');
  const other = setting.desk('M');
  await fill(databaseUrl, other);
  const warmUp = other.pairs.map((pair) => asked(other, pair));
  const times: EngineTimes[] = [];
  for (let round = 1; round <= setting.rounds; round++) {
    progress(`engine alone, round ${round} of ${setting.rounds}`);
    const engine = peer<EngineAlone, EngineTimes>('engine', SERVER);
    times.push(await engine.ask({ databaseUrl, now: Date.now(), warmUp, cold: asked(desk, desk.query) }));
    await engine.end();
  }
  return [
    {
      name: 'engine alone at L, nothing cached',
      values: times.map(({ uncached }) => uncached),
      unit: 'ms',
      goal: { better: 'less', must: 15, aim: 5 },
    },
    {
      name: 'engine alone at L, cached',
      values: times.map(({ cached }) => cached),
      unit: 'ms',
      goal: { better: 'less', must: 0.3, aim: 0.02 },
    },
  ];
}

function asked({ desk, query: { range } }: StandardDesk, { topicId, language }: Pair): Asked {
  return { deskId: desk.id, query: { topicId, language }, range };
}
