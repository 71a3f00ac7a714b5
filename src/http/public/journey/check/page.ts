import { type Request, type Response, Router } from 'express';
import type { Details } from '../../../../domain/booking/booking';
import { localDate } from '../../../../domain/calendar/zone';
import { type Desk, toBring } from '../../../../domain/desk';
import { type DomainError, isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { likelyMeant } from '../../../../fields/mailAddress';
import { assetUrl, paths, url } from '../../../../paths';
import { askedRows } from '../../../../presentation/answers';
import { deskTime } from '../../../../presentation/format';
import { reachOf } from '../../../../presentation/reach';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { originOf } from '../../../middleware/rateLimit';
import { noStore } from '../../../middleware/securityHeaders';
import { bookingRows, consultationRows, detailRows, printRows, topicOf } from '../../../pages/bookingRows';
import { deskIn } from '../../../pages/deskPage';
import { limitText } from '../../../pages/limitText';
import { tooManyRequests } from '../../../waiting';
import { readDetails } from '../details/form';
import { draftAnswers, nextStep } from '../draft';
import { type HeldStage, heldStage, heldUrl } from '../heldStage';
import { holderOf } from '../holder';
import { journeyUrl, type Step } from '../journey';
import { stepView } from '../journeyView';
import { asksToRenew, keptView, leavingTo, renewed } from '../keptSlot';
import { slotGone } from '../slotGone';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now' | 'limitKey'>;

/**
 * Shows the answers, books, and shows the result. A form that is sent twice leads to the same booking, because its hold
 * has become that booking. A form that showed other data, because another tab has changed time or answers, is shown
 * again instead of booked.
 */
export function checkAnswersRoutes(deps: Deps): Router {
  const router = Router();
  router.use([paths.checkAnswers, paths.done], noStore);
  router.get(paths.checkAnswers, async (req, res) => {
    const given = await whatWasTold(deps, req, res);
    if (given) check(deps, given, res);
  });
  router.post(paths.checkAnswers, (req, res) => book(deps, req, res));
  router.get(paths.done, (req, res) => done(deps, req, res));
  return router;
}

/** Everything that the client told for the held time. */
interface Told {
  readonly stage: HeldStage;
  readonly details: Details;
}

/**
 * Returns the held slot with what its client told; if something is missing, it redirects to the first page where it is.
 */
async function whatWasTold(deps: Deps, req: Request, res: Response): Promise<Told | undefined> {
  const stage = await heldStage(deps, req, res);
  if (!stage) return undefined;
  const { hold, topic, place } = stage;
  const next = nextStep(stage);
  const result = readDetails(hold.draft, hold.mode, place.locale);
  if (next === 'check' && 'details' in result)
    return { stage, details: { ...result.details, answers: draftAnswers(topic, hold.draft).answers } };
  res.redirect(303, heldUrl(next, stage));
  return undefined;
}

/**
 * @param refused why it was not booked: the form showed other data than are held now, or a limit of the desk was
 *   reached
 */
function check(deps: Deps, given: Told, res: Response, refused?: string): void {
  const { stage, details } = given;
  const { desk, hold, topic, place, choices } = stage;
  const { locale, t } = res.locals;
  const { when, mode, topic: about, language } = consultationRows({ ...hold, topic }, desk, { locale, t });
  const dated = { ...choices, date: localDate(hold.time.start, desk.hours.timeZone) };
  const changeDetails = heldUrl('details', stage);
  const changeAnswers = heldUrl('answers', stage);
  const asked = askedRows(topic, details.answers, { locale, t });
  const kept = keptView(deps, stage, res);
  const changing = (step: Step, chosen = choices) => ({
    change: journeyUrl(step, place, chosen),
    leave: leavingTo(step, kept, FORM),
  });
  if (refused && res.statusCode === 200) res.status(409);
  res.render('pages/public/journey/check', {
    ...stepView('check', stage, res),
    errors: refused ? [{ href: '#book', text: refused }] : undefined,
    back: asked.length > 0 ? changeAnswers : changeDetails,
    kept,
    form: {
      method: 'post',
      action: heldUrl('check', stage),
      id: FORM,
      hidden: [{ name: SHOWN, value: shownBy(deps, given) }],
    },
    meant: likelyMeant(details.client.email ?? ''),
    changeEmail: `${changeDetails}#email`,
    consultation: [
      { ...when, ...changing('time', dated) },
      { ...mode, ...(topic.modes.length > 1 && changing('mode')) },
      { ...about, ...changing('topic') },
      { ...language, ...changing('language') },
    ],
    details: detailRows(details, { t }).map((row) => ({ ...row, change: changeDetails })),
    answers: asked.length > 0 ? asked.map((row) => ({ ...row, change: changeAnswers })) : undefined,
    bring: toBring(topic, hold.mode, locale),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  });
}

const FORM = 'answers';
/** The field of the form that identifies the data its page showed. */
const SHOWN = 'shown';

/** Returns the same text for the same data. It is a hash, as the page shows the data already. */
function shownBy({ tokens }: Pick<Deps, 'tokens'>, { stage: { hold }, details }: Told): string {
  const { deskId, topicId, language, mode, time } = hold;
  return tokens.hash(JSON.stringify([deskId, topicId, language, mode, time.start, details]));
}

async function book(deps: Deps, req: Request, res: Response): Promise<void> {
  const given = await whatWasTold(deps, req, res);
  if (!given) return;
  if (asksToRenew(req.body)) {
    await deed(res, () => renewed(deps, given.stage));
    return res.redirect(303, heldUrl('check', given.stage));
  }
  if ((req.body as Record<string, unknown> | undefined)?.[SHOWN] !== shownBy(deps, given))
    return check(deps, given, res, res.locals.t('booking.check.changed'));
  const { stage, details } = given;
  const { hold, desk, place } = stage;
  const query = {
    topicId: hold.topicId,
    language: hold.language,
    mode: hold.mode,
    advisorId: hold.tied ? hold.advisorId : undefined,
  };
  try {
    await deed(res, () =>
      deps.app.bookConsultation({
        deskId: desk.id,
        query,
        start: hold.time.start,
        holdId: hold.id,
        details,
        source: 'web',
        who: CLIENT,
        origin: originOf(deps, res),
      }),
    );
  } catch (error) {
    if (isRefusal(error, 'slot-unavailable')) return slotGone(stage, error, res);
    if (isRefusal(error, 'too-many-bookings')) return check(deps, given, res, tooMany(desk, error, res));
    if (isRefusal(error, 'too-many-requests')) {
      tooManyRequests(res, error);
      return check(deps, given, res, limitText({ desk, error, now: deps.now() }, res.locals));
    }
    // The same form was sent a moment earlier, so the booking exists.
    if (!isRefusal(error, 'hold-expired')) throw error;
  }
  res.redirect(303, url(paths.done, place));
}

function tooMany({ phone }: Desk, { details }: DomainError, { locals: { t } }: Response): string {
  return t('booking.check.tooMany', { count: details.most, phone });
}

/** Shows the booking that this browser has just made, and what comes next. */
async function done(deps: Deps, req: Request, res: Response): Promise<void> {
  const desk = deskIn(res);
  const { locale, t } = res.locals;
  const place = { locale, desk: desk.id };
  const holder = holderOf(deps, req);
  const booking = holder === undefined ? undefined : await deps.storage.bookings.findBookingOf(holder);
  if (booking?.deskId !== desk.id) return res.redirect(303, url(paths.start, place));
  const token = deps.tokens.tokenFor(booking.id);
  const at = deskTime(locale, desk.hours.timeZone);
  res.render('pages/public/journey/done', {
    title: t('booking.done.title'),
    reference: booking.reference,
    when: at.dateAndSpan(booking.time),
    zone: `${at.zoneName(booking.time.start)} (${desk.hours.timeZone})`,
    mailTo: reachOf(booking.client).email,
    rows: bookingRows(booking, desk, { locale, t }).slice(1),
    printRows: printRows(booking, desk, { locale, t }),
    bring: toBring(topicOf(booking, desk), booking.mode, locale),
    manageHref: url(paths.manage, { token }, { lang: locale }),
    forgetHref: url(paths.forget, place),
    calendarHref: url(paths.manageCalendar, { token }),
  });
}
