import { draftOn, HOLD_MS, type Hold, isLive, isOffer, renew } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError, isRefusal } from '../../domain/errors';
import type { Origin } from '../../domain/limits';
import type { Caller } from '../../domain/staff/caller';
import { assertMayBookFor, assertMayChangeHold } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { offeringAlternatives } from '../slots/alternatives';
import type { FindSlots } from '../slots/findSlots';
import { audienceOf, resolveQuery, type SlotQuery, spokenBy } from '../slots/slotQuery';
import { assertMayHold } from './publicLimits';
import { assertInTimeForInterpreter, interpretingOf, takePlaces, takeSlot } from './takeSlot';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts' | 'turn'> & { readonly findSlots: FindSlots };

/** A request to hold a slot for a browser. */
interface HoldRequest {
  readonly deskId: string;
  readonly query: SlotQuery;
  readonly start: Instant;
  readonly who: Caller;
  /** Hash of the browser's secret. A browser has one hold, and a new one replaces the old. */
  readonly holder?: string | undefined;
  /** Id of the journey. What was typed on another journey is deleted, because another person may have typed it. */
  readonly journey?: string | undefined;
  /** The network from which the request comes; if absent, its holds are not limited. */
  readonly origin?: Origin | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

type HoldSlot = (request: HoldRequest) => Promise<IdempotentAnswer<Hold>>;

/**
 * Holds a slot for 15 minutes while its client fills in the form. What was typed on the same journey before stays in
 * the draft.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`, `too-many-requests` with `limit` `holds`; an older hold
 *   of the same browser is then unchanged; `invalid`, `not-found`, `forbidden`
 */
export function holdSlot({ storage, now, ids, mailFacts, turn, findSlots }: Deps): HoldSlot {
  const offering = offeringAlternatives({ storage, now, turn });
  return async ({ deskId, query, start, who, holder, journey, origin, idempotency }) => {
    assertMayBookFor(who, deskId, query.advisorId ?? null);
    const at = now();
    const asked = async ({ desks, bookings }: Pick<Stores, 'desks' | 'bookings'>) => {
      const desk = await deskOf({ desks }, deskId);
      const own = holder === undefined ? undefined : await bookings.findHoldOf(holder);
      return { desk, query: resolveQuery(desk, query, audienceOf(who)), start, now: at, except: own?.id, own };
    };
    const hold = (starts: number) =>
      idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
        const { own, ...wanted } = await asked(stores);
        assertInTimeForInterpreter(wanted);
        await assertMayHold(stores, { desk: wanted.desk, origin, now: at, starts, except: own?.id });
        const { advisor, mode, time, blockedUntil, moves } = await takeSlot(stores, wanted);
        const hold: Hold = {
          id: own?.id ?? ids.uuid(),
          deskId,
          topicId: wanted.query.topic.id,
          language: spokenBy(advisor, wanted.query),
          interpreting: interpretingOf(wanted.query),
          mode,
          advisorId: advisor.id,
          tied: query.advisorId !== undefined,
          urgent: query.urgent === true,
          time,
          blockedUntil,
          heldUntil: at + HOLD_MS,
          renewals: 0,
          holder: holder ?? null,
          heldFrom: Object.fromEntries(origin?.networks.map(({ width, key }) => [width, key]) ?? []),
          draft: draftOn(journey, own?.draft),
          createdAt: own?.createdAt ?? at,
        };
        const leaving = own ? [own.id] : [];
        await takePlaces(stores, { desk: wanted.desk, moves, leaving, now: at, mailFacts }, () =>
          stores.bookings.saveHold(hold),
        );
        return hold;
      });
    return offering(
      () => asked(storage),
      () =>
        hold(0).catch(async (error: unknown) => {
          if (!isRefusal(error, 'too-many-requests')) throw error;
          // A network may hold a minimum of slots at every desk; only a large desk has so many starts that the limit is
          // higher, so starts are not counted for each hold.
          const { slots } = await findSlots({
            deskId,
            query: { topicId: query.topicId, language: query.language, interpreter: query.interpreter },
            audience: audienceOf(who),
          });
          return hold(slots.length);
        }),
    );
  };
}

/** A hold, by its desk and id, and who changes it. */
interface ChangeOfHold extends Pick<Hold, 'id' | 'deskId'> {
  readonly who: Caller;
}

type RenewHold = (change: ChangeOfHold) => Promise<Hold>;

/** Renews a live hold, which then ends in 15 minutes. @throws DomainError `not-found`, `forbidden`, `hold-expired` */
export function renewHold({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): RenewHold {
  return (change) =>
    storage.write(
      async ({ bookings }) => {
        const hold = await heldBy(bookings, change);
        if (!isLive(hold, now())) throw new DomainError('hold-expired');
        const renewed = renew(hold, now());
        await bookings.saveHold(renewed);
        return renewed;
      },
      { desk: change.deskId },
    );
}

/** @throws DomainError `not-found` if the desk has no such hold, `forbidden` */
async function heldBy(bookings: Stores['bookings'], { id, deskId, who }: ChangeOfHold): Promise<Hold> {
  const hold = await bookings.findHold(id);
  if (hold?.deskId !== deskId || isOffer(hold)) throw new DomainError('not-found');
  assertMayChangeHold(who, hold);
  return hold;
}

type GiveBack = (change: ChangeOfHold) => Promise<void>;

/**
 * Frees the slot of a hold at once. What was typed stays in the draft, for the slot that the client chooses instead.
 * A hold that is gone already is free.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function giveBack({ storage, now }: Pick<AppDeps, 'storage' | 'now'>): GiveBack {
  return ({ id, deskId, who }) =>
    storage.write(
      async ({ bookings }) => {
        const hold = await bookings.findHold(id);
        if (!hold || isOffer(hold)) return;
        assertMayChangeHold(who, hold);
        if (isLive(hold, now())) await bookings.saveHold({ ...hold, heldUntil: now() });
      },
      { desk: deskId },
    );
}

type ReleaseHold = (change: ChangeOfHold) => Promise<void>;

/** Deletes a hold with what was typed. @throws DomainError `not-found`, `forbidden` */
export function releaseHold({ storage }: Pick<AppDeps, 'storage'>): ReleaseHold {
  return (change) =>
    storage.write(
      async ({ bookings }) => {
        const { id } = await heldBy(bookings, change);
        if (!(await bookings.removeHold(id))) throw new DomainError('not-found');
      },
      { desk: change.deskId },
    );
}

type KeepDraft = (hold: Hold, who: Caller, draft: Hold['draft']) => Promise<void>;

/** Stores what a client typed, so that it is kept even if the slot is lost. @throws DomainError `not-found`, `forbidden` */
export function keepDraft({ storage }: Pick<AppDeps, 'storage'>): KeepDraft {
  return async (hold, who, draft) => {
    assertMayChangeHold(who, hold);
    await storage.atomically(({ bookings }) => bookings.saveDraft(hold.id, draft));
  };
}
