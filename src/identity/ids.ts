import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Ids } from '../app/ports/ids';
import { newReference } from '../domain/booking/reference';

/** More than a release has milliseconds. */
const CHANCE_STEPS = 2 ** 32;

/** Ids from the operating system's random generator. */
export const randomIds: Ids = {
  uuid: randomUUID,
  secret: () => randomBytes(32).toString('base64url'),
  chance: () => randomInt(CHANCE_STEPS) / CHANCE_STEPS,
  reference: () => newReference((below) => randomInt(below)),
};
