import type { MoveError } from '../../../app/booking/moveBookings';
import type { MoveLine } from '../../../app/booking/movePlan';
import { DomainError, isRefusal } from '../../../domain/errors';
import { boundTo } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { problemOf } from '../../errors';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { seenDesk } from './sight';

/** The operation that moves several bookings at once. */
export function moveOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffMoves,
        id: 'moveStaffBookings',
        summary: 'Move several bookings at once',
        description:
          'One permutation: all of it or nothing. Each may go where another one leaves, so two may swap. With 409, `errors` say what is in the way of which booking. An advisor moves their bookings within their own calendar.',
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
        return { body: value, replayed };
      },
    ),
  ];
}

/** Returns one move. If it names no advisor, the booking goes to one with whom the caller may book. */
function lineOf(who: SignedIn, line: schema.MovesBody['moves'][number]): MoveLine {
  const { booking: bookingId, start, advisor, tie, reason, version: ifVersion } = line;
  return { bookingId, start, advisorId: advisor ?? boundTo(who), tie, reason: reason || null, ifVersion };
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
