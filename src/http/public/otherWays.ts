import type { Request, Response } from 'express';
import type { Explanation, Relaxed } from '../../app/calendar/explainSlots';
import type { Slot } from '../../app/calendar/findSlots';
import { inLanguage } from '../../domain/text';
import { deskTime, languageName } from '../../presentation/format';
import { contactView } from './contact';
import { type FreeSlotsDeps, ownHold, wishOf } from './freeSlots';
import { journeyUrl } from './journey';
import type { Stage } from './journeyView';

/** What would do as well, or instead: the first start that each of them opens, and where it can be booked. */
interface OtherWay {
  readonly text: string;
  /** Absent: only a person can arrange it. */
  readonly href?: string | undefined;
}

/** So many languages are compared; the others begin later. */
const MOST_LANGUAGES = 3;

/**
 * Why nothing is free, or nothing sooner, and what else would do: "German: Tue 24 November, 9:30".
 *
 * @param first the earliest of what was asked for; absent: there is nothing
 */
export async function otherWays(
  deps: FreeSlotsDeps,
  stage: Stage,
  { first, req, res }: { first: Slot | undefined; req: Request; res: Response },
) {
  const { desk, choices } = stage;
  const explanation = await deps.app.explainSlots({
    deskId: desk.id,
    wish: wishOf(choices),
    except: (await ownHold(deps, req))?.id,
  });
  const { t } = res.locals;
  const surplus = explanation.relaxed.filter(({ by }) => by === 'language').slice(MOST_LANGUAGES);
  const compared = explanation.relaxed.filter((each) => !surplus.includes(each));
  const ways = compared.map((each) => wayView(stage, each, res));
  if (first) return ways.length === 0 ? undefined : { title: t('booking.day.sooner'), ways };
  return {
    why: why(stage, explanation, res),
    title: ways.length > 0 && t('booking.day.instead'),
    ways,
    ...contactView(desk),
  };
}

function why({ desk, choices }: Stage, { binding }: Explanation, { locals: { locale, t } }: Response): string {
  const days = choices.topic?.horizonDays ?? desk.horizonDays;
  return t(`booking.day.why.${binding ?? 'bookings'}`, {
    days,
    language: languageName(locale, choices.language ?? ''),
  });
}

function wayView({ desk, place, choices }: Stage, each: Relaxed, res: Response): OtherWay {
  const { locale, t } = res.locals;
  const at = deskTime(locale, (each.by === 'desk' ? each.desk : desk).hours.timeZone);
  const when = t('booking.day.firstWhen', { day: at.shortDay(each.start), time: at.time(each.start) });
  const to = (part: Partial<typeof choices>, where = place) =>
    journeyUrl('day', where, { ...choices, date: undefined, ...part });
  switch (each.by) {
    case 'language':
      return {
        text: t('booking.day.way.this', { what: languageName(locale, each.language), when }),
        href: to({ language: each.language }),
      };
    case 'mode':
      return {
        text: t('booking.day.way.this', { what: t(`booking.mode.${each.mode}.name`), when }),
        href: to({ mode: each.mode }),
      };
    case 'desk':
      return {
        text: t('booking.day.way.this', { what: inLanguage(each.desk.name, locale), when }),
        href: to({}, { ...place, desk: each.desk.id }),
      };
    case 'interpreter':
      return { text: t('booking.day.way.interpreter', { language: languageName(locale, each.language), when }) };
    case 'horizon':
      return { text: t('booking.day.way.horizon', { when }) };
  }
}
