import type { Desk } from '../../../domain/desk';
import { mayChangeHours } from '../../../domain/staff/rights';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { signedIn } from '../desk';
import { queryOf } from '../forms';
import { undoOf } from '../hours/undoOf';
import { absencesView } from './view';

const ABSENCES_PER_PAGE = 50;

/** Who is away, now and later, and the way to change that. */
export function absencesPage({ storage, now }: Pick<HttpDeps, 'storage' | 'now'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const who = signedIn(res);
      const asked = queryOf(req);
      const { cursor, done, affected } = asked;
      const page = await storage.desks.absencesFrom(desk.id, { from: now(), cursor, limit: ABSENCES_PER_PAGE });
      const undo = done && mayChangeHours(who, desk.id) ? await undoOf({ storage }, desk) : undefined;
      const imported = importedText(asked, res.locals);
      const facts = {
        desk,
        who,
        page,
        imported,
        done,
        undo,
        affected: /^\d{1,4}$/.test(affected ?? '') ? Number(affected) : 0,
      };
      res.render('pages/staff/absences', absencesView(facts, res.locals));
    },
  };
}
