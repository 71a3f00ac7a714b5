import { type Request, type Response, Router } from 'express';
import type { Slot } from '../../../../app/slots/findSlots';
import { addDays, localDate } from '../../../../domain/calendar/zone';
import { paths } from '../../../../paths';
import { deskTime } from '../../../../presentation/format';
import type { HttpDeps } from '../../../deps';
import { pageOf, slotDays, weeksOf } from '../../../pages/slotDays';
import { type FreeSlotsDeps, slotsFor, zoneSentence } from '../freeSlots';
import { journeyUrl } from '../journey';
import { answeredBefore, onJourney, questionForm, type Stage, stageOf, stepView } from '../journeyView';
import { otherWays } from '../otherWays';

type Deps = FreeSlotsDeps & Pick<HttpDeps, 'ids'>;

/** The list of days with free slots. On top is the earliest time, with a button to take it. */
export function chooseDayRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseDay, (req, res) => showDays(deps, req, res));
  return router;
}

async function showDays(deps: Deps, req: Request, res: Response): Promise<void> {
  const asked = stageOf(req, res);
  if (!answeredBefore('day', asked, res)) return;
  if ('answered' in req.query && asked.choices.date)
    return res.redirect(303, journeyUrl('time', asked.place, asked.choices));

  const stage = onJourney(asked, deps);
  const { desk, place, choices } = stage;
  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const slots = await slotsFor(deps, stage, { req, res });
  const days = slotDays(slots, zone, { locale, t }).map((day) => ({
    ...day,
    href: journeyUrl('time', place, { ...choices, date: day.date }),
  }));
  const today = localDate(deps.now(), zone);
  const page = pageOf(
    days,
    req.query.from,
    (from) => `${journeyUrl('day', place, { ...choices, date: undefined })}&from=${from}`,
  );
  const onPage = new Set(page.days.map(({ date }) => date));
  const shown = slots.map(({ time }) => time.start).filter((at, i) => i === 0 || onPage.has(localDate(at, zone)));
  res.render('pages/public/journey/day', {
    ...stepView('day', stage, res),
    first: slots[0] && firstView(stage, slots[0], res),
    other: await otherWays(deps, stage, { first: slots[0], req, res }),
    weeks: weeksOf(page.days, today, { locale, t }),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
    byDate: days.length > 0 && {
      ...questionForm('day', stage, req.path),
      value: choices.date,
      min: today,
      max: addDays(today, horizonOf(stage)),
    },
    zone: zoneSentence(stage, shown.length > 0 ? shown : [deps.now()], res),
  });
}

/** Returns the earliest start with the button to take it. */
function firstView({ desk, place, choices }: Stage, { time: { start } }: Slot, { locals: { locale, t } }: Response) {
  const at = deskTime(locale, desk.hours.timeZone);
  return {
    when: t('booking.day.firstWhen', { day: at.day(start), time: at.time(start) }),
    form: {
      method: 'post',
      action: journeyUrl('time', place, { ...choices, date: undefined }),
      hidden: [{ name: 'start', value: new Date(start).toISOString() }],
    },
  };
}

function horizonOf({ desk, choices }: Pick<Stage, 'desk' | 'choices'>): number {
  return choices.topic?.horizonDays ?? desk.horizonDays;
}
