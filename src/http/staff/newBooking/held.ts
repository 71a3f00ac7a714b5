import type { Response } from 'express';
import { type Hold, isLive } from '../../../domain/booking/hold';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import { lookupLanguage } from '../../../domain/language';
import { deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { signedIn } from '../desk';
import type { Fields } from '../forms';
import type { KnownSlotQuery } from './query';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now' | 'tokens'>;

/** What is held, and by which form. */
interface HeldChoice {
  readonly desk: Desk;
  readonly query: KnownSlotQuery;
  readonly start: Instant;
  readonly fields: Fields;
}

/**
 * Returns the hold of this form at the desk, live or lapsed. A form holds one slot under its own key, so that two tabs
 * hold two; the key is known only to who is signed in.
 */
export async function holdOf({ storage, ...deps }: Deps, res: Response, desk: Desk, fields: Fields) {
  const holder = holderOf(deps, res, fields);
  const hold = holder && (await storage.bookings.findHoldOf(holder));
  return hold && hold.deskId === desk.id ? hold : undefined;
}

function holderOf({ tokens }: Pick<Deps, 'tokens'>, res: Response, { key }: Fields): string | undefined {
  return key ? tokens.hash(`new booking of ${signedIn(res).id} ${key}`) : undefined;
}

/**
 * Holds the start while somebody types; the same again extends the hold.
 *
 * @throws DomainError `slot-unavailable`, `forbidden`
 */
export async function keepHeld(deps: Deps, res: Response, { desk, query, start, fields }: HeldChoice): Promise<Hold> {
  const { app, now } = deps;
  const who = signedIn(res);
  const own = await holdOf(deps, res, desk, fields);
  if (own && isLive(own, now()) && holds(own, query, start))
    try {
      return await app.renewHold({ ...own, who });
    } catch (error) {
      if (!isRefusal(error, 'hold-expired') && !isRefusal(error, 'not-found')) throw error;
    }
  const holder = holderOf(deps, res, fields);
  return (await app.holdSlot({ deskId: desk.id, query, start, who, holder })).value;
}

function holds(hold: Hold, query: KnownSlotQuery, start: Instant): boolean {
  return (
    hold.time.start === start &&
    hold.topicId === query.topicId &&
    hold.mode === query.mode &&
    hold.urgent === query.urgent &&
    lookupLanguage([hold.language], query.language) !== undefined &&
    hold.tied === (query.advisorId !== undefined) &&
    (query.advisorId === undefined || query.advisorId === hold.advisorId)
  );
}

/** Gives the slot of this form back. */
export async function giveHeldBack(deps: Deps, res: Response, desk: Desk, fields: Fields): Promise<void> {
  const own = await holdOf(deps, res, desk, fields);
  if (!own) return;
  await deps.app.releaseHold({ ...own, who: signedIn(res) }).catch((error: unknown) => {
    if (!isRefusal(error, 'not-found')) throw error;
  });
}

/** Returns until when the slot is held for the form; undefined if it is not. */
export function heldView(hold: Hold | undefined, desk: Desk, now: Instant, { locale, t }: Reader) {
  if (!hold || !isLive(hold, now)) return undefined;
  const { time } = deskTime(locale, desk.hours.timeZone);
  return t('staff.newBooking.held', { start: time(hold.time.start), time: time(hold.heldUntil) });
}
