import { isDeepStrictEqual } from 'node:util';
import type { Response } from 'express';
import type { DeskChange, Seen } from '../../../app/desks/changeDesk';
import type { PartEntry, TopicEntry } from '../../../app/ports/deskStore';
import { withoutQuestion, withQuestion, withQuestionMoved } from '../../../domain/booking/askedQuestions';
import type { Question } from '../../../domain/booking/questions';
import { DomainError } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Cells } from '../../parts/cells';
import { idFor, isNewId } from '../../parts/newId';
import { questionForm } from '../../parts/questionCells';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, versionOf } from '../forms';
import { sentPart } from '../sentPart';
import type { QuestionAtDesk } from '../topicGuard';
import { NEW_QUESTION, typedQuestion } from './form';
import { questionView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts'>;
type Shown = Omit<Parameters<typeof questionView>[0], 'texts'>;

/**
 * A question of a topic: how it is worded in each language, and how it is answered. It is a part of its topic, whose
 * version it has. Its place among the others, and whether it is asked, are changed here too.
 */
export function questionPage({ app, storage, texts }: Deps): Page<QuestionAtDesk> {
  const show = (res: Response, facts: Shown) =>
    res.render('pages/staff/question', questionView({ ...facts, texts }, res.locals));

  const change = (
    res: Response,
    { desk, topic }: QuestionAtDesk,
    { questions, ...how }: { questions: readonly Question[]; seen: Seen; dryRun?: boolean },
  ): Promise<DeskChange> =>
    app.changeTopic({ who: signedIn(res), deskId: desk.id, topic: { ...topic.part, questions }, ...how });

  return {
    get({ desk, topic, question }, req, res) {
      const fields = bodyOf(req);
      const stored = question ? questionForm.cells(question) : NEW_QUESTION;
      const cells = 'label.de' in fields ? typedQuestion(fields, question) : stored;
      show(res, { desk, topic, entry: entryOf(topic, question), cells });
    },

    async post(given, req, res) {
      const { desk, topic, question } = given;
      const fields = bodyOf(req);
      const params = { desk: desk.id, id: topic.part.id };
      const list = (done: string, id: string) => url(paths.staffTopic, params, { done, question: id });
      const step = question && stepOf(fields, given, question);
      if (question && step) {
        await deed(res, () => change(res, given, { questions: step.questions(), seen: versionOf(fields) }));
        const place = `${url(paths.staffTopic, params)}#question-${question.id}`;
        return res.redirect(303, step.done ? list(step.done, question.id) : place);
      }

      const typed = typedQuestion(fields, question);
      const twin = question ? undefined : topic.part.questions.find(({ id }) => id === fields.newId);
      // The button was pressed twice.
      if (twin && isAs(twin, typed)) return res.redirect(303, list('questionSaved', twin.id));
      const proposed = (twin ? '' : fields.newId) ?? '';
      const newId = isNewId(proposed) ? proposed : idFor(typed['label.de'] ?? '', topic.part.questions, 'question');
      const id = question?.id ?? newId;
      let latest = topic;
      const now = async () => {
        latest = await topicNow(storage, given);
        return entryOf(latest, question && latest.part.questions.find((each) => each.id === id));
      };
      const sent = await sentPart<Question>(
        res,
        {
          ...{ form: questionForm, id, now },
          change: (part, { seen, dryRun }) => {
            const questions = withQuestion(latest.part, part);
            return change(res, { ...given, topic: latest }, { questions, seen: seen ?? latest.version, dryRun });
          },
        },
        { typed, fields },
      );
      if (sent.kind === 'saved') return res.redirect(303, list('questionSaved', id));
      if (sent.kind === 'wrong') {
        const entry = entryOf(topic, question);
        return show(res.status(422), { desk, topic, entry, cells: sent.cells, errors: sent.errors });
      }
      if (sent.kind === 'merge') res.status(412);
      const cells = sent.kind === 'merge' ? sent.merge.cells : sent.cells;
      show(res, { desk, topic: latest, entry: sent.entry, cells, sent, newId: question ? undefined : newId });
    },
  };
}

/** Tells whether the cells say the same as the question. */
function isAs(question: Question, cells: Cells): boolean {
  const read = questionForm.read(question.id, cells, undefined);
  return 'part' in read && isDeepStrictEqual(read.part, question);
}

interface Step {
  readonly questions: () => Question[];
  /** What the list says then; undefined: one sees it. */
  readonly done?: string;
}

/** Returns what a button does that changes nothing in the question itself; undefined: the form was sent. */
function stepOf({ step }: Fields, { topic: { part } }: QuestionAtDesk, question: Question): Step | undefined {
  const { retired: _, ...asked } = question;
  const steps: Readonly<Record<string, Step>> = {
    earlier: { questions: () => withQuestionMoved(part, question.id, 'earlier') },
    later: { questions: () => withQuestionMoved(part, question.id, 'later') },
    leave: { questions: () => withoutQuestion(part, question.id), done: 'questionLeft' },
    back: { questions: () => withQuestion(part, asked), done: 'questionBack' },
  };
  return step !== undefined && Object.hasOwn(steps, step) ? steps[step] : undefined;
}

/** A question has the version of its topic. */
function entryOf(topic: TopicEntry, question: Question | undefined): PartEntry<Question> | undefined {
  return question && { part: question, origin: topic.origin, version: topic.version };
}

async function topicNow({ desks }: Deps['storage'], { desk, topic }: QuestionAtDesk): Promise<TopicEntry> {
  const found = (await desks.topics(desk.id)).find(({ part }) => part.id === topic.part.id);
  if (!found) throw new DomainError('not-found');
  return found;
}
