import { type Response, Router } from 'express';
import { isLive } from '../../domain/booking/hold';
import { localDate } from '../../domain/calendar/zone';
import { isRefusal } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { DETAIL_FIELDS, type DetailField, isForOthers, readDetails, readDraft } from './detailsForm';
import { type HeldStage, heldStage } from './heldStage';
import { journeyUrl } from './journey';
import { stepView } from './journeyView';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

const NOTE_LIMIT = 500;

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
    const hold = await renewed(deps, stage);
    if ((req.body as { renew?: unknown } | undefined)?.renew !== undefined)
      return res.redirect(303, url(paths.yourDetails, stage.place));
    const result = readDetails(typed, stage.place.locale);
    if ('wrong' in result) return show(deps, { ...stage, hold }, res, { typed, wrong: result.wrong });
    res.redirect(303, url(paths.checkAnswers, stage.place));
  });
  return router;
}

/** Whoever works on the form keeps the slot. One that has run out is taken up again when the answers are sent, if it is still free. */
async function renewed({ app }: Deps, { hold }: HeldStage): Promise<HeldStage['hold']> {
  return app.renewHold(hold.id).catch((error: unknown) => {
    if (!isRefusal(error, 'hold-expired')) throw error;
    return hold;
  });
}

interface Filled {
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly DetailField[];
}

function show(deps: Deps, stage: HeldStage, res: Response, { typed, wrong }: Filled): void {
  const { t } = res.locals;
  const message = (field: DetailField) => t(`booking.details.errors.${field}${typed[field] ? 'Wrong' : 'Missing'}`);
  const fields = DETAIL_FIELDS.map((field) => [
    field,
    {
      value: typed[field],
      checked: typed[field] === 'true',
      error: wrong.includes(field) ? message(field) : undefined,
    },
  ]);
  res.status(wrong.length > 0 ? 422 : 200).render('pages/public/yourDetails', {
    ...stepView('details', stage, res),
    back: journeyUrl('time', stage.place, {
      ...stage.choices,
      date: localDate(stage.hold.time.start, stage.desk.hours.timeZone),
    }),
    form: { method: 'post', action: url(paths.yourDetails, stage.place) },
    fields: Object.fromEntries(fields),
    forOthers: isForOthers(typed),
    errors: wrong.length > 0 ? wrong.map((field) => ({ href: `#${field}`, text: message(field) })) : undefined,
    kept: keptView(deps, stage, res),
    phoneOptional: true,
    noteMax: NOTE_LIMIT,
    privacyHref: url(paths.about, { ...stage.place, page: 'privacy' }),
    scripts: [{ src: '/assets/hold.js', module: true }],
  });
}

/** Until when the slot is kept, as a time of day: a countdown would hurry people who need their time (WCAG 2.2.1). */
export function keptView({ now }: Pick<Deps, 'now'>, { hold, desk }: HeldStage, { locals: { locale, t } }: Response) {
  const at = deskTime(locale, desk.hours.timeZone);
  const live = isLive(hold, now());
  const when = t('booking.details.heldWhen', { day: at.date(hold.time.start), span: at.span(hold.time) });
  const text = live ? t('booking.details.heldUntil', { time: at.time(hold.heldUntil) }) : t('booking.details.holdOver');
  return { live, when, text, seconds: Math.max(0, Math.round((hold.heldUntil - now()) / 1000)) };
}
