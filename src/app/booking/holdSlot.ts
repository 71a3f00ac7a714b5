import { HOLD_LENGTH, type Hold, isLive, renew } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { type Answer, type IdempotencyKey, once } from '../once';
import type { Stores } from '../ports/storage';
import { offeringAlternatives } from './alternatives';
import { deskOf, questionFor, spokenBy, takeOffer, takePlaces, type Wish } from './situation';

/** Who asks for a hold, as far as their holds are counted together. */
export interface HeldFrom {
  /** Hash of the range of addresses. */
  readonly range: string;
  /** How many live holds they may have at a desk. */
  readonly most: number;
}

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'compose'>;

/** Which slot is kept, and for which browser. */
export interface HoldRequest {
  readonly deskId: string;
  readonly wish: Wish;
  readonly start: Instant;
  /** Hash of the browser's secret: a browser has one hold, and a new one takes the place of the old. */
  readonly holder?: string | undefined;
  /** Absent: it is not counted how much they hold. */
  readonly heldFrom?: HeldFrom | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type HoldSlot = (request: HoldRequest) => Promise<Answer<Hold>>;

/**
 * Keeps a slot for 15 minutes while its client fills in the form. What the browser typed before stays in the draft.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `too-many-requests` with `retryAfterSeconds`; an older hold of the
 *   same browser is then untouched
 */
export function holdSlot({ storage, now, ids, compose }: Deps): HoldSlot {
  return ({ deskId, wish, start, holder, heldFrom, idempotency }) => {
    const at = now();
    const asked = async ({ desks, bookings }: Pick<Stores, 'desks' | 'bookings'>) => {
      const desk = await deskOf({ desks }, deskId);
      const own = holder === undefined ? undefined : await bookings.findHoldOf(holder);
      return { desk, question: questionFor(desk, wish, 'client'), start, now: at, except: own?.id, own };
    };
    return offeringAlternatives(
      storage,
      () => asked(storage),
      () =>
        once({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
          const { own, ...wanted } = await asked(stores);
          if (heldFrom) await assertNotTooMany(stores, { ...heldFrom, deskId, at, except: own?.id });
          const { advisor, mode, time, blockedUntil, moves } = await takeOffer(stores, wanted);
          const hold: Hold = {
            id: own?.id ?? ids.uuid(),
            deskId,
            topicId: wanted.question.topic.id,
            language: spokenBy(advisor, wanted.question),
            mode,
            advisorId: advisor.id,
            tied: wish.advisorId !== undefined,
            urgent: wish.urgent === true,
            time,
            blockedUntil,
            heldUntil: at + HOLD_LENGTH,
            renewals: 0,
            holder: holder ?? null,
            heldFrom: heldFrom?.range ?? null,
            draft: own?.draft ?? {},
            createdAt: own?.createdAt ?? at,
          };
          const leaving = own ? [own.id] : [];
          await takePlaces(stores, { desk: wanted.desk, moves, leaving, now: at, compose }, () =>
            stores.bookings.saveHold(hold),
          );
          return hold;
        }),
    );
  };
}

/** A hold that is replaced does not count twice; one that has run out or became a booking does not count. */
async function assertNotTooMany(
  { bookings }: Pick<Stores, 'bookings'>,
  { range, most, deskId, at, except }: HeldFrom & { deskId: string; at: Instant; except: string | undefined },
): Promise<void> {
  const [nextEnd, ...others] = await bookings.holdsFrom(deskId, range, at, except);
  if (nextEnd !== undefined && others.length + 1 >= most)
    throw new DomainError('too-many-requests', { retryAfterSeconds: Math.ceil((nextEnd - at) / 1000) });
}

export type RenewHold = (hold: Pick<Hold, 'id' | 'deskId'>) => Promise<Hold>;

/** Fifteen minutes more, as long as the hold is live. @throws DomainError `not-found`, `hold-expired` */
export function renewHold({ storage, now }: Deps): RenewHold {
  return ({ id, deskId }) =>
    storage.write(
      async ({ bookings }) => {
        const hold = await bookings.findHold(id);
        if (!hold) throw new DomainError('not-found');
        if (!isLive(hold, now())) throw new DomainError('hold-expired');
        const renewed = renew(hold, now());
        await bookings.saveHold(renewed);
        return renewed;
      },
      { desk: deskId },
    );
}

export type ReleaseHold = (deskId: string, id: string) => Promise<void>;

/** Gives the slot back. @throws DomainError `not-found` */
export function releaseHold({ storage }: Pick<AppDeps, 'storage'>): ReleaseHold {
  return (deskId, id) =>
    storage.write(
      async ({ bookings }) => {
        const hold = await bookings.findHold(id);
        if (hold?.deskId !== deskId || !(await bookings.removeHold(id))) throw new DomainError('not-found');
      },
      { desk: deskId },
    );
}

export type KeepDraft = (id: string, draft: Hold['draft']) => Promise<void>;

/** Keeps what a client typed, so that it is still there whatever happens to the slot. */
export function keepDraft({ storage }: Pick<AppDeps, 'storage'>): KeepDraft {
  return (id, draft) => storage.atomically(({ bookings }) => bookings.saveDraft(id, draft));
}
