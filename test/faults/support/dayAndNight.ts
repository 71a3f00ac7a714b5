import type { Desk } from '../../../src/domain/desk';
import { type Heard, jsonOf } from './client';
import { faultDesk } from './desk';
import { allSent, type Scene } from './scene';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Open day and night, so that what a test finds does not hang on when it runs. */
export function dayAndNight(advisors: number): Desk {
  const desk = faultDesk(advisors);
  return { ...desk, hours: { ...desk.hours, rules: [{ rrule: 'FREQ=DAILY', start: '00:00', end: '24:00' }] } };
}

/** The id of the hold that an answer tells of. */
export function holdOf(heard: Heard): string {
  return jsonOf<{ id: string }>(heard).id;
}

/** What is wrong with the offer, seen from the program's own now: must be empty. */
export interface Offer {
  /** Half hours ahead that a desk that is always open, with nobody booked, should offer and does not. */
  readonly missing: readonly string[];
  /** Offered, though over. */
  readonly over: readonly string[];
  /** Offered and refused, or not offered and given. */
  readonly wrong: readonly string[];
  readonly tried: number;
}

const HALF_HOUR = 30 * MINUTE;

/**
 * Books every other start of the next hours and then asks again for each: what is offered can be booked, and nothing else. Also asks
 * for the half hours just past.
 *
 * @param halfHours how many, from the first that begins
 * @param taken starts that somebody has already
 */
export async function offerOf(scene: Scene, halfHours: number, taken: readonly number[] = []): Promise<Offer> {
  const { client, now } = scene;
  // No start may begin in the midst of this.
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
