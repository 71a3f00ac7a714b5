import type { MoveError, MovesResult } from '../../../app/booking/moveBookings';
import type { MoveLine } from '../../../app/booking/movePlan';
import { toIso } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import { DomainError, isRefusal } from '../../../domain/errors';
import { boundTo, seesDesk } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { problemOf } from '../../errors';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { seenDesk } from './sight';

/** The operations that move several bookings at once, and undo that. */
export function moveOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffMoves,
        id: 'moveStaffBookings',
        summary: 'Move several bookings at once',
        description:
          'One permutation: all of it or nothing. Each may go where another one leaves, so two may swap. With 409, `errors` say what is in the way of which booking. Mails wait for the grace of the desk, and one `undo` withdraws them. An advisor moves their bookings within their own calendar.',
        body: schema.MovesBody,
        answer: { status: 200, description: 'What was done, or would be', schema: schema.Moves },
        problems: [409, 412],
      },
      async ({ params, body: { moves, dryRun }, idempotency, who }) => {
        const desk = await seenDesk(storage, who, params.desk);
        for (const [i, { booking, advisor }] of moves.entries()) {
          if (moves.findIndex((each) => each.booking === booking) < i)
            throw wrongField(`/moves/${i}/booking`, 'expected each booking once');
          if (advisor !== undefined && !desk.advisors.some(({ id }) => id === advisor))
            throw wrongField(`/moves/${i}/advisor`, 'is not an advisor of this desk');
        }
        const lines = moves.map((move) => lineOf(who, move));
        const request = { deskId: desk.id, lines, who, dryRun, idempotency };
        const { value, replayed } = await app.moveBookings(request).catch((error: unknown) => {
          throw shown(error, moves);
        });
        return { body: movesJson(value, desk), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffUndoMoves,
        id: 'undoMoves',
        summary: 'Undo moves as a whole',
        description:
          'Until `undoUntil`. Those who made room are given back too, where nobody has taken that place since. Mails that wait are withdrawn, others get one that says the old time. What it did can be undone by its own `id`. Twice is the same as once.',
        body: schema.NoFields,
        answer: { status: 200, description: 'What was put back', schema: schema.Moves },
        problems: [409],
      },
      async ({ params, idempotency, who }) => {
        const operation = await storage.operations.find(params.id);
        if (!operation || !seesDesk(who, operation.deskId)) throw new DomainError('not-found');
        const lines = operation.lines.map(({ bookingId: booking }) => ({ booking }));
        const desk = await seenDesk(storage, who, operation.deskId);
        const { value, replayed } = await app
          .undoMoves({ operationId: operation.id, who, idempotency })
          .catch((error: unknown) => {
            throw shown(error, lines);
          });
        return { body: movesJson(value, desk), replayed };
      },
    ),
  ];
}

function movesJson({ undo, ...result }: MovesResult, { hours }: Desk) {
  return { ...(undo && { id: undo.id, undoUntil: toIso(undo.until, hours.timeZone) }), ...result };
}

/** Returns one move. If it names no advisor, the booking goes to one with whom the caller may book. */
function lineOf(who: SignedIn, line: schema.MovesBody['moves'][number]): MoveLine {
  const { booking: bookingId, start, advisor, tie, reason, tell, override, version: ifVersion } = line;
  const advisorId = advisor ?? boundTo(who);
  return { bookingId, start, advisorId, tie, reason: reason || null, tell, override, ifVersion };
}

/** Returns the refusal with the refusal of each move in the API's form. */
function shown(error: unknown, moves: readonly { readonly booking: string }[]): unknown {
  if (!isRefusal(error, 'moves-refused')) return error;
  const errors = (error.details.errors as readonly MoveError[]).map(({ booking, code }) => ({
    pointer: `/moves/${moves.findIndex((move) => move.booking === booking)}`,
    booking,
    ...problemOf(code),
  }));
  return new DomainError(error.code, { errors });
}
