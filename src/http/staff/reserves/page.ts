import type { Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { type Rooms, unusable } from '../../../domain/deskParts';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { roomForm } from '../../parts/roomCells';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { signedIn } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { sentPart } from '../sentPart';
import { typedRooms } from './form';
import { reservesView } from './view';

/** The starts that the desk keeps, and how many consultations it has room for. */
export function reservesPage({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Page<Desk> {
  /** Shows the form, and what its reserves would have done; of reserves that are wrong, what the present ones did. */
  const show = async (res: Response, facts: Omit<Parameters<typeof reservesView>[0], 'uses'>) => {
    const { desk, entry, sent } = facts;
    const { reserves } = sent?.kind === 'preview' ? sent.part : entry.part;
    const usable = reserves.filter((reserve) => !unusable(reserve, desk));
    const { uses } = await app.replayReserves({ who: signedIn(res), deskId: desk.id, reserves: usable });
    res.render('pages/staff/reserves', reservesView({ ...facts, uses }, res.locals));
  };
  return {
    async get(desk, req, res) {
      const entry = await storage.desks.rooms(desk.id);
      const fields = bodyOf(req);
      const cells = 'capacity.phone' in fields ? typedRooms(fields) : roomForm.cells(entry.part);
      await show(res, {
        desk,
        entry,
        cells,
        done: queryOf(req).done,
        imported: importedText(queryOf(req), res.locals),
      });
    },

    async post(desk, req, res) {
      const fields = bodyOf(req);
      const now = () => storage.desks.rooms(desk.id);
      const sent = await sentPart<Rooms>(
        res,
        {
          ...{ form: roomForm, id: desk.id, now },
          change: (rooms, { seen, dryRun }) =>
            app.changeRooms({ who: signedIn(res), deskId: desk.id, rooms, seen: seen ?? undefined, dryRun }),
        },
        { typed: typedRooms(fields), fields },
      );
      if (sent.kind === 'saved')
        return res.redirect(303, url(paths.staffReserves, { desk: desk.id }, { done: 'saved' }));
      const entry = await now();
      if (sent.kind === 'wrong') {
        res.status(422);
        return show(res, { desk, entry, cells: sent.cells, errors: sent.errors });
      }
      if (sent.kind === 'merge') res.status(412);
      await show(res, { desk, entry, cells: sent.kind === 'merge' ? sent.merge.cells : sent.cells, sent });
    },
  };
}
