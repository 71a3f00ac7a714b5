import type { Request, Response } from 'express';
import { type Draft, draftOn, isTyped } from '../../../../domain/booking/hold';
import { CLIENT } from '../../../../domain/staff/caller';
import { clientLocaleFor } from '../../../../presentation/texts';
import type { HttpDeps } from '../../../deps';
import { deed } from '../../../keptForm';
import type { Page } from '../../../wiring';
import { draftAfter, draftAnswers, formFields, nextStep, typedIn } from '../draft';
import { type HeldStage, heldUrl } from '../heldStage';
import { holderOf } from '../holder';
import { asksToRenew, renewed } from '../keptSlot';
import { readDetails, typedAgain, usualWhom } from './form';
import { detailsView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'now' | 'baseUrl' | 'storage' | 'tokens'>;

/**
 * Asks for the client's details and what the topic asks before the consultation. What is typed is stored with the hold,
 * also if it is wrong or the hold has expired.
 */
export function detailsPage(deps: Deps): Page<HeldStage> {
  const { app, now, baseUrl } = deps;
  const show = (res: Response, given: Omit<Parameters<typeof detailsView>[0], 'now' | 'baseUrl'>) =>
    res.render('pages/public/journey/details', detailsView({ ...given, now: now(), baseUrl }, res.locals));
  return {
    async get(stage, req, res) {
      const before = isTyped(stage.hold.draft) ? {} : await typedBefore(deps, stage, req);
      const usual = usualWhom(stage.topic, stage.choices.forWhom);
      const typed = { ...usual, ...before, ...stage.hold.draft, ...typedIn(formFields(stage.topic), req.body) };
      show(res, { stage, typed, wrong: [], wrongAnswers: [] });
    },

    async post(stage, req, res) {
      const typed = draftAfter(draftOn(stage.choices.journey, stage.hold.draft), formFields(stage.topic), req.body);
      await deed(res, () => app.keepDraft(stage.hold, CLIENT, typed), undefined);
      const hold = await deed(res, () => renewed({ app }, stage), stage.hold);
      if (asksToRenew(req.body)) return res.redirect(303, heldUrl('details', stage));
      const result = readDetails(typed, {
        mode: hold.mode,
        topic: stage.topic,
        desk: stage.desk,
        page: clientLocaleFor(stage.place.locale),
      });
      const wrong = 'wrong' in result ? result.wrong : [];
      const { wrong: wrongAnswers } = draftAnswers(stage.topic, typed);
      if (wrong.length + wrongAnswers.length > 0) {
        res.status(422);
        return show(res, { stage: { ...stage, hold }, typed, wrong, wrongAnswers });
      }
      res.redirect(303, heldUrl(nextStep({ ...stage, hold: { ...hold, draft: typed } }), stage));
    },
  };
}

/** Returns what this browser's booking before has, for somebody who said on its page that they book the next one. */
async function typedBefore(deps: Deps, { desk, choices }: HeldStage, req: Request): Promise<Draft> {
  const holder = choices.same ? holderOf(deps, req) : undefined;
  const booking = holder && (await deps.storage.bookings.findBookingOf(holder));
  return booking && booking.deskId === desk.id ? typedAgain(booking) : {};
}
