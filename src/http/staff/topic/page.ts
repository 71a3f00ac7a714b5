import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import type { TopicEntry } from '../../../app/ports/deskStore';
import type { Topic } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { idFor, isNewId } from '../../parts/newId';
import { topicForm } from '../../parts/topicCells';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, queryOf, versionOf } from '../forms';
import { type Sent, sentPart } from '../sentPart';
import { type TopicAtDesk, topicAt } from '../topicGuard';
import { NEW_TOPIC, typedTopic } from './form';
import { topicView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;
type Shown = Omit<Parameters<typeof topicView>[0], 'texts'>;

/** One topic: its texts in each language, and how it is booked. Before it is saved the page shows what that would change. */
export function topicPage(deps: Deps): Page<TopicAtDesk> {
  const { app, storage, texts } = deps;
  const show = (res: Response, facts: Shown) =>
    res.render('pages/staff/topic', topicView({ ...facts, texts }, res.locals));

  return {
    get({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      const cells = 'name.de' in fields ? typedTopic(fields, desk) : entry ? topicForm.cells(entry.part) : NEW_TOPIC;
      const { done, question } = queryOf(req);
      show(res, { desk, entry, cells, done, doneTo: question });
    },

    async post({ desk, entry }, req, res) {
      const fields = bodyOf(req);
      const who = signedIn(res);
      const list = (done: string, id: string) => url(paths.staffTopics, { desk: desk.id }, { done, id });
      if (entry && (fields.step === 'leave' || fields.step === 'leave-now' || fields.step === 'back')) {
        const { part } = entry;
        const { retired: _, ...active } = part;
        const topic: Topic = fields.step === 'back' ? active : { ...part, retired: true };
        const request = { who, deskId: desk.id, topic, seen: versionOf(fields) };
        if (fields.step === 'leave') {
          const leaving = await app.changeTopic({ ...request, dryRun: true });
          return show(res, { desk, entry, cells: topicForm.cells(part), leaving });
        }
        await deed(res, () => app.changeTopic(request));
        return res.redirect(303, list(fields.step === 'back' ? 'back' : 'left', part.id));
      }
      if (entry && fields.step === 'delete') {
        await deed(res, () => app.removeTopic({ who, deskId: desk.id, id: entry.part.id, seen: versionOf(fields) }));
        return res.redirect(303, list('deleted', entry.part.id));
      }

      const typed = typedTopic(fields, desk);
      const twin = entry ? undefined : desk.topics.find((topic) => topic.id === fields.newId);
      // The button was pressed twice.
      if (twin && isDeepStrictEqual(topicForm.cells(twin), typed)) return res.redirect(303, list('saved', twin.id));
      const id = entry?.part.id ?? (twin ? '' : fields.newId) ?? '';
      const newId = entry ? undefined : isNewId(id) ? id : idFor(typed['name.de'] ?? '', desk.topics, 'topic');
      const now = async () => topicAt({ storage }, desk, id);
      const sent = await sentPart<Topic>(
        res,
        {
          ...{ form: topicForm, id: newId ?? id, now: async () => (entry ? now() : undefined) },
          change: (part, how) => app.changeTopic({ who, deskId: desk.id, ...how, topic: keepingState(part, entry) }),
        },
        { typed, fields },
      );
      answer(res, { desk, entry }, sent, { list, show, newId });
    },
  };
}

/** A retired topic stays so while it is worded. */
function keepingState(topic: Topic, entry: TopicEntry | undefined): Topic {
  return entry?.part.retired ? { ...topic, retired: true } : topic;
}

function answer(
  res: Response,
  { desk, entry }: TopicAtDesk,
  sent: Sent<Topic>,
  how: {
    list: (done: string, id: string) => string;
    show: (res: Response, facts: Shown) => void;
    newId: string | undefined;
  },
) {
  if (sent.kind === 'saved') return res.redirect(303, how.list('saved', sent.change.id));
  if (sent.kind === 'wrong') {
    res.status(422);
    return how.show(res, { desk, entry, cells: sent.cells, errors: sent.errors });
  }
  if (sent.kind === 'merge') res.status(412);
  const cells = sent.kind === 'merge' ? sent.merge.cells : sent.cells;
  how.show(res, { desk, entry: sent.entry, cells, sent, newId: how.newId });
}
