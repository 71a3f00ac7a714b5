import type { Request } from 'express';
import type { TopicEntry } from '../../../app/ports/deskStore';
import { MAX_QUESTIONS, type Question } from '../../../domain/booking/questions';
import { DomainError, type FieldError } from '../../../domain/errors';
import { groupBy } from '../../../domain/groupBy';
import { apiPaths } from '../../../paths';
import { listedQuestions, questionsCsv } from '../../csv/questionsCsv';
import type { HttpDeps } from '../../deps';
import { strongTag } from '../../keptJson';
import { type Operation, secured } from '../operation';
import { deskChangeJson, deskImportJson, questionsJson } from '../presentParts';
import * as schema from '../schemas';
import { IMPORT_OF_PARTS } from './changedPart';
import { keptDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on all that a desk's topics ask. A topic's own operation changes its questions alone. */
export function questionOperations({ app, storage }: Deps): Operation[] {
  const onOffer = async (deskId: string) => (await storage.desks.topics(deskId)).filter(({ part }) => !part.retired);
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffQuestions,
        id: 'listQuestions',
        summary: 'What clients and reception are asked before a consultation',
        csv: 'export',
        answer: { status: 200, description: 'The questions of all topics', schema: schema.Questions },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await onOffer(id);
        const csv = () => questionsCsv(entries);
        return { body: questionsJson(entries), headers: { ETag: tagOf(entries) }, csv };
      },
    ),

    secured(
      {
        path: apiPaths.staffQuestions,
        id: 'importQuestions',
        summary: 'Enter and change many questions at once',
        description:
          'All lines are taken or none; what they do not name stays as it is. `version` is that of the topic, and `retired` asks a question no more.',
        ...IMPORT_OF_PARTS,
      },
      async ({ params, query, body, who, idempotency }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const questions = listedQuestions(body, await storage.desks.topics(deskId));
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importQuestions({ who, deskId, questions, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffQuestions,
        id: 'changeQuestions',
        summary: 'Replace all questions',
        description: 'Those that are left out are asked no more, and stay for the answers that were given to them.',
        versioned: 'required',
        query: schema.DryRun,
        body: schema.QuestionsRequest,
        answer: { status: 200, description: 'They are asked from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const entries = await onOffer(deskId);
        const questions = questionsOf(body.questions, entries);
        const change = { who, deskId, questions, seen: versionsSeen(req, entries), ...query };
        const done = await app.changeQuestions(change);
        return { body: deskChangeJson(done), headers: { ETag: tagOf(await onOffer(deskId)) } };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffQuestions,
        id: 'removeQuestions',
        summary: 'Ask nothing any more',
        versioned: 'required',
        query: schema.DryRun,
        answer: { status: 200, description: 'Nothing is asked from now on', schema: schema.DeskChange },
      },
      async ({ params, query, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionsSeen(req, await onOffer(deskId));
        const change = await app.changeQuestions({ who, deskId, questions: new Map(), seen, ...query });
        return { body: deskChangeJson(change) };
      },
    ),
  ];
}

function questionsOf(
  asked: readonly { readonly topic: string; readonly question: Question }[],
  entries: readonly TopicEntry[],
): ReadonlyMap<string, readonly Question[]> {
  const known = new Set(entries.map(({ part }) => part.id));
  const errors = asked.flatMap(({ topic, question }, i): FieldError[] => {
    if (!known.has(topic)) return [{ pointer: `/questions/${i}/topic`, detail: 'expected a topic of this desk' }];
    const isTwice = asked.slice(0, i).some((each) => each.topic === topic && each.question.id === question.id);
    return isTwice ? [{ pointer: `/questions/${i}/id`, detail: `is given twice: ${question.id}` }] : [];
  });
  const byTopic = groupBy(asked, ({ topic }) => topic);
  for (const [topic, own] of byTopic)
    if (own.length > MAX_QUESTIONS)
      errors.push({ pointer: '/questions', detail: `expected at most ${MAX_QUESTIONS} of the topic ${topic}` });
  if (errors.length > 0) throw new DomainError('invalid', { errors });
  return new Map([...byTopic].map(([topic, own]) => [topic, own.map(({ question }) => question)]));
}

/** Returns the tag of all questions together: it changes with the version of each topic. */
function tagOf(entries: readonly TopicEntry[]): string {
  const versions = entries.map(({ part, version }) => `${part.id} ${version}`).join('\n');
  return strongTag(versions);
}

/** Returns the versions that If-Match names; undefined: any. @throws DomainError `version-required` */
function versionsSeen(req: Request, entries: readonly TopicEntry[]): ReadonlyMap<string, number> | undefined {
  const header = req.get('if-match');
  if (header === undefined) throw new DomainError('version-required');
  if (header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  const isSeen = tags.includes(tagOf(entries));
  return new Map(isSeen ? entries.map(({ part, version }) => [part.id, version]) : []);
}
