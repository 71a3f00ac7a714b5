import { type Response, Router } from 'express';
import { draftOn } from '../../../../domain/booking/hold';
import { localDate } from '../../../../domain/calendar/zone';
import { isCall, isVisit } from '../../../../domain/desk';
import { CLIENT } from '../../../../domain/staff/caller';
import { assetUrl, paths, url } from '../../../../paths';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { noStore } from '../../../middleware/securityHeaders';
import { FIELD_LIMITS } from '../../../pages/detailsSchema';
import { draftAfter, nextStep, typedIn } from '../draft';
import { type HeldStage, heldStage, heldUrl } from '../heldStage';
import { journeyUrl } from '../journey';
import { stepView } from '../journeyView';
import { asksToRenew, keptView, leavingTo, renewed } from '../keptSlot';
import { DETAIL_FIELDS, type DetailField, DRAFT_FIELDS, isForOthers, readDetails } from './form';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

const FORM = 'details';

/**
 * Asks for the client's details. What is typed is stored with the hold, also if it is wrong or the hold has expired.
 */
export function yourDetailsRoutes(deps: Deps): Router {
  const router = Router();
  router.use(paths.yourDetails, noStore);

  router.get(paths.yourDetails, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (stage)
      show(deps, stage, res, { typed: { ...stage.hold.draft, ...typedIn(DRAFT_FIELDS, req.body) }, wrong: [] });
  });

  router.post(paths.yourDetails, async (req, res) => {
    const stage = await heldStage(deps, req, res);
    if (!stage) return;
    const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), DRAFT_FIELDS, req.body);
    await deed(res, () => deps.app.keepDraft(stage.hold, CLIENT, typed), undefined);
    const hold = await deed(res, () => renewed(deps, stage), stage.hold);
    if (asksToRenew(req.body)) return res.redirect(303, heldUrl('details', stage));
    const result = readDetails(typed, hold.mode, stage.place.locale);
    if ('wrong' in result) return show(deps, { ...stage, hold }, res, { typed, wrong: result.wrong });
    res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
  });
  return router;
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
      value: typed[field] ?? (field === 'attendees' ? '1' : undefined),
      checked: typed[field] === 'true',
      error: wrong.includes(field) ? message(field) : undefined,
    },
  ]);
  const kept = keptView(deps, stage, res);
  const view = stepView('details', stage, res);
  res.status(wrong.length > 0 ? 422 : 200).render('pages/public/journey/details', {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    leave: leavingTo('time', kept, FORM),
    back: journeyUrl('time', stage.place, {
      ...stage.choices,
      date: localDate(stage.hold.time.start, stage.desk.hours.timeZone),
    }),
    form: { method: 'post', action: heldUrl('details', stage), id: FORM },
    typedForm: FORM,
    fields: Object.fromEntries(fields),
    asksPhone: isCall(stage.hold.mode),
    asksAttendees: isVisit(stage.hold.mode),
    forOthers: isForOthers(typed),
    errors: wrong.length > 0 ? wrong.map((field) => ({ href: `#${field}`, text: message(field) })) : undefined,
    kept,
    limits: FIELD_LIMITS,
    privacyHref: url(paths.about, { ...stage.place, page: 'privacy' }),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  });
}
