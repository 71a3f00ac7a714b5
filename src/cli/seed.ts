import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedDesks } from '../app/desks/seedDesks';
import { loadDeskFile } from '../desks/deskFile';
import { randomIds } from '../identity/ids';
import { argumentsOf, type Command, Refusal } from './command';
import { withStorage } from './open';

const SHIPPED = join(__dirname, '../../data/desks');

/** The desks that come with the program. */
export function shippedDeskFiles(): string[] {
  const files = readdirSync(SHIPPED).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => join(SHIPPED, name));
}

export const seed: Command = {
  name: 'seed',
  summary: 'add desks from files',
  usage: '[FILE…]',
  details: `Without FILE: the desks that come with the program, as far as they are not there yet.
With FILE: these desks, all or none. A desk that is there already is an error: files never change a desk.
Every mistake in a file is told with its line.`,

  async run(args, terminal) {
    const named = argumentsOf(args);
    const desks = (named.length > 0 ? named : shippedDeskFiles()).map((file) => loadDeskFile(file, randomIds));
    const { added, present } = await withStorage(terminal, (storage) =>
      seedDesks({ storage })(desks, { allOrNone: named.length > 0 }),
    );
    if (named.length > 0 && present.length > 0)
      throw new Refusal(`${present.join(', ')}: already there. Nothing was added.`);
    for (const id of added) terminal.out(`${id}: added`);
    for (const id of present) terminal.out(`${id}: already there`);
  },
};
