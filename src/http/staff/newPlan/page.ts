import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { inClientLocales } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, keyOf, queryOf } from '../forms';
import { readAbsence, readWho } from './form';
import { newPlanView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'ids' | 'tokens' | 'texts'>;

/** Asks who is away and when, and leads to the proposal of what becomes of their appointments. */
export function newPlanPage(deps: Deps): Page<Desk> {
  const { app, storage, now, ids, texts } = deps;
  return {
    async get(desk, req, res) {
      const who = [...readWho(req.body), ...readWho(req.query)];
      const fields = { ...queryOf(req), ...bodyOf(req) };
      const facts = {
        desk,
        fields,
        who,
        now: now(),
        key: ids.uuid(),
        committed: await storage.plans.committed(desk.id),
      };
      res.render('pages/staff/newPlan', newPlanView(facts, res.locals));
    },

    async post(desk, req, res) {
      const [fields, who] = [bodyOf(req), readWho(req.body)];
      const notice = inClientLocales(texts, 'booking.hours.specially');
      const read = readAbsence(desk, fields, who, { now: now(), notice, reader: res.locals });
      if ('errors' in read) {
        const committed = await storage.plans.committed(desk.id);
        const facts = { desk, fields, who, now: now(), key: ids.uuid(), committed, errors: read.errors };
        return res.status(422).render('pages/staff/newPlan', newPlanView(facts, res.locals));
      }
      const idempotency = keyOf(deps, res, { what: `plan ${desk.id}`, fields });
      const propose = () =>
        app.proposePlan({ who: signedIn(res), deskId: desk.id, absence: read.absence, idempotency });
      const { value } = await deed(res, propose);
      res.redirect(303, url(paths.staffPlan, { desk: desk.id, id: value.id }));
    },
  };
}
