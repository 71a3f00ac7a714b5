import { join } from 'node:path';
import type { SlotQuery } from '../../src/app/slots/slotQuery';
import type { Interval } from '../../src/domain/calendar/interval';
import { median } from './measure';
import { answer } from './peer';

/** What one desk is asked. */
export interface Asked {
  readonly deskId: string;
  readonly query: SlotQuery;
  readonly range: Interval;
}

/**
 * The engine is asked about `cold` for the first time when it has answered all of `warmUp`, about another desk of the same database,
 * several times: nothing is cached, but its code is compiled.
 */
export interface EngineAlone {
  readonly databaseUrl: string;
  readonly now: number;
  readonly warmUp: readonly Asked[];
  readonly cold: Asked;
  /** By the name of a desk: what reads all diaries that matter to it, and questions that differ from these and each other. */
  readonly unkept: Readonly<
    Record<string, { readonly reading: readonly Asked[]; readonly questions: readonly Asked[] }>
  >;
}

/** Milliseconds. */
export interface EngineTimes {
  readonly uncached: number;
  readonly cached: number;
  /** The median of the questions that no answer was kept to, by desk. */
  readonly unkept: Readonly<Record<string, number>>;
}

/** So often the warm-up begins anew, so that what a first search does is compiled, too. */
const WARM_UPS = 5;
const REPEATS = 1_000;
/** An engine that caches nothing is not asked a thousand times. */
const MOST_MS = 2_000;

/** The compiled program, as it runs for users: `tsx` would make each inner function slower. */
const DIST = join(__dirname, '..', '..', 'dist');
const built = {
  ...(require(join(DIST, 'app', 'slots', 'findSlots')) as typeof import('../../src/app/slots/findSlots')),
  ...(require(join(DIST, 'app', 'demand', 'unmetLedger')) as typeof import('../../src/app/demand/unmetLedger')),
  ...(require(join(DIST, 'storage', 'sqlite', 'open')) as typeof import('../../src/storage/sqlite/open')),
  ...(require(join(DIST, 'turns')) as typeof import('../../src/turns')),
};

answer<EngineAlone, EngineTimes>(async ({ databaseUrl, now, warmUp, cold, unkept }) => {
  for (let i = 0; i < WARM_UPS; i++) {
    const engine = await openEngine(databaseUrl, now);
    for (const asked of warmUp) await engine.search(asked);
    await engine.close();
  }

  const engine = await openEngine(databaseUrl, now);
  for (const asked of warmUp) await engine.search(asked);
  const uncached = await took(() => engine.search(cold));
  const repeats: number[] = [];
  const until = performance.now() + MOST_MS;
  while (repeats.length < REPEATS && performance.now() < until) repeats.push(await took(() => engine.search(cold)));
  const medians: Record<string, number> = {};
  for (const [name, { reading, questions }] of Object.entries(unkept)) {
    for (const asked of reading) await engine.search(asked);
    const times: number[] = [];
    for (const asked of questions) times.push(await took(() => engine.search(asked)));
    medians[name] = median(times);
  }
  await engine.close();
  return { uncached, cached: median(repeats), unkept: medians };
});

/** The engine without HTTP, on a database that exists: fresh stores and use cases, as after a start. */
async function openEngine(databaseUrl: string, now: number) {
  const { storage } = await built.sqliteDatabase(databaseUrl.slice('file:'.length), { now });
  const unmet = built.unmetLedger(storage);
  const findSlots = built.findSlots({ storage, now: () => now, turn: built.turns(), unmet });
  return {
    /** @throws if nothing is free: that would be fast */
    async search({ deskId, query, range }: Asked): Promise<void> {
      const { slots } = await findSlots({ deskId, query, audience: 'client', from: range.start, to: range.end });
      if (slots.length === 0) throw new Error(`nothing is free at ${deskId}`);
    },
    close: () => storage.close(),
  };
}

async function took(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
