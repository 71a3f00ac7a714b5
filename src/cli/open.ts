import type { Storage } from '../app/ports/storage';
import { tellWebhooks } from '../app/webhooks/tellWebhooks';
import { openStorage } from '../compose';
import { readConfig } from '../config';
import type { Desk } from '../domain/desk';
import { ROLES, type Role } from '../domain/staff/roles';
import { randomIds } from '../identity/ids';
import { Refusal, type Terminal } from './command';

/** Opens and migrates the configured database, runs `work` with it, and closes it. What a command changes is told to webhooks. */
export async function withStorage<T>({ env }: Terminal, work: (storage: Storage) => Promise<T>): Promise<T> {
  const config = readConfig(env);
  const storage = await openStorage(config, Date.now);
  try {
    return await work(tellWebhooks(storage, { now: Date.now, ids: randomIds }));
  } finally {
    await storage.close();
  }
}

/** @throws Refusal that lists all desks, if none has this id */
export async function deskNamed({ desks }: Pick<Storage, 'desks'>, id: string): Promise<Desk> {
  const all = await desks.list();
  const desk = all.find((one) => one.id === id);
  if (!desk) throw new Refusal(`There is no desk ${id}; ${listed(all.map((one) => one.id))}.`);
  return desk;
}

/** @throws Refusal that lists the desk's advisors, if none has this id */
export function advisorNamed(desk: Desk, id: string | undefined): string | null {
  if (id === undefined) return null;
  if (!desk.advisors.some((advisor) => advisor.id === id))
    throw new Refusal(`There is no advisor ${id} at ${desk.id}; ${listed(desk.advisors.map((one) => one.id))}.`);
  return id;
}

/** The option that takes one of the roles, as usage lines print it. */
export const ROLE_USAGE = `--role ${ROLES.join('|')}`;

/** @throws Refusal that lists all roles, if none has this name */
export function roleNamed(name: string): Role {
  const role = ROLES.find((one) => one === name);
  if (!role) throw new Refusal(`There is no role ${name}; ${listed(ROLES)}.`);
  return role;
}

function listed(names: readonly string[]): string {
  return names.length > 0 ? `there are ${names.join(', ')}` : 'there are none yet';
}
