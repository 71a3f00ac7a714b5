import { type Response, Router } from 'express';
import { isLive } from '../../domain/booking/hold';
import { localDate } from '../../domain/calendar/zone';
import { isRefusal } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { type DetailField, readDetails, readDraft } from './detailsForm';
import { type HeldStage, heldStage } from './heldStage';
import { journeyUrl } from './journey';
import { stepView } from './journeyView';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

/** Who comes: the one form of the journey. What is typed is kept with the hold, right or wrong, in time or late. */
export function yourDetailsRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.yourDetails, noStore);

  router.get(paths.yourDetails, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (stage) show(deps, stage, res, { typed: stage.hold.draft, wrong: [] });
  });

  router.post(paths.yourDetails, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (!stage) return;
    const typed = readDraft(req.body);
    await deps.app.keepDraft(stage.hold.id, typed);
    await renewed(deps, stage);
    if ((req.body as { renew?: unknown } | undefined)?.renew !== undefined)
      return res.redirect(303, url(paths.yourDetails, stage.place));
    const result = readDetails(typed, stage.place.locale);
    if ('wrong' in result) return show(deps, stage, res, { typed, wrong: result.wrong });
    res.redirect(303, url(paths.checkAnswers, stage.place));
  });
  return router;
}

/** Whoever works on the form keeps the slot. A hold that has run out is taken up again when the form is sent, if the slot is free. */
async function renewed({ app }: Deps, { hold }: HeldStage): Promise<void> {
  await app.renewHold(hold.id).catch((error: unknown) => {
    if (!isRefusal(error, 'hold-expired')) throw error;
  });
}

function show(
  deps: Deps,
  stage: HeldStage,
  res: Response,
  { typed, wrong }: { typed: Readonly<Record<string, string>>; wrong: readonly DetailField[] },
): void {
  const { t } = res.locals;
  const message = (field: DetailField) => t(`booking.details.errors.${field}${typed[field] ? 'Wrong' : 'Missing'}`);
  const errors = wrong.map((field) => ({ href: `#${field}`, text: message(field) }));
  res.status(wrong.length > 0 ? 422 : 200).render('pages/public/yourDetails', {
    ...stepView('details', stage, res),
    back: { href: journeyUrl('time', stage.place, { ...stage.choices, date: dateOf(stage) }), text: t('booking.back') },
    action: url(paths.yourDetails, stage.place),
    typed,
    consented: typed.consent === 'yes',
    error: Object.fromEntries(wrong.map((field) => [field, message(field)])),
    errors: errors.length > 0 ? errors : undefined,
    when: whenView(stage, res),
    held: heldView(deps, stage, res),
    privacyHref: url(paths.about, { ...stage.place, page: 'privacy' }),
  });
}

/** Until when the slot is kept, as a time of day: a countdown would hurry people who need their time. */
function heldView({ now }: Deps, { hold, desk }: HeldStage, { locals: { locale, t } }: Response) {
  const live = isLive(hold, now());
  const time = deskTime(locale, desk.hours.timeZone).time(hold.heldUntil);
  return {
    live,
    text: live ? t('booking.details.heldUntil', { time }) : t('booking.details.holdOver'),
    until: new Date(hold.heldUntil).toISOString(),
  };
}

export function whenView({ hold, desk }: Pick<HeldStage, 'hold' | 'desk'>, { locals: { locale } }: Response) {
  const at = deskTime(locale, desk.hours.timeZone);
  return {
    date: at.date(hold.time.start),
    time: at.span(hold.time),
    zone: at.zoneName(hold.time.start),
    iso: new Date(hold.time.start).toISOString(),
  };
}

function dateOf({ hold, desk }: HeldStage): string {
  return localDate(hold.time.start, desk.hours.timeZone);
}
