import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import type { DeskChange } from '../../../app/desks/changeDesk';
import type { AdvisorEntry } from '../../../app/ports/deskStore';
import { type Advisor, type Desk, topicsOnOffer } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { advisorForm } from '../../parts/advisorCells';
import { Elsewhere, type Guard, type Page } from '../../wiring';
import { deskToKeep, signedIn } from '../desk';
import { bodyOf, type Fields, versionOf } from '../forms';
import { type Sent, sentPart } from '../sentPart';
import { advisorIdAfter, typedAdvisor } from './form';
import { advisorView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;
type Shown = Parameters<typeof advisorView>[0];

interface AdvisorAtDesk {
  readonly desk: Desk;
  /** Undefined: somebody new. */
  readonly entry: AdvisorEntry | undefined;
}

/** The guard of an advisor's page. @throws DomainError `not-found`, `forbidden` */
export function advisorToKeep(deps: Pick<HttpDeps, 'storage'>): Guard<AdvisorAtDesk> {
  const enter = deskToKeep(deps, 'advisors');
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    if (req.params.id === undefined) return { desk, entry: undefined };
    const entry = await entryOf(deps, desk, String(req.params.id));
    if (!entry) throw new DomainError('not-found');
    return { desk, entry };
  };
}

/** Reads an advisor with the topics that can be chosen; of the others the use case takes care. */
async function entryOf({ storage }: Pick<HttpDeps, 'storage'>, desk: Desk, id: string) {
  const entry = (await storage.desks.advisors(desk.id)).find(({ part }) => part.id === id);
  const offered = new Set(topicsOnOffer(desk).map((topic) => topic.id));
  return (
    entry && { ...entry, part: { ...entry.part, topics: entry.part.topics.filter((topic) => offered.has(topic)) } }
  );
}

/** One advisor. Before it is saved the page shows what that would change; who leaves hands over by a plan. */
export function advisorPage({ app, storage }: Deps): Page<AdvisorAtDesk> {
  const show = (res: Response, facts: Shown) => res.render('pages/staff/advisor', advisorView(facts, res.locals));

  /** Leads to where a change goes on: to the plan that hands over, else to the list. */
  const leadOn = (res: Response, desk: Desk, done: string, { id, planId }: Pick<DeskChange, 'id' | 'planId'>) =>
    res.redirect(
      303,
      planId
        ? url(paths.staffPlan, { desk: desk.id, id: planId })
        : url(paths.staffAdvisors, { desk: desk.id }, { done, id }),
    );

  const step = async (res: Response, desk: Desk, entry: AdvisorEntry, fields: Fields) => {
    const who = signedIn(res);
    const { retired: _, ...active } = entry.part;
    const advisor: Advisor = fields.step === 'back' ? active : { ...entry.part, retired: true };
    const request = { who, deskId: desk.id, advisor, seen: versionOf(fields) };
    if (fields.step === 'leave') {
      const leaving = await app.changeAdvisor({ ...request, dryRun: true });
      return show(res, { desk, entry, cells: advisorForm.cells(entry.part), leaving });
    }
    if (fields.step === 'delete') {
      const removal = { who, deskId: desk.id, id: entry.part.id, seen: versionOf(fields) };
      return leadOn(res, desk, 'deleted', await deed(res, () => app.removeAdvisor(removal)));
    }
    const change = await deed(res, () => app.changeAdvisor(request));
    leadOn(res, desk, fields.step === 'back' ? 'back' : 'left', change);
  };

  return {
    get({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      const stored = entry ? advisorForm.cells(entry.part) : {};
      show(res, { desk, entry, cells: 'name' in fields ? typedAdvisor(fields, desk.topics) : stored });
    },

    async post({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      if (entry && STEPS.includes(fields.step ?? '')) return step(res, desk, entry, fields);
      const typed = typedAdvisor(fields, desk.topics);
      const twin = entry ? undefined : desk.advisors.find((advisor) => advisor.id === fields.newId);
      // The button was pressed twice.
      if (twin && isDeepStrictEqual(advisorForm.cells(twin), typed))
        return leadOn(res, desk, 'saved', { id: twin.id, planId: null });
      const all = await storage.desks.advisors(desk.id);
      const newId = entry ? undefined : advisorIdAfter(all.map(({ part }) => part));
      const id = entry?.part.id ?? newId ?? '';
      const now = async () => entry && entryOf({ storage }, desk, id);
      const change = (advisor: Advisor, how: { seen: number | null | undefined; dryRun: boolean }) =>
        app.changeAdvisor({ ...how, who: signedIn(res), deskId: desk.id, advisor: keepingState(advisor, entry) });
      const sent = await sentPart<Advisor>(res, { form: advisorForm, id, now, change }, { typed, fields });
      if (sent.kind === 'saved') return leadOn(res, desk, 'saved', sent.change);
      answer(res, { desk, entry, newId }, sent, show);
    },
  };
}

const STEPS = ['leave', 'leave-now', 'back', 'delete'];

/** Who has left stays so while their entry is corrected. */
function keepingState(advisor: Advisor, entry: AdvisorEntry | undefined): Advisor {
  return entry?.part.retired ? { ...advisor, retired: true } : advisor;
}

function answer(
  res: Response,
  facts: Pick<Shown, 'desk' | 'entry' | 'newId'>,
  sent: Exclude<Sent<Advisor>, { kind: 'saved' }>,
  show: (res: Response, facts: Shown) => void,
) {
  if (sent.kind === 'wrong') {
    res.status(422);
    return show(res, { ...facts, cells: sent.cells, errors: sent.errors });
  }
  if (sent.kind === 'merge') res.status(412);
  const cells = sent.kind === 'merge' ? sent.merge.cells : sent.cells;
  show(res, { ...facts, entry: sent.entry, cells, sent });
}
