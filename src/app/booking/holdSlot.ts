import { HOLD_LENGTH, type Hold, isLive, renew } from '../../domain/booking/hold';
import type { Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import type { AppDeps } from '../deps';
import { type Answer, type IdempotencyKey, once } from '../once';
import { offeringAlternatives } from './alternatives';
import { deskOf, offerAt, questionFor, situationAt, type Wish } from './situation';

type Deps = Pick<AppDeps, 'storage' | 'now' | 'ids'>;

export interface HoldRequest {
  readonly deskId: string;
  readonly wish: Wish;
  readonly start: Instant;
  /** Hash of the browser's secret: a browser has one hold, and a new one takes the place of the old. */
  readonly holder?: string | undefined;
  readonly idempotency?: IdempotencyKey | undefined;
}

export type HoldSlot = (request: HoldRequest) => Promise<Answer<Hold>>;

/**
 * Keeps a slot for 15 minutes while its client fills in the form. What the browser typed before stays in the draft.
 *
 * @throws DomainError `slot-unavailable` with `alternatives`; an older hold of the same browser is then untouched
 */
export function holdSlot({ storage, now, ids }: Deps): HoldSlot {
  return ({ deskId, wish, start, holder, idempotency }) => {
    const at = now();
    return offeringAlternatives(
      storage,
      async () => {
        const desk = await deskOf(storage, deskId);
        const own = holder && (await storage.bookings.findHoldOf(holder));
        return { desk, question: questionFor(desk, wish, 'client'), start, now: at, except: own ? own.id : undefined };
      },
      () =>
        once({ write: storage.write, now: at }, idempotency, async (stores) => {
          const desk = await deskOf(stores, deskId);
          const question = questionFor(desk, wish, 'client');
          await stores.bookings.lapseHolds(at);
          const own = holder === undefined ? undefined : await stores.bookings.findHoldOf(holder);
          const situation = await situationAt(stores, desk, {
            range: { start, end: start + 1 },
            now: at,
            except: own?.id,
          });
          const offer = offerAt(situation, question, start);
          const advisor = offer?.advisors[0];
          if (!offer || !advisor) throw new DomainError('slot-unavailable');
          const hold: Hold = {
            id: own?.id ?? ids.uuid(),
            deskId,
            topicId: question.topic.id,
            language: question.language,
            mode: question.mode ?? question.topic.modes[0] ?? 'in_person',
            advisorId: advisor.id,
            tied: wish.advisorId !== undefined,
            time: offer.time,
            blockedUntil: offer.blockedUntil,
            heldUntil: at + HOLD_LENGTH,
            renewals: 0,
            holder: holder ?? null,
            draft: own?.draft ?? {},
            createdAt: own?.createdAt ?? at,
          };
          await stores.bookings.saveHold(hold);
          return hold;
        }),
    );
  };
}

export type RenewHold = (id: string) => Promise<Hold>;

/** Fifteen minutes more, as long as the hold is live. @throws DomainError `not-found`, `hold-expired` */
export function renewHold({ storage, now }: Deps): RenewHold {
  return (id) =>
    storage.write(async ({ bookings }) => {
      const hold = await bookings.findHold(id);
      if (!hold) throw new DomainError('not-found');
      if (!isLive(hold, now())) throw new DomainError('hold-expired');
      const renewed = renew(hold, now());
      await bookings.saveHold(renewed);
      return renewed;
    });
}

export type ReleaseHold = (deskId: string, id: string) => Promise<void>;

/** Gives the slot back. @throws DomainError `not-found` */
export function releaseHold({ storage }: Pick<AppDeps, 'storage'>): ReleaseHold {
  return (deskId, id) =>
    storage.write(async ({ bookings }) => {
      const hold = await bookings.findHold(id);
      if (hold?.deskId !== deskId || !(await bookings.removeHold(id))) throw new DomainError('not-found');
    });
}

export type KeepDraft = (id: string, draft: Hold['draft']) => Promise<void>;

/** Keeps what a client typed, so that it is still there whatever happens to the slot. */
export function keepDraft({ storage }: Pick<AppDeps, 'storage'>): KeepDraft {
  return (id, draft) => storage.write(({ bookings }) => bookings.saveDraft(id, draft));
}
