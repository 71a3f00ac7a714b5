import type { Desk } from '../../../src/domain/desk';
import { type Heard, jsonOf } from './client';
import { faultDesk } from './desk';
import { allSent, type Scene } from './scene';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/**
 * Returns the fault desk with opening hours day and night, so that the result of a test does not depend on when it
 * runs.
 */
export function dayAndNight(advisors: number): Desk {
  const desk = faultDesk(advisors);
  return { ...desk, hours: { ...desk.hours, rules: [{ rrule: 'FREQ=DAILY', start: '00:00', end: '24:00' }] } };
}

/** Returns the id of the hold in an answer. */
export function holdOf(heard: Heard): string {
  return jsonOf<{ id: string }>(heard).id;
}

/** What is wrong with the starts that the desk offers, by the program's own time. All lists must be empty. */
export interface Offer {
  /** Starts ahead that the desk does not offer although it is always open and nobody has booked them. */
  readonly missing: readonly string[];
  /** Starts that are offered although they are over. */
  readonly over: readonly string[];
  /** Starts that were offered and then refused, or not offered and then booked. */
  readonly wrong: readonly string[];
  readonly tried: number;
}

const HALF_HOUR = 30 * MINUTE;

/**
 * Tries to book every other start of the next hours, and then every start, and notes where the answer is not what the
 * offer promised: a start that is offered must be booked, any other refused. Also tries the two half hours just past.
 *
 * @param halfHours how many half hours ahead, from the next that begins
 * @param taken starts that somebody has booked already
 */
export async function offerOf(scene: Scene, halfHours: number, taken: readonly number[] = []): Promise<Offer> {
  const { client, now } = scene;
  // No start may pass while this runs. If the next is near, time passes first until it is over.
  const toNext = HALF_HOUR - (now() % HALF_HOUR);
  if (toNext < 2 * MINUTE) {
    await allSent(scene);
    await scene.elapse(toNext + MINUTE);
  }
  const first = Math.ceil(now() / HALF_HOUR) * HALF_HOUR;
  const ahead = Array.from({ length: halfHours }, (_, i) => first + i * HALF_HOUR);
  const slots = async () => new Set((await client.slots()).map((start) => Date.parse(start)));
  const offered = await slots();
  const wrong: string[] = [];
  let tried = 0;
  const tryAll = async (starts: readonly number[], isOffered: (start: number) => boolean) => {
    for (const start of starts) {
      tried++;
      const { status } = await client.book({ start: iso(start) });
      if (status !== (isOffered(start) ? 201 : 409)) wrong.push(`${iso(start)}: ${status}`);
    }
  };
  await tryAll([first - 2 * HALF_HOUR, first - HALF_HOUR], () => false);
  await tryAll(
    ahead.filter((_, i) => i % 2 === 0),
    (start) => offered.has(start),
  );
  const left = await slots();
  await tryAll(ahead, (start) => left.has(start));
  return {
    missing: ahead.filter((start) => !offered.has(start) && !taken.includes(start)).map(iso),
    over: [...offered].filter((start) => start < now() - MINUTE).map(iso),
    wrong,
    tried,
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
