import { type DeskEvent, type DeskNews, positionText, readPosition } from '../../../app/live/deskEvents';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { EVENT_STREAM } from '../../eventStreams';
import { isStillIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import * as schema from '../schemas';
import { seenDesk } from './sight';

/** Events are current if the database has answered this recently; it is asked once a second. */
const CURRENT_MS = 5_000;

type Deps = Pick<HttpDeps, 'storage' | 'now' | 'live' | 'streams' | 'baseUrl' | 'production'>;

/** The operation that tells what changes at a desk, as it happens. */
export function eventOperations(deps: Deps): Operation[] {
  const { storage, live, streams } = deps;
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffEvents,
        id: 'followDesk',
        summary: 'What changes at the desk, as it happens',
        description: [
          'Server-sent events, whichever process made the change, within two seconds.',
          '`booking`: {"id","version","day","advisor"} with the day at the desk on which the booking is now, and "from": {"day","advisor"} if it has left that day or advisor.',
          '`held`: {"advisor"}, whose diary was changed by no event of a booking, as when a slot is held or given back.',
          '`hours`: {}, rules, exceptions, absences, topics or advisors were changed. `task`: {}, other tasks are open. `queue`: {}, somebody waits, in the room or on the waiting list, was called or has gone.',
          '`reset`: {}, events were missed that are no longer known; read everything anew.',
          '`alive`: {}, every 20 seconds beside a comment line, as long as the events are current.',
          'More kinds may come. An event may come twice after a broken connection. The stream ends when the access does.',
        ].join(' '),
        query: schema.EventsQuery,
        stream: true,
        answer: { status: 200, description: 'Events, without end', type: EVENT_STREAM },
      },
      async ({ params, query, req, res, who }) => {
        const { id: deskId } = await seenDesk(storage, who, params.desk);
        const after = req.get('last-event-id') ?? query.after;
        return {
          stream() {
            if (req.method === 'HEAD') return void res.type(EVENT_STREAM).set('Cache-Control', 'no-store').end();
            if (res.destroyed) return;
            let heard = '';
            const send = streams.open(res, {
              reader: who.id,
              beat: () => (heard && live.isCurrent(CURRENT_MS) ? block('alive', heard) : ''),
              mayStay: () => isStillIn(deps, req, res),
            });
            const hear = ({ events, position }: DeskNews) => {
              const texts = events.map((each) => toText(each.event, positionText(each.position)));
              // A browser that was told nothing yet goes on from here as well.
              if (texts.length > 0 || !heard) send(texts.join('') || `id: ${positionText(position)}\n\n`);
              heard = positionText(position);
            };
            res.once('close', live.listen({ deskId, since: after ? readPosition(after) : 'now', hear }));
          },
        };
      },
    ),
  ];
}

function toText({ kind, ...data }: DeskEvent, id: string): string {
  return block(kind, id, data);
}

/** One event as the stream has it. JSON has no line breaks, so its data are one line. */
function block(name: string, id: string, data: object = {}): string {
  return `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
