import { draftOn, HOLD_LENGTH, type Hold, isLive, renew } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError, isRefusal } from '../../domain/errors';
import type { Origin } from '../../domain/limits';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type Answer, type IdempotencyKey, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { offeringAlternatives } from '../slots/alternatives';
import type { FindSlots } from '../slots/findSlots';
import { resolveQuery, type SlotQuery, spokenBy } from '../slots/slotQuery';
import { assertMayHold } from './publicLimits';
import { takePlaces, takeSlot } from './takeSlot';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'writeMails' | 'turn'> & { readonly findSlots: FindSlots };

/** Which slot is kept, and for which browser. */
export interface HoldRequest {
  readonly deskId: string;
  readonly query: SlotQuery;
  readonly start: Instant;
  /** Hash of the browser's secret: a browser has one hold, and a new one takes the place of the old. */
  readonly holder?: string | undefined;
  /** On which journey: what was typed on another one is forgotten, as that was perhaps somebody else. */
  readonly journey?: string | undefined;
  /** Where the request comes from; absent: it is not counted how much they hold. */
  readonly origin?: Origin | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type HoldSlot = (request: HoldRequest) => Promise<Answer<Hold>>;

/**
 * Keeps a slot for 15 minutes while its client fills in the form. What was typed on the same journey before stays in the draft.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `too-many-requests` with `limit` `holds`; an older hold of the same browser
 *   is then untouched
 */
export function holdSlot({ storage, now, ids, writeMails, turn, findSlots }: Deps): HoldSlot {
  const offering = offeringAlternatives({ storage, now, turn });
  return ({ deskId, query, start, holder, journey, origin, idempotency }) => {
    const at = now();
    const asked = async ({ desks, bookings }: Pick<Stores, 'desks' | 'bookings'>) => {
      const desk = await deskOf({ desks }, deskId);
      const own = holder === undefined ? undefined : await bookings.findHoldOf(holder);
      return { desk, query: resolveQuery(desk, query, 'client'), start, now: at, except: own?.id, own };
    };
    const hold = (starts: number) =>
      idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
        const { own, ...wanted } = await asked(stores);
        await assertMayHold(stores, { desk: wanted.desk, origin, now: at, starts, except: own?.id });
        const { advisor, mode, time, blockedUntil, moves } = await takeSlot(stores, wanted);
        const hold: Hold = {
          id: own?.id ?? ids.uuid(),
          deskId,
          topicId: wanted.query.topic.id,
          language: spokenBy(advisor, wanted.query),
          mode,
          advisorId: advisor.id,
          tied: query.advisorId !== undefined,
          urgent: query.urgent === true,
          time,
          blockedUntil,
          heldUntil: at + HOLD_LENGTH,
          renewals: 0,
          holder: holder ?? null,
          heldFrom: Object.fromEntries(origin?.networks.map(({ width, key }) => [width, key]) ?? []),
          draft: draftOn(journey, own?.draft),
          createdAt: own?.createdAt ?? at,
        };
        const leaving = own ? [own.id] : [];
        await takePlaces(stores, { desk: wanted.desk, moves, leaving, now: at, writeMails }, () =>
          stores.bookings.saveHold(hold),
        );
        return hold;
      });
    return offering(
      () => asked(storage),
      () =>
        hold(0).catch(async (error: unknown) => {
          if (!isRefusal(error, 'too-many-requests')) throw error;
          // Only a large desk has so many starts that more than the fewest may be held; they are not counted for each hold.
          const { slots } = await findSlots({
            deskId,
            query: { topicId: query.topicId, language: query.language },
            audience: 'client',
          });
          return hold(slots.length);
        }),
    );
  };
}

export type RenewHold = (hold: Pick<Hold, 'id' | 'deskId'>) => Promise<Hold>;

/** Fifteen minutes more, as long as the hold is live. @throws DomainError `not-found`, `hold-expired` */
export function renewHold({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): RenewHold {
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

export type GiveBack = (hold: Pick<Hold, 'id' | 'deskId'>) => Promise<void>;

/** The slot is everybody's again at once; what was typed stays, for the time that its client takes instead. */
export function giveBack({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): GiveBack {
  return ({ id, deskId }) =>
    storage.write(
      async ({ bookings }) => {
        const hold = await bookings.findHold(id);
        if (hold && isLive(hold, now())) await bookings.saveHold({ ...hold, heldUntil: now() });
      },
      { desk: deskId },
    );
}

export type ReleaseHold = (deskId: string, id: string) => Promise<void>;

/** Gives the slot back and forgets what was typed. @throws DomainError `not-found` */
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
