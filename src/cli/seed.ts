import { type Applied, applyDesks } from '../app/desks/applyDesks';
import { seedDesks } from '../app/desks/seedDesks';
import { loadDeskFile } from '../desks/deskFile';
import { shippedDeskFiles } from '../desks/shippedDesks';
import type { Desk } from '../domain/desk';
import { unbookable } from '../domain/partner';
import { randomIds } from '../identity/ids';
import { type Command, optionsAndArguments, Refusal, type Terminal, UsageError } from './command';
import { planLines } from './deskPlan';
import { withStorage } from './open';

export const seed: Command = {
  name: 'seed',
  summary: 'add desks from files, or make desks what their files say',
  usage: '[FILE…] | --apply FILE…',
  details: `Without FILE: the desks that come with the program, as far as they are not there yet.
With FILE: these desks, all or none. Of a desk that is there already it tells what its file would change, and changes nothing.
--apply: makes the desks what their files say, all in one transaction, and tells what was changed and which bookings ahead have nobody now: they
stay, and reception has a task for each. Topics, partners and advisors that a file no longer names retire: they stay for what refers to them,
and are offered no more. Exceptions that it no longer names go; those that staff entered stay.
Every mistake in a file is told with its line.`,

  async run(args, terminal) {
    const { values, positionals: named } = optionsAndArguments(args, { apply: { type: 'boolean' } });
    if (values.apply && named.length === 0) throw new UsageError('--apply: expected with FILE');
    const desks = (named.length > 0 ? named : shippedDeskFiles()).map((file) => loadDeskFile(file, randomIds));
    const twice = desks.find(({ id }, i) => desks.findIndex((each) => each.id === id) < i);
    if (twice) throw new Refusal(`${twice.id}: named twice. Nothing was changed.`);

    await withStorage(terminal, async (storage) => {
      assertBookable(desks, await storage.desks.list());
      const seeding = applyDesks({ storage, now: Date.now, ids: randomIds });
      if (values.apply) return report(await seeding(desks, { apply: true }), terminal);
      const { added, plans } = await seeding(desks, { apply: false });
      const changed = plans.filter(({ differences }) => differences.length > 0).map(({ desk }) => desk.id);
      const present = plans.map(({ desk }) => desk.id);
      if (named.length > 0 && present.length > 0) {
        report({ added: [], plans: plans.filter(({ differences }) => differences.length > 0) }, terminal);
        const how = changed.length > 0 ? ' With --apply, they are made what their files say.' : '';
        throw new Refusal(`${present.join(', ')}: already there. Nothing was added.${how}`);
      }
      await seedDesks({ storage })(desks);
      report({ added, plans: [] }, terminal);
      for (const id of present) terminal.out(`${id}: already there${changed.includes(id) ? ', and differs' : ''}`);
    });
  },
};

/** @throws Refusal for a partner that is booked at a desk which is neither there nor among the files */
function assertBookable(desks: readonly Desk[], there: readonly Desk[]): void {
  const deskIds = [...new Set([...there, ...desks].map(({ id }) => id))];
  for (const { id: deskId, partners } of desks)
    for (const partner of partners) {
      const wrong = unbookable(partner, { deskId, deskIds });
      if (wrong) throw new Refusal(`${deskId}: partner ${partner.id}: bookingDesk: ${wrong}. Nothing was changed.`);
    }
}

function report({ added, plans }: Applied, { out }: Terminal): void {
  for (const id of added) out(`${id}: added`);
  for (const plan of plans) {
    const { length } = plan.differences;
    out(`${plan.desk.id}: ${length === 0 ? 'as its file says' : `${length} differences`}`);
    for (const line of planLines(plan)) out(line);
  }
}
