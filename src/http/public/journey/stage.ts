import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import { deskIn } from '../../pages/deskPage';
import { Elsewhere, type Guard } from '../../wiring';
import {
  answerTo,
  type Choices,
  type JourneyQuestion,
  journeyUrl,
  openBefore,
  openQuestion,
  readChoices,
} from './journey';

/** The state of a page of the journey: its desk and address, and what was chosen. */
export interface Stage {
  readonly desk: Desk;
  readonly place: { readonly locale: string; readonly desk: string };
  readonly choices: Choices;
}

/** A stage whose links carry the journey on. */
export interface JourneyStage extends Stage {
  readonly choices: Choices & { readonly journey: string };
}

type Deps = Pick<HttpDeps, 'ids'>;

/** Reads the state from the address; needs `loadDesk`. Once a time is held, `heldStage` reads the hold instead. */
export function stageOf(req: Request, res: Response): Stage {
  const desk = deskIn(res);
  return { desk, place: { locale: res.locals.locale, desk: desk.id }, choices: readChoices(req.query, desk) };
}

/**
 * Returns the state with a new journey if its address names none. Without one, somebody begins here, who may be another
 * person than the previous one at the device. All links of the page carry it on.
 */
export function onJourney(stage: Stage, { ids }: Deps): JourneyStage {
  const { choices } = stage;
  return { ...stage, choices: { ...choices, journey: choices.journey ?? ids.uuid() } };
}

/** The guard of a page that can be read at any point of the journey. */
export function anyStage(deps: Deps): Guard<JourneyStage> {
  return (req, res) => onJourney(stageOf(req, res), deps);
}

/**
 * The guard of a page that asks a question. A reader who has left out one before it belongs there; one who has answered
 * it belongs on the page that comes next.
 */
export function asking(question: JourneyQuestion, deps: Deps): Guard<JourneyStage> {
  return (req, res) => {
    const stage = stageOf(req, res);
    const { choices, place } = stage;
    const open = openBefore(question, choices);
    if (open) return new Elsewhere(journeyUrl(open, place, choices));
    if (isAnswered(req) && answerTo(question, choices) !== undefined)
      return new Elsewhere(journeyUrl(openQuestion(choices) ?? 'time', place, choices));
    return onJourney(stage, deps);
  };
}

/** Tells whether the form of a question was sent, perhaps without an answer; it is sent by GET to its own page. */
export function isAnswered({ query }: Request): boolean {
  return 'answered' in query;
}
