import { type Request, type Response, Router } from 'express';
import type { Instant } from '../../../../domain/calendar/interval';
import { localDate, parseInstant, startOfDay } from '../../../../domain/calendar/zone';
import { isRefusal } from '../../../../domain/errors';
import { CLIENT } from '../../../../domain/staff/caller';
import { paths } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import { originOf } from '../../../middleware/rateLimit';
import { closedDay, differentHours } from '../../../pages/hoursView';
import { type DayChoice, slotDays, type TimeChoice } from '../../../pages/slotDays';
import { chosenStart } from '../../../typedTime';
import { minutesToWait, tooManyRequests } from '../../../waiting';
import { nextStep } from '../draft';
import { type FreeSlotsDeps, slotQueryOf, slotsFor, zoneSentence } from '../freeSlots';
import { heldUrl } from '../heldStage';
import { ensureHolder } from '../holder';
import { journeyUrl } from '../journey';
import { answeredBefore, onJourney, type Stage, stageOf, stepView } from '../journeyView';
import { slotGone } from '../slotGone';

type Deps = FreeSlotsDeps & Pick<HttpDeps, 'ids' | 'limitKey'>;

/** Shows the times of one day. Choosing one holds it and leads to the form. */
export function chooseTimeRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseTime, async (req, res) => {
    const stage = stageOf(req, res);
    if (answeredBefore('time', stage, res)) await showTimes(deps, onJourney(stage, deps), { req, res });
  });
  router.post(paths.chooseTime, (req, res) => takeTime(deps, req, res));
  return router;
}

interface TimesPage {
  readonly req: Request;
  readonly res: Response;
  /** Why the choice was refused. The page has status 422 then, unless another was set. */
  readonly error?: string;
  /** What was chosen, to be selected again. */
  readonly start?: Instant;
}

async function showTimes(deps: Deps, stage: Stage, { req, res, error, start }: TimesPage): Promise<void> {
  const { desk, place, choices } = stage;
  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const chosen = choices.date ?? (start === undefined ? '' : localDate(start, zone));
  const slots = await slotsFor(deps, stage, { req, res });
  const days = slotDays(slots, zone, { locale, t });
  const shown = slots.map(({ time }) => time.start).filter((at) => localDate(at, zone) === chosen);
  const day = days.find(({ date }) => date === chosen);
  const link = (to: DayChoice | undefined) =>
    to && { href: journeyUrl('time', place, { ...choices, date: to.date }), name: to.name };
  const mark = (time: TimeChoice) => ({ ...time, checked: start !== undefined && parseInstant(time.value) === start });
  if (error && res.statusCode === 200) res.status(422);
  res.render('pages/public/journey/time', {
    ...stepView('time', stage, res),
    form: { method: 'post', action: journeyUrl('time', place, choices) },
    day: day?.name ?? deskTime(locale, zone).day(startOfDay(chosen, zone)),
    different: differentHours(desk, chosen, { locale, t }),
    count: day?.count ?? closedDay(desk, chosen, { locale, t }) ?? t('booking.time.none'),
    groups: day?.groups.map((group) => ({ ...group, times: group.times.map(mark) })) ?? [],
    otherDays: {
      previous: link(days.filter(({ date }) => date < chosen).at(-1)),
      next: link(days.find(({ date }) => date > chosen)),
    },
    zone: zoneSentence(stage, shown.length > 0 ? shown : [startOfDay(chosen, zone)], res),
    errors: error && [{ href: '#start-1', text: error }],
    error,
  });
}

async function takeTime(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res);
  const { desk, place, choices } = stage;
  const start = chosenStart(req.body);
  if (start === null) {
    if (answeredBefore('time', stage, res))
      await showTimes(deps, stage, { req, res, error: res.locals.t('booking.time.missing') });
    return;
  }
  if (!answeredBefore('day', stage, res)) return;
  try {
    const { value: hold } = await deed(res, () =>
      deps.app.holdSlot({
        deskId: desk.id,
        query: slotQueryOf(choices),
        start,
        who: CLIENT,
        holder: ensureHolder(deps, req, res),
        journey: choices.journey ?? deps.ids.uuid(),
        origin: originOf(deps, res),
      }),
    );
    // A client who comes back only for another time does not repeat what they have typed (WCAG 3.3.7).
    const topic = desk.topics.find(({ id }) => id === hold.topicId);
    res.redirect(303, heldUrl(topic ? nextStep({ hold, topic, place }) : 'details', stage));
  } catch (error) {
    if (isRefusal(error, 'slot-unavailable')) return slotGone(stage, error, res);
    if (!isRefusal(error, 'too-many-requests')) throw error;
    tooManyRequests(res, error);
    const text = res.locals.t('booking.time.tooMany', { ...minutesToWait(error), phone: desk.phone });
    await showTimes(deps, stage, { req, res, error: text, start });
  }
}
