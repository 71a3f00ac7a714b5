import { topicsOnOffer } from '../../../domain/desk';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { changed } from './changedPart';
import { keptDesk, seenDesk } from './sight';

/** The operations on the order of a desk's topics, which is theirs wherever topics are chosen. */
export function topicOrderOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffTopicOrder,
        id: 'readTopicOrder',
        summary: 'In which order topics are shown',
        answer: { status: 200, description: 'The order', schema: schema.TopicOrder },
      },
      async ({ params, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const { origin, version } = await storage.desks.topicOrder(desk.id);
        const ids = topicsOnOffer(desk).map(({ id }) => id);
        return { body: { ids, origin, version }, headers: { ETag: versionTag({ version }) } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffTopicOrder,
        id: 'changeTopicOrder',
        summary: 'Put topics into another order',
        versioned: 'required',
        query: schema.DryRun,
        body: schema.TopicOrderRequest,
        answer: { status: 200, description: 'They are shown so from now on', schema: schema.DeskChange },
      },
      async ({ params, query, body, who, req }) => {
        const { id: deskId } = await keptDesk(storage, who, params.desk);
        const seen = versionRequired(req, await storage.desks.topicOrder(deskId));
        return changed(await app.changeTopicOrder({ who, deskId, topicIds: body.ids, seen, ...query }), query);
      },
    ),
  ];
}
