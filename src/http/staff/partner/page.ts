import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import type { PartnerEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import type { Partner } from '../../../domain/partner';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { idFor, isNewId } from '../../parts/newId';
import { partnerForm } from '../../parts/partnerCells';
import { Elsewhere, type Guard, type Page } from '../../wiring';
import { deskToKeep, signedIn } from '../desk';
import { bodyOf, type Fields, versionOf } from '../forms';
import { sentPart } from '../sentPart';
import { typedPartner } from './form';
import { partnerView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;
type Shown = Omit<Parameters<typeof partnerView>[0], 'texts' | 'desks'>;

interface PartnerAtDesk {
  readonly desk: Desk;
  /** Undefined: a new one. */
  readonly entry: PartnerEntry | undefined;
}

/** The guard of a partner's page. @throws DomainError `not-found`, `forbidden` */
export function partnerToKeep(deps: Pick<HttpDeps, 'storage'>): Guard<PartnerAtDesk> {
  const enter = deskToKeep(deps, 'partners');
  return async (req, res) => {
    const desk = await enter(req, res);
    if (desk instanceof Elsewhere) return desk;
    if (req.params.id === undefined) return { desk, entry: undefined };
    const entry = (await deps.storage.desks.partners(desk.id)).find(({ part }) => part.id === req.params.id);
    if (!entry) throw new DomainError('not-found');
    return { desk, entry };
  };
}

const STEPS = ['leave', 'leave-now', 'back', 'delete'];

/** One partner: its texts in each language, and how to get there. Before it is saved the page shows it as clients do. */
export function partnerPage({ app, storage, texts }: Deps): Page<PartnerAtDesk> {
  const show = async (res: Response, facts: Shown) => {
    const desks = (await storage.desks.list()).filter(({ id }) => id !== facts.desk.id);
    res.render('pages/staff/partner', partnerView({ ...facts, desks, texts }, res.locals));
  };
  const leadOn = (res: Response, desk: Desk, done: string, id: string) =>
    res.redirect(303, url(paths.staffPartners, { desk: desk.id }, { done, id }));

  const step = async (res: Response, desk: Desk, { part }: PartnerEntry, fields: Fields) => {
    const request = { who: signedIn(res), deskId: desk.id, seen: versionOf(fields) };
    if (fields.step === 'delete') {
      await deed(res, () => app.removePartner({ ...request, id: part.id }));
      return leadOn(res, desk, 'deleted', part.id);
    }
    const { retired: _, ...active } = part;
    const partner: Partner = fields.step === 'back' ? active : { ...part, retired: true };
    await deed(res, () => app.changePartner({ ...request, partner }));
    leadOn(res, desk, fields.step === 'back' ? 'back' : 'left', part.id);
  };

  return {
    async get({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      const stored = entry ? partnerForm.cells(entry.part) : {};
      await show(res, { desk, entry, cells: 'name.de' in fields ? typedPartner(fields) : stored });
    },

    async post({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      if (entry && STEPS.includes(fields.step ?? '')) return step(res, desk, entry, fields);
      const typed = typedPartner(fields);
      const twin = entry ? undefined : desk.partners.find(({ id }) => id === fields.newId);
      // The button was pressed twice.
      if (twin && isDeepStrictEqual(partnerForm.cells(twin), typed)) return leadOn(res, desk, 'saved', twin.id);
      const proposed = twin ? '' : (fields.newId ?? '');
      const newId = isNewId(proposed) ? proposed : idFor(typed['name.de'] ?? '', desk.partners, 'partner');
      const id = entry?.part.id ?? newId;
      const now = async () =>
        entry && (await storage.desks.partners(desk.id)).find(({ part }) => part.id === entry.part.id);
      const change = (part: Partner, how: { seen: number | null | undefined; dryRun: boolean }) =>
        app.changePartner({ ...how, who: signedIn(res), deskId: desk.id, partner: keepingState(part, entry) });
      const sent = await sentPart<Partner>(res, { form: partnerForm, id, now, change }, { typed, fields });
      if (sent.kind === 'saved') return leadOn(res, desk, 'saved', sent.change.id);
      if (sent.kind === 'wrong') {
        res.status(422);
        return show(res, { desk, entry, cells: sent.cells, errors: sent.errors });
      }
      if (sent.kind === 'merge') res.status(412);
      const cells = sent.kind === 'merge' ? sent.merge.cells : sent.cells;
      await show(res, { desk, entry: sent.entry, cells, sent, newId: entry ? undefined : newId });
    },
  };
}

/** A partner that is told no more stays so while it is worded. */
function keepingState(partner: Partner, entry: PartnerEntry | undefined): Partner {
  return entry?.part.retired ? { ...partner, retired: true } : partner;
}
