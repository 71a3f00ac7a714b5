import type { MoveError } from '../../../app/booking/moveBookings';
import type { MoveLine } from '../../../app/booking/movePlan';
import { DomainError, isRefusal } from '../../../domain/errors';
import { mayBookFor } from '../../../domain/staff/roles';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { problemOf } from '../../errors';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { wrongField } from '../problems';
import * as schema from '../schemas';
import { actorOf, changeableBooking, seenDesk } from './sight';

/** Several bookings move at once. */
export function moveOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  /** To whom a booking goes: an advisor moves theirs within their own calendar. */
  async function lineOf(who: SignedIn, deskId: string, line: schema.MovesBody['moves'][number]): Promise<MoveLine> {
    const { booking, desk } = await changeableBooking(storage, who, line.booking);
    if (desk.id !== deskId) throw new DomainError('not-found');
    const advisorId = line.advisor ?? (who.role === 'advisor' ? booking.advisorId : undefined);
    if (!mayBookFor(who, desk.id, advisorId ?? null))
      throw new DomainError('forbidden', { reason: 'an advisor moves bookings within their own calendar' });
    const { start, tie, reason, version: ifVersion } = line;
    return { bookingId: booking.id, start, advisorId, tie, reason: reason || null, ifVersion };
  }

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
        const lines: MoveLine[] = [];
        for (const move of moves) lines.push(await lineOf(who, desk.id, move));
        const request = { deskId: desk.id, lines, by: actorOf(who), dryRun, idempotency };
        const { value, replayed } = await app.moveBookings(request).catch((error: unknown) => {
          throw shown(error, moves);
        });
        return { body: value, replayed };
      },
    ),
  ];
}

/** The refusal of each line in the API's words. */
function shown(error: unknown, moves: readonly { readonly booking: string }[]): unknown {
  if (!isRefusal(error, 'moves-refused')) return error;
  const errors = (error.details.errors as readonly MoveError[]).map(({ booking, code }) => ({
    pointer: `/moves/${moves.findIndex((move) => move.booking === booking)}`,
    booking,
    ...problemOf(code),
  }));
  return new DomainError(error.code, { errors });
}
