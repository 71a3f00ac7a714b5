import { type Hold, isLive, renew } from '../../../domain/booking/hold';
import type { Instant } from '../../../domain/calendar/interval';
import { toIso } from '../../../domain/calendar/zone';
import { isRefusal } from '../../../domain/errors';
import { CLIENT } from '../../../domain/staff/caller';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import type { HeldStage } from './heldStage';
import { asQuery, besideHold, type Step } from './journey';

/**
 * Returns until when the slot is kept, as a time of day: a countdown would hurry people who need their time (WCAG
 * 2.2.1). `renewable`: the button can extend it, which is not possible once it has expired, because another client may
 * have the slot.
 */
export function keptView({ hold, desk, place, choices }: HeldStage, now: Instant, { locale, t }: Reader) {
  const at = deskTime(locale, desk.hours.timeZone);
  const live = isLive(hold, now);
  const when = t('booking.details.heldWhen', { day: at.date(hold.time.start), span: at.span(hold.time) });
  const text = live ? t('booking.details.heldUntil', { time: at.time(hold.heldUntil) }) : t('booking.details.holdOver');
  return {
    live,
    when,
    start: toIso(hold.time.start, desk.hours.timeZone),
    timeZone: desk.hours.timeZone,
    text,
    seconds: Math.max(0, Math.round((hold.heldUntil - now) / 1000)),
    giveBackHref: live ? url(paths.giveBack, place, asQuery(besideHold(choices))) : undefined,
    renewable: live && renew(hold, now).renewals > hold.renewals,
  };
}

/**
 * Returns how a page with a held time leads back to choosing another: by a button of its form, which releases the hold
 * and leads to `step`; undefined if there is nothing to release, so that a link is enough.
 *
 * @param form id of the page's form
 */
export function leavingTo(step: Step, kept: { readonly giveBackHref: string | undefined }, form: string) {
  return kept.giveBackHref === undefined ? undefined : { step, action: kept.giveBackHref, form };
}

/** Tells whether the button "Keep it for 15 more minutes" was pressed, and not the one that goes on. */
export function asksToRenew(body: unknown): boolean {
  return (body as { renew?: unknown } | undefined)?.renew !== undefined;
}

/**
 * Extends the hold, because its client is working on a page of the journey. An expired hold is not extended; only
 * booking tries to take the slot again.
 */
export async function renewed({ app }: Pick<HttpDeps, 'app'>, { hold }: HeldStage): Promise<Hold> {
  return app.renewHold({ ...hold, who: CLIENT }).catch((error: unknown) => {
    if (!isRefusal(error, 'hold-expired')) throw error;
    return hold;
  });
}
