import { type Hold, JOURNEY } from '../../../domain/booking/hold';
import { clientsLanguage } from '../../../domain/booking/interpreting';
import type { Desk, Topic } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { deskIn } from '../../pages/deskPage';
import { Elsewhere, type Guard } from '../../wiring';
import { holderOf } from './holder';
import { besideHold, type Choices, journeyUrl, readBesideHold } from './journey';
import type { Stage } from './stage';

type Deps = Pick<HttpDeps, 'storage' | 'tokens' | 'baseUrl'>;

/** The state of a page after a time was chosen; the choices are read from the hold. */
export interface HeldStage extends Stage {
  readonly hold: Hold;
  readonly topic: Topic;
}

/**
 * The guard of the pages about a held time: returns the browser's hold, live or expired, with its choices. A browser
 * without one belongs at the beginning of the journey; one that has just booked, at its booking, because the form was
 * sent twice or "back" was pressed.
 */
export function heldStage({ storage, tokens, baseUrl }: Deps): Guard<HeldStage> {
  return async (req, res) => {
    const desk = deskIn(res);
    const place = { locale: res.locals.locale, desk: desk.id };
    const holder = holderOf({ tokens, baseUrl }, req);
    const hold = holder && (await storage.bookings.findHoldOf(holder));
    const topic = hold && hold.deskId === desk.id ? topicOf(desk, hold) : undefined;
    if (hold && topic) {
      const choices = { ...choicesOf(hold, topic), ...readBesideHold(req.query, desk, hold.language) };
      return { desk, place, choices, hold, topic };
    }

    const booking = holder && (await storage.bookings.findBookingOf(holder));
    return new Elsewhere(url(booking && booking.deskId === desk.id ? paths.done : paths.chooseLanguage, place));
  };
}

/** The pages about a held time, in their order. */
export type HeldStep = 'details' | 'check';

/** Returns the address of a page about a held time; it contains only the choices that the hold does not store. */
export function heldUrl(step: HeldStep, { place, choices }: Omit<Stage, 'desk'>): string {
  return journeyUrl(step, place, besideHold(choices));
}

function topicOf(desk: Desk, { topicId }: Hold): Topic | undefined {
  return desk.topics.find(({ id }) => id === topicId);
}

function choicesOf(hold: Hold, topic: Topic): Choices {
  const { interpreting, mode, draft } = hold;
  const interpreter = interpreting !== null;
  return { language: clientsLanguage(hold), interpreter, topic, mode, journey: draft[JOURNEY] };
}
