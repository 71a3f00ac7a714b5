import type { Request, Response } from 'express';
import { isRefusal } from '../../../domain/errors';
import { faultOf } from '../../../domain/notifications/textFaults';
import type { Text } from '../../../domain/text';
import { tidied } from '../../../fields/plainText';
import { paths, url } from '../../../paths';
import type { ClientLocale } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { signedIn } from '../desk';
import { bodyOf, type Fields, queryOf } from '../forms';
import { sealedWording } from '../sealedWording';
import { textLanguage } from '../textLanguage';
import type { TextAtDesk } from './guard';
import { faultText, textView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'texts' | 'sealer' | 'tokens'>;
type More = Partial<Pick<Parameters<typeof textView>[0], 'errors' | 'refusal' | 'done' | 'theirs'>>;

/**
 * One text of the desk's mails in one language: the words of the program beside those of the desk, the mail as clients
 * get it, and ways back. What is typed is shown in its mail before it is saved.
 */
export function textPage(deps: Deps): Page<TextAtDesk> {
  const { app, texts, sealer, tokens } = deps;
  const digest = (wording: string | undefined) => tokens.hash(wording ?? '').slice(0, 16);

  /** @param typed what stands in the form, if it is not the text as it is @param tried whether the mail shows it */
  async function show(given: TextAtDesk, req: Request, res: Response, typed: Typed = {}, more: More = {}) {
    const { desk, wordable, entry } = given;
    const language = languageIn(req, res);
    const { wording, isTried = false, seen = `${entry.version}-${digest(entry.text[language])}` } = typed;
    const tried = isTried ? wording : undefined;
    const shown = { who: signedIn(res), deskId: desk.id, key: wordable.key, language, wording: tried };
    const mail = wordable.mail === null ? undefined : await app.previewMail(shown);
    const of = tried && sealedWording({ sealer }, { desk: desk.id, key: wordable.key, language }).seal(tried);
    const facts = { desk, wordable, entry, language, seen, wording, mail, isTried, of, texts, ...more };
    res.render('pages/staff/text', textView(facts, res.locals));
  }

  /** What is typed stays, whether it was saved or not. */
  async function sendTrial(given: TextAtDesk, req: Request, res: Response, typed: Typed) {
    const who = signedIn(res);
    const trial = {
      ...{ who, userId: who.userId, deskId: given.desk.id, key: given.wordable.key, wording: typed.wording },
    };
    const { t } = res.locals;
    try {
      await deed(
        res,
        async () => void (await app.sendTrialMail({ ...trial, language: languageIn(req, res) })),
        undefined,
      );
      await show(given, req, res, typed, { done: t('staff.text.trialSent') });
    } catch (error) {
      if (!isRefusal(error, 'too-many-requests')) throw error;
      res.status(429);
      await show(given, req, res, typed, { refusal: t('staff.text.trialLimit') });
    }
  }

  return {
    async get(given, req, res) {
      const { done } = queryOf(req);
      const { wording, seen } = bodyOf(req);
      await show(
        given,
        req,
        res,
        { wording, seen },
        isOutcome(done) ? { done: res.locals.t(`staff.text.done.${done}`) } : {},
      );
    },

    async post(given, req, res) {
      const { desk, wordable, entry } = given;
      const fields = bodyOf(req);
      const language = languageIn(req, res);
      const wording = tidied(fields.wording ?? '');
      const step = stepIn(fields);
      // What was seen when the form was opened stays what was seen, however often it is sent for a look.
      const { seen } = fields;
      const tried = { wording, seen, isTried: true };
      const fault = isWayBack(step) ? null : faultOf(wordable, wording);
      if (fault) {
        res.status(422);
        const errors = [{ href: '#wording', text: faultText(fault, wordable, res.locals) }];
        return show(given, req, res, { wording, seen }, { errors });
      }
      if (step === 'preview') return show(given, req, res, tried);
      if (step === 'trial') return sendTrial(given, req, res, tried);
      const text = changed(entry, { step, language, wording });
      const ifVersion = seen?.endsWith(`-${digest(entry.text[language])}`) ? entry.version : versionIn(fields);
      const change = { who: signedIn(res), deskId: desk.id, key: wordable.key, text, ifVersion };
      try {
        await deed(res, () => app.wordText(change));
      } catch (error) {
        if (!isRefusal(error, 'version-moved-on')) throw error;
        res.status(412);
        const typed = isWayBack(step) ? {} : { wording, isTried: true };
        return show(given, req, res, typed, { theirs: true });
      }
      res.redirect(303, url(paths.staffText, { desk: desk.id, key: wordable.key }, { language, done: step }));
    },
  };
}

interface Typed {
  readonly wording?: string | undefined;
  /** The version for which the form was opened, and what the text was then in this language. */
  readonly seen?: string | undefined;
  readonly isTried?: boolean;
}

const STEPS = ['save', 'preview', 'trial', 'program', 'before'] as const;
type Step = (typeof STEPS)[number];

function stepIn({ step }: Fields): Step {
  return STEPS.find((each) => each === step) ?? 'save';
}

/** Whether the button brings an earlier text back, whatever stands in the field. */
function isWayBack(step: Step): boolean {
  return step === 'program' || step === 'before';
}

function isOutcome(done: string | undefined): done is 'save' | 'program' | 'before' {
  return done === 'save' || done === 'program' || done === 'before';
}

function languageIn(req: Request, res: Response): ClientLocale {
  return textLanguage(queryOf(req), res.locals.locale);
}

function versionIn({ seen }: Fields): number {
  const version = /^(\d{1,9})-/.exec(seen ?? '')?.[1];
  return version === undefined ? -1 : Number(version);
}

/** Returns the text in all languages after the change of one. */
function changed(
  { text, before }: TextAtDesk['entry'],
  { step, language, wording }: { readonly step: Step; readonly language: ClientLocale; readonly wording: string },
): Text {
  const { [language]: _former, ...others } = text;
  const wanted = step === 'program' ? undefined : step === 'before' ? before?.[language] : wording;
  return wanted === undefined ? others : { ...others, [language]: wanted };
}
