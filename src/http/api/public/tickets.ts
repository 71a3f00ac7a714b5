import type { Ticket } from '../../../app/queue/readQueue';
import { toIso } from '../../../domain/calendar/zone';
import { DomainError } from '../../../domain/errors';
import { shownState } from '../../../domain/queue/entry';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { bySecret, type LimitDeps } from '../../middleware/rateLimit';
import { type Operation, open } from '../operation';
import * as schema from '../schemas';

/** The operation that tells somebody without an appointment when it is their turn. */
export function ticketOperations(deps: LimitDeps & Pick<HttpDeps, 'app'>): Operation[] {
  return [
    open(
      {
        method: 'get',
        path: apiPaths.ticket,
        id: 'readTicket',
        summary: 'Read a place in the line, by the secret of its ticket',
        description: 'Tickets are worth something on the day on which they were given out.',
        answer: { status: 200, description: 'The place in the line', schema: schema.Ticket },
        problems: [429],
      },
      async ({ params, res }) => {
        const ticket = await bySecret(deps, res, () => deps.app.readTicket(params.ticketToken));
        if (!ticket) throw new DomainError('not-found');
        return { body: ticketJson(ticket) };
      },
    ),
  ];
}

function ticketJson({ desk, entry, position, expected }: Ticket) {
  return {
    number: entry.number,
    position,
    state: shownState(entry),
    expectedStart: expected && toIso(expected.start, desk.hours.timeZone),
  };
}
