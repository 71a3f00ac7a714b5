import { localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { queryOf } from '../forms';
import { advisorsView } from './view';

/** Who gives consultations at the desk. */
export function advisorsPage({ storage, now }: Pick<HttpDeps, 'storage' | 'now'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const asked = queryOf(req);
      const { done, id } = asked;
      const entries = await storage.desks.advisors(desk.id);
      const unused = new Set<string>();
      for (const { part } of entries)
        if (part.retired && !(await storage.desks.isInUse(desk.id, { advisorId: part.id }))) unused.add(part.id);
      const today = localDate(now(), desk.hours.timeZone);
      const imported = importedText(asked, res.locals);
      const handOvers = done === 'imported' ? await plansOf(storage, desk, asked.plans) : [];
      const facts = { desk, entries, today, unused, done, doneId: id, imported, handOvers };
      res.render('pages/staff/advisors', advisorsView(facts, res.locals));
    },
  };
}

/** Returns the plans that the address names, of this desk and not carried out yet. */
async function plansOf({ plans }: Pick<HttpDeps, 'storage'>['storage'], desk: Desk, ids = '') {
  const named = ids.split(',', MAX_HAND_OVERS).filter(Boolean);
  const found = await Promise.all(named.map((id) => plans.find(id)));
  return found.flatMap((plan) => (plan?.deskId === desk.id && plan.state === 'proposed' ? [plan] : []));
}

const MAX_HAND_OVERS = 20;
