import type { Response } from 'express';
import { type CaseAtDesk, deskByCase } from '../../app/cases/readCases';
import type { Desk } from '../../domain/desk';
import { assertMayKeepCases } from '../../domain/staff/caseRights';
import type { HttpDeps } from '../deps';
import type { Guard } from '../wiring';
import { enterDesk, signedIn } from './desk';

type Deps = Pick<HttpDeps, 'storage'>;

/** The guard of the pages about one's cases. @throws DomainError `not-found`, also where a desk has none; `forbidden` */
export function deskWithCases(deps: Deps): Guard<Desk> {
  return async (req, res) => {
    const deskId = String(req.params.desk);
    await enterDesk(deps, res, deskId, 'cases');
    const desk = await deskByCase(deps.storage, signedIn(res), deskId);
    assertMayKeepCases(signedIn(res), desk.id);
    return desk;
  };
}

/**
 * The guard of the pages about the case in the address. Whatever such a page does, the case was read, and that is noted.
 *
 * @param deed for what it is read
 * @throws DomainError `not-found`, also for a case of others; `forbidden`
 */
export function caseToRead(
  deps: Pick<HttpDeps, 'app' | 'storage'>,
  deed: 'case_read' | 'case_printed' | 'case_exported' = 'case_read',
): Guard<CaseAtDesk> {
  return async (req, res) => {
    await enterDesk(deps, res, String(req.params.desk), 'cases');
    return deps.app.readCase(aboutOf(res, req.params), { deed });
  };
}

/** Returns which case is meant, and who asks. */
export function aboutOf(res: Response, params: { readonly desk?: unknown; readonly id?: unknown }) {
  return { who: signedIn(res), deskId: String(params.desk), id: String(params.id) };
}
