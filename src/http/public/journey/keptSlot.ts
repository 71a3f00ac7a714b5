import type { Response } from 'express';
import { type Hold, isLive, renew } from '../../../domain/booking/hold';
import { isRefusal } from '../../../domain/errors';
import { paths, url } from '../../../paths';
import { deskTime } from '../../../presentation/format';
import type { HttpDeps } from '../../deps';
import type { HeldStage } from './heldStage';
import type { Step } from './journey';

/**
 * Until when the slot is kept, as a time of day: a countdown would hurry people who need their time (WCAG 2.2.1).
 * `renewable`: one press keeps it longer; never once it is over, as another may have it by then.
 */
export function keptView(
  { now }: Pick<HttpDeps, 'now'>,
  { hold, desk, place, choices }: HeldStage,
  { locals: { locale, t } }: Response,
) {
  const at = deskTime(locale, desk.hours.timeZone);
  const live = isLive(hold, now());
  const when = t('booking.details.heldWhen', { day: at.date(hold.time.start), span: at.span(hold.time) });
  const text = live ? t('booking.details.heldUntil', { time: at.time(hold.heldUntil) }) : t('booking.details.holdOver');
  return {
    live,
    when,
    text,
    seconds: Math.max(0, Math.round((hold.heldUntil - now()) / 1000)),
    giveBackHref: live ? url(paths.giveBack, place, { also: choices.also }) : undefined,
    renewable: live && renew(hold, now()).renewals > hold.renewals,
  };
}

/**
 * How a page whose time is still held is left for another time: by a press of a button of its form, which gives the time back and leads to
 * `step`; undefined once there is nothing to give back, when a link does.
 *
 * @param form id of the page's form
 */
export function leavingTo(step: Step, kept: { readonly giveBackHref: string | undefined }, form: string) {
  return kept.giveBackHref === undefined ? undefined : { step, action: kept.giveBackHref, form };
}

/** Whether the button "Keep it for 15 more minutes" was pressed, and not the one that goes on. */
export function asksToRenew(body: unknown): boolean {
  return (body as { renew?: unknown } | undefined)?.renew !== undefined;
}

/** Whoever works on a page of the journey keeps the slot. One that has run out stays so: its taking up again is for the booking. */
export async function renewed({ app }: Pick<HttpDeps, 'app'>, { hold }: HeldStage): Promise<Hold> {
  return app.renewHold(hold).catch((error: unknown) => {
    if (!isRefusal(error, 'hold-expired')) throw error;
    return hold;
  });
}
