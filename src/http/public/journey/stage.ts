import type { Request, Response } from 'express';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import { deskIn } from '../../pages/deskPage';
import { Elsewhere, type Guard } from '../../wiring';
import { type Choices, type JourneyQuestion, journeyUrl, openQuestion, readChoices } from './journey';

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
function onJourney(stage: Stage, { ids }: Deps): JourneyStage {
  const { choices } = stage;
  return { ...stage, choices: { ...choices, journey: choices.journey ?? ids.uuid() } };
}

/** The guard of a page that can be read at any point of the journey. */
export function anyStage(deps: Deps): Guard<JourneyStage> {
  return (req, res) => onJourney(stageOf(req, res), deps);
}

/** The guard of a page that needs an answer to the questions before it: a reader who has left one out belongs there. */
export function after(questions: readonly JourneyQuestion[], deps: Deps): Guard<JourneyStage> {
  return (req, res) => {
    const stage = stageOf(req, res);
    const open = openQuestion(stage.choices);
    return open && questions.includes(open)
      ? new Elsewhere(journeyUrl(open, stage.place, stage.choices))
      : onJourney(stage, deps);
  };
}
