import type { Booking } from '../../domain/booking/booking';
import { type OperationLine, placeOf, type StaffOperation } from '../../domain/booking/operation';
import { needingSomebody } from '../../domain/booking/outsideHours';
import type { Desk } from '../../domain/desk';
import { actorOf } from '../../domain/staff/caller';
import type { AppDeps } from '../deps';
import { announce } from '../notifications/announce';
import type { Stores } from '../ports/storage';
import { otherTimes } from '../slots/otherTimes';
import { nameInTasks, settleFlag } from '../staff/settleFlag';
import type { MoveAuthor, MovePlan, PlannedMove } from './movePlan';
import { type Reassigned, takePlaces } from './takeSlot';

type Deps = Pick<AppDeps, 'ids' | 'mailFacts'>;

type Made = PlannedMove & { readonly event: NonNullable<PlannedMove['event']> };

/**
 * Makes the planned moves as one permutation, each with its history and its mails. It must run in the transaction in
 * which they were planned.
 *
 * @param undoes the id of the operation that these moves undo
 * @returns what staff can undo; null if nothing has changed, or a client did it
 * @throws DomainError `slot-unavailable`
 */
export async function carryOut(
  { ids, mailFacts }: Deps,
  stores: Stores,
  { desk, moves, others }: MovePlan,
  { who, now, undoes = null }: MoveAuthor & { readonly undoes?: string | null },
): Promise<StaffOperation | null> {
  const by = actorOf(who);
  const made = moves.filter((each): each is Made => each.event !== null);
  // The plan ignored expired holds, so they are lapsed first, or the database would refuse the moves.
  await stores.bookings.lapseHolds(now, desk.id);
  const leaving = made.map(({ booking }) => booking.id);
  const room = { desk, moves: others, leaving, now, mailFacts, cause: by };
  const reassigned = await takePlaces(stores, room, async () => {
    for (const { booking } of made) await stores.bookings.save(booking);
  });
  for (const { before, booking, event, tell, isOverride, askedUntil } of made) {
    const freeTimes = tell === 'mail' ? await otherTimes(stores, { desk, booking, before, by, now }) : [];
    await announce(stores, mailFacts, { desk, booking, before, event, now, freeTimes, tell, askedUntil });
    await settleFlag(stores, booking.id, { by, now });
    if (isOverride) await noteOutside(stores, { ids }, { desk, booking, author: { who, now } });
    if (tell === 'phone')
      await stores.tasks.add({
        id: ids.uuid(),
        deskId: desk.id,
        bookingId: booking.id,
        kind: 'call',
        createdAt: now,
      });
  }
  if (who.kind !== 'staff' || made.length === 0) return null;
  const lines = [...made.map(askedLine), ...reassigned.map(otherLine)];
  const operation = { id: ids.uuid(), deskId: desk.id, at: now, undoes, undoneAt: null, lines };
  await stores.operations.add(operation);
  return operation;
}

function askedLine({ before, booking, tell }: Made): OperationLine {
  return { bookingId: booking.id, isAsked: true, tell, before: placeOf(before), version: booking.version };
}

function otherLine({ before, booking }: Reassigned): OperationLine {
  return { bookingId: booking.id, isAsked: false, tell: 'mail', before: placeOf(before), version: booking.version };
}

/**
 * Notes that the booking lies outside the hours with staff's consent: the task about it is done already, so that nobody
 * is asked again.
 */
async function noteOutside(
  { desks, tasks }: Pick<Stores, 'desks' | 'tasks'>,
  { ids }: Pick<AppDeps, 'ids'>,
  { desk, booking, author: { who, now } }: { desk: Desk; booking: Booking; author: MoveAuthor },
): Promise<void> {
  const absences = await desks.absences(desk.id, booking.time);
  if (needingSomebody({ desk, absences }, [booking], now).length === 0) return;
  await tasks.add({ id: ids.uuid(), deskId: desk.id, bookingId: booking.id, kind: 'outside_hours', createdAt: now });
  await tasks.doneOf(booking.id, 'outside_hours', nameInTasks(actorOf(who)), now);
}
