import { type Request, type Response, Router } from 'express';
import type { Slot } from '../../app/calendar/findSlots';
import { addDays, localDate } from '../../domain/calendar/zone';
import { languagesForTopic } from '../../domain/desk';
import { deskTime, languageName } from '../../presentation/format';
import { paths } from '../paths';
import { contactView } from './contact';
import { type FreeSlotsDeps, freeSlots, wishOf, zoneSentence } from './freeSlots';
import { journeyUrl } from './journey';
import { answeredBefore, questionForm, type Stage, stageOf, stepView } from './journeyView';
import { pageOf, slotDays, weeksOf } from './slotDays';

type Deps = FreeSlotsDeps;

/** The list of days on which something is free, with the earliest time on top and one button to take it. */
export function chooseDayRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseDay, (req, res) => showDays(deps, req, res));
  return router;
}

async function showDays(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res);
  if (!answeredBefore('day', stage, res)) return;
  const { desk, place, choices } = stage;
  if ('answered' in req.query && choices.date) return res.redirect(303, journeyUrl('time', place, choices));

  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const slots = await freeSlots(deps, stage, req);
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
  res.render('pages/public/chooseDay', {
    ...stepView('day', stage, res),
    first: slots[0] && (await firstView(deps, stage, slots[0], res)),
    weeks: weeksOf(page.days, today, { locale, t }),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
    byDate: days.length > 0 && {
      ...questionForm('day', stage, req.path),
      value: choices.date,
      min: today,
      max: addDays(today, horizonOf(stage)),
    },
    none: days.length === 0 && (await noneView(deps, stage, res)),
    zone: zoneSentence(stage, slots[0]?.time.start ?? deps.now(), res),
  });
}

/** The earliest start with one button to take it, and whether another of the topic's languages is faster. */
async function firstView(deps: Deps, stage: Stage, first: Slot, res: Response) {
  const { locale, t } = res.locals;
  const { desk, place, choices } = stage;
  const at = deskTime(locale, desk.hours.timeZone);
  const faster = await fasterLanguage(deps, stage, first);
  return {
    when: t('booking.day.firstWhen', { day: at.day(first.time.start), time: at.time(first.time.start) }),
    form: {
      method: 'post',
      action: journeyUrl('time', place, { ...choices, date: undefined }),
      hidden: [{ name: 'start', value: new Date(first.time.start).toISOString() }],
    },
    elsewhere:
      faster &&
      t('booking.day.faster', {
        language: languageName(locale, faster.language),
        when: `${at.shortDay(faster.start)}, ${at.time(faster.start)}`,
      }),
    elsewhereHref: faster && journeyUrl('day', place, { ...choices, language: faster.language, date: undefined }),
  };
}

/** The language in which one of the topic's consultations begins before `first`, the earliest of them. */
async function fasterLanguage({ app }: Deps, { desk, choices }: Stage, first: Slot) {
  const others = languagesForTopic(desk, choices.topic?.id ?? '').filter((tag) => tag !== choices.language);
  const starts = await app.findFirstStarts({
    deskId: desk.id,
    wishes: others.map((language) => wishOf({ ...choices, language })),
    before: first.time.start,
  });
  return others
    .map((language, i) => ({ language, start: starts[i] ?? Number.POSITIVE_INFINITY }))
    .filter(({ start }) => start < first.time.start)
    .sort((a, b) => a.start - b.start)[0];
}

/** Nothing at all up to the horizon: perhaps in another mode; a person can help in any case. */
async function noneView({ app }: Deps, { desk, place, choices }: Stage, res: Response) {
  const { t } = res.locals;
  const others = (choices.topic?.modes ?? []).filter((mode) => mode !== choices.mode);
  const wishes = others.map((mode) => wishOf({ ...choices, mode }));
  const starts = await app.findFirstStarts({ deskId: desk.id, wishes });
  const mode = others.find((_, i) => typeof starts[i] === 'number');
  return {
    text: t('booking.day.none', { days: horizonOf({ desk, choices }) }),
    otherHref: mode && journeyUrl('day', place, { ...choices, mode, date: undefined }),
    ...contactView(desk),
  };
}

function horizonOf({ desk, choices }: Pick<Stage, 'desk' | 'choices'>): number {
  return choices.topic?.horizonDays ?? desk.horizonDays;
}
