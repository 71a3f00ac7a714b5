import type { z } from 'zod';
import type { Topic } from '../../../domain/desk';
import { DomainError } from '../../../domain/errors';
import { apiPaths } from '../../../paths';
import { listedParts, partnersNotThere, partsCsv, TOPIC_COLUMNS } from '../../csv/partsCsv';
import type { HttpDeps } from '../../deps';
import { topicForm } from '../../parts/topicCells';
import { type Operation, secured } from '../operation';
import { deskChangeJson, deskImportJson, topicEntryJson } from '../presentParts';
import { versionRequired, versionSeen, versionTag } from '../request';
import * as schema from '../schemas';
import { changed, IMPORT_OF_PARTS, newId } from './changedPart';
import { keptDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on a desk's topics. A change cancels no booking; its answer lists those that lose their place. */
export function topicOperations({ app, storage }: Deps): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffTopics,
        id: 'listTopics',
        summary: 'What consultations are about',
        csv: 'export',
        answer: { status: 200, description: 'All topics', schema: schema.TopicEntries },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await storage.desks.topics(id);
        return {
          body: { topics: entries.map(topicEntryJson) },
          csv: () => partsCsv(topicForm, TOPIC_COLUMNS, entries),
        };
      },
    ),

    secured(
      {
        path: apiPaths.staffTopics,
        id: 'importTopics',
        summary: 'Enter and change many topics at once',
        description: 'All lines are taken or none; what they do not name stays as it is.',
        ...IMPORT_OF_PARTS,
      },
      async ({ params, query, body, who, idempotency }) => {
        const desk = await keptDesk(storage, who, params.desk);
        const deskId = desk.id;
        const topics = listedParts(topicForm, TOPIC_COLUMNS, {
          csv: body,
          entries: await storage.desks.topics(deskId),
          wrongIn: partnersNotThere(desk),
        });
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importTopics({ who, deskId, topics, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffTopic,
        id: 'readTopic',
        summary: 'One topic',
        answer: { status: 200, description: 'The topic', schema: schema.TopicEntry },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entry = await entryOf(storage, id, params.id);
        if (!entry) throw new DomainError('not-found');
        return { body: topicEntryJson(entry), headers: { ETag: versionTag(entry) } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffTopic,
        id: 'changeTopic',
        summary: 'Enter a topic, or change it',
        description:
          'A new one is entered with `If-None-Match: *` (or `If-Match: "0"`), which is 412 if there is one already. Questions that are left out are asked no more. Without `retired` a retired topic is brought back.',
        versioned: 'required',
        creates: true,
        query: schema.DryRun,
        body: schema.TopicRequest,
        answer: { status: 200, description: 'It holds from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionSeen(req, await entryOf(storage, deskId, params.id));
        const topic = topicOf(params.id, body);
        return changed(await app.changeTopic({ who, deskId, topic, seen, ...query }), query);
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffTopic,
        id: 'removeTopic',
        summary: 'Delete a topic, or retire it',
        description: 'What nothing refers to is deleted. What was booked ever is retired: it is offered no more.',
        versioned: 'required',
        query: schema.DryRun,
        answer: { status: 200, description: 'It is offered no more', schema: schema.DeskChange },
      },
      async ({ params, query, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const entry = await entryOf(storage, deskId, params.id);
        if (!entry) throw new DomainError('not-found');
        const seen = versionRequired(req, entry);
        const change = await app.removeTopic({ who, deskId, id: params.id, seen, ...query });
        return { body: deskChangeJson(change) };
      },
    ),
  ];
}

async function entryOf({ desks }: Pick<Deps['storage'], 'desks'>, deskId: string, id: string) {
  return (await desks.topics(deskId)).find(({ part }) => part.id === id);
}

function topicOf(id: string, { retired, description, ...body }: z.output<typeof schema.TopicRequest>): Topic {
  return { ...body, id: newId(id), description: description ?? body.name, ...(retired && { retired }) };
}
