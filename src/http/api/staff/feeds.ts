import { toIso } from '../../../domain/calendar/zone';
import { tellsNames } from '../../../domain/calendars/feed';
import { assertMayKeepFeed, mayKeepFeed } from '../../../domain/staff/rights';
import { absolute, apiPaths, paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import * as schema from '../schemas';
import { deskOfAdvisor, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'baseUrl'>;

/** The operations on feeds: addresses at which calendar programs read who comes when. */
export function feedOperations({ app, storage, baseUrl }: Deps): Operation[] {
  const addressJson = ({ feed, token }: { feed: { id: string }; token: string }) => ({
    id: feed.id,
    url: absolute(baseUrl, url(paths.calendarFeed, { feedToken: token })),
  });
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffDeskFeeds,
        id: 'listFeeds',
        summary: 'To which calendars somebody can subscribe',
        answer: {
          status: 200,
          description: 'Those that the caller may revoke, without addresses',
          schema: schema.Feeds,
        },
      },
      async ({ params, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        const feeds = (await storage.feeds.list(desk.id)).filter((feed) => mayKeepFeed(who, feed));
        return {
          body: {
            feeds: feeds.map((feed) => ({
              ...{ id: feed.id, advisor: feed.advisorId, names: tellsNames(feed, desk) },
              createdAt: toIso(feed.createdAt, desk.hours.timeZone),
            })),
          },
        };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffFeeds,
        id: 'addFeed',
        summary: 'Make an address at which calendar programs read who comes when',
        description:
          'It tells times and neutral topics, and names only where the desk allows that. What was cancelled stays for 30 days.',
        body: schema.FeedRequest,
        answer: { status: 201, description: 'The address, once', schema: schema.FeedAddress },
      },
      async ({ body: { advisor = null, desk, names }, idempotency, who }) => {
        const deskId =
          advisor === null
            ? (await seenDesk(storage, who, String(desk))).id
            : await deskOfAdvisor(storage, who, advisor, desk);
        const about = { deskId, advisorId: advisor, names, userId: who.userId };
        assertMayKeepFeed(who, about);
        const { value, replayed } = await app.addFeed({ who, ...about, idempotency });
        return { body: addressJson(value), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffRenewFeed,
        id: 'renewFeed',
        summary: 'Give a feed another address',
        description: 'The former one leads nowhere from then on.',
        answer: { status: 200, description: 'The new address, once', schema: schema.FeedAddress },
      },
      async ({ params, idempotency, who }) => {
        const { value, replayed } = await app.renewFeed({ who, id: params.id, idempotency });
        return { body: addressJson(value), replayed };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffFeed,
        id: 'removeFeed',
        summary: 'Revoke a feed',
        answer: { status: 204, description: 'Its address leads nowhere any more' },
      },
      async ({ params, who }) => {
        await app.removeFeed({ who, id: params.id });
        return {};
      },
    ),
  ];
}
