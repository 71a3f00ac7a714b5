import { type Request, type Response, Router } from 'express';
import type { Details } from '../../domain/booking/booking';
import { localDate } from '../../domain/calendar/zone';
import { isRefusal } from '../../domain/errors';
import { deskTime } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { noStore } from '../middleware/securityHeaders';
import { paths, url } from '../paths';
import { bookingRows, bringList, consultationRows, detailRows } from './bookingRows';
import { deskIn } from './deskPage';
import { readDetails } from './detailsForm';
import { type HeldStage, heldStage } from './heldStage';
import { holderOf } from './holder';
import { journeyUrl } from './journey';
import { stepView } from './journeyView';
import { slotGone } from './slotGone';
import { keptView } from './yourDetails';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

/** Check, book, done. A form that is sent twice leads to the same booking: its hold is already that booking. */
export function checkAnswersRoutes(deps: Deps): Router {
  const router = Router();
  router.use([paths.checkAnswers, paths.done], noStore);
  router.get(paths.checkAnswers, (req, res) => check(deps, req, res));
  router.post(paths.checkAnswers, (req, res) => book(deps, req, res));
  router.get(paths.done, (req, res) => done(deps, req, res));
  return router;
}

/** The held slot with the client's details; leads back to the form if those are not complete. */
async function answers(
  deps: Deps,
  req: Request,
  res: Response,
): Promise<{ stage: HeldStage; details: Details } | undefined> {
  const stage = await heldStage(deps, req, res);
  if (!stage) return undefined;
  const result = readDetails(stage.hold.draft, stage.place.locale);
  if ('details' in result) return { stage, details: result.details };
  res.redirect(303, url(paths.yourDetails, stage.place));
  return undefined;
}

async function check(deps: Deps, req: Request, res: Response): Promise<void> {
  const found = await answers(deps, req, res);
  if (!found) return;
  const { stage, details } = found;
  const { desk, hold, topic, place, choices } = stage;
  const { locale, t } = res.locals;
  const { when, mode, topic: about, language } = consultationRows({ ...hold, topic }, desk, { locale, t });
  const dated = { ...choices, date: localDate(hold.time.start, desk.hours.timeZone) };
  const changeDetails = url(paths.yourDetails, place);
  res.render('pages/public/checkAnswers', {
    ...stepView('check', stage, res),
    back: changeDetails,
    kept: keptView(deps, stage, res),
    form: { method: 'post', action: url(paths.checkAnswers, place) },
    consultation: [
      { ...when, change: journeyUrl('time', place, dated) },
      { ...mode, change: topic.modes.length > 1 ? journeyUrl('mode', place, choices) : undefined },
      { ...about, change: journeyUrl('topic', place, choices) },
      { ...language, change: journeyUrl('language', place, choices) },
    ],
    details: detailRows(details, { t }).map((row) => ({ ...row, change: changeDetails })),
    scripts: [{ src: '/assets/hold.js', module: true }],
  });
}

async function book(deps: Deps, req: Request, res: Response): Promise<void> {
  const found = await answers(deps, req, res);
  if (!found) return;
  const { stage, details } = found;
  const { hold, desk, place } = stage;
  const wish = {
    topicId: hold.topicId,
    language: hold.language,
    mode: hold.mode,
    advisorId: hold.tied ? hold.advisorId : undefined,
  };
  try {
    await deps.app.bookConsultation({
      deskId: desk.id,
      wish,
      start: hold.time.start,
      holdId: hold.id,
      details,
      source: 'web',
      by: { kind: 'client' },
    });
  } catch (error) {
    if (isRefusal(error, 'slot-unavailable')) return slotGone(stage, error, res);
    // The same form a moment earlier: its booking is there.
    if (!isRefusal(error, 'hold-expired')) throw error;
  }
  res.redirect(303, url(paths.done, place));
}

/** The booking that this browser has just made, and what comes next. */
async function done(deps: Deps, req: Request, res: Response): Promise<void> {
  const desk = deskIn(res);
  const { locale, t } = res.locals;
  const place = { locale, desk: desk.id };
  const holder = holderOf(deps, req);
  const booking = holder === undefined ? undefined : await deps.storage.bookings.findBookingOf(holder);
  if (booking?.deskId !== desk.id) return res.redirect(303, url(paths.start, place));
  const token = deps.tokens.tokenFor(booking.id);
  const at = deskTime(locale, desk.hours.timeZone);
  res.render('pages/public/done', {
    title: t('booking.done.title'),
    reference: booking.reference,
    when: at.dateAndTime(booking.time.start),
    zone: `${at.zoneName(booking.time.start)} (${desk.hours.timeZone})`,
    mailTo: booking.client.email,
    rows: bookingRows(booking, desk, { locale, t }).slice(1),
    bring: bringList(desk, booking.topicId, locale),
    manageHref: url(paths.manage, { token }, { lang: locale }),
    calendarHref: url(paths.manageCalendar, { token }),
    startHref: url(paths.start, place),
  });
}
