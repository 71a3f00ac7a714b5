import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import { topicsOnOffer } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { movedByOne } from '../../../domain/order';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { signedIn } from '../desk';
import { bodyOf, queryOf } from '../forms';
import { topicsView } from './view';

/** What consultations are about at the desk, in the order in which clients see it. */
export function topicsPage({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Page<Desk> {
  const show = async (desk: Desk, req: Request, res: Response, refusal?: string) => {
    const asked = queryOf(req);
    const { done, id, moved } = asked;
    const entries = await storage.desks.topics(desk.id);
    const order = await storage.desks.topicOrder(desk.id);
    const unused = new Set<string>();
    for (const { part } of entries)
      if (part.retired && !(await storage.desks.isInUse(desk.id, { topicId: part.id }))) unused.add(part.id);
    const imported = importedText(asked, res.locals);
    const facts = { desk, entries, order, unused, done, doneId: id, moved, imported, refusal };
    res.render('pages/staff/topics', topicsView(facts, res.locals));
  };

  return {
    get: (desk, req, res) => show(desk, req, res),

    async post(desk, req, res) {
      const { id = '', step, version } = bodyOf(req);
      const to = step === 'up' ? 'up' : 'down';
      const ids = topicsOnOffer(desk).map((topic) => topic.id);
      const seen = /^\d{1,9}$/.test(version ?? '') ? Number(version) : undefined;
      const request = { who: signedIn(res), deskId: desk.id, topicIds: movedByOne(ids, id, to), seen };
      try {
        await deed(res, () => app.changeTopicOrder(request));
      } catch (error) {
        if (!isRefusal(error, 'version-moved-on')) throw error;
        res.status(412);
        return show(desk, req, res, res.locals.t('parts.topics.orderMovedOn'));
      }
      res.redirect(303, url(paths.staffTopics, { desk: desk.id }, { done: 'moved', id, moved: to }));
    },
  };
}
