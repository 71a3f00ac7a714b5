import type { Draft } from '../../../../domain/booking/hold';
import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import type { Instant } from '../../../../domain/calendar/interval';
import { isCall, isVisit } from '../../../../domain/desk';
import { assetUrl } from '../../../../paths';
import { languageName } from '../../../../presentation/format';
import { CLIENT_LOCALES, type Reader } from '../../../../presentation/texts';
import { aboutView } from '../../../pages/aboutView';
import { FIELD_LIMITS } from '../../../pages/detailsSchema';
import { questionErrors, questionFields } from '../../../pages/questionFields';
import { type HeldStage, heldUrl } from '../heldStage';
import { journeyUrl } from '../journey';
import { stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';
import { DETAIL_FIELDS, type DetailField, isForOthers, mailLanguage } from './form';

/** The id of the page's form. */
const FORM = 'details';

interface Given {
  readonly stage: HeldStage;
  readonly typed: Draft;
  readonly wrong: readonly DetailField[];
  readonly wrongAnswers: readonly WrongAnswer[];
  readonly now: Instant;
  readonly baseUrl: string;
}

/** Returns the fields of the form with what was typed, and the error of each wrong one. */
export function detailsView({ stage, typed, wrong, wrongAnswers, now, baseUrl }: Given, reader: Reader) {
  const { desk, topic, hold } = stage;
  const message = (field: DetailField) =>
    reader.t(`booking.details.errors.${field}${typed[field] ? 'Wrong' : 'Missing'}`);
  const fields = DETAIL_FIELDS.map((field) => [
    field,
    {
      value: typed[field] ?? (field === 'attendees' ? '1' : undefined),
      error: wrong.includes(field) ? message(field) : undefined,
    },
  ]);
  const questions = questionsFor(topic, 'client');
  const errors = [
    ...wrong.map((field) => ({ href: `#${field}`, text: message(field) })),
    ...questionErrors(questions, wrongAnswers, reader),
  ];
  const kept = keptView(stage, now, reader);
  const view = stepView('details', stage, reader);
  return {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    leave: leavingTo('time', kept, FORM),
    back: journeyUrl('time', stage.place, { ...stage.choices, start: hold.time.start }),
    form: { method: 'post', action: heldUrl('details', stage), id: FORM },
    typedForm: FORM,
    fields: Object.fromEntries(fields),
    asksPhone: isCall(hold.mode),
    asksAttendees: isVisit(hold.mode),
    mailLanguages: [
      {
        value: '',
        text: reader.t('booking.details.mailLanguageSame', { language: languageName(reader.locale, reader.locale) }),
      },
      ...CLIENT_LOCALES.map((tag) => ({
        value: tag,
        text: languageName(tag, tag),
        lang: tag,
        selected: mailLanguage(typed) === tag,
      })),
    ],
    forOthers: isForOthers(typed),
    questions: questionFields(questions, { typed, wrong: wrongAnswers }, reader),
    errors: errors.length > 0 ? errors : undefined,
    kept,
    limits: FIELD_LIMITS,
    privacy: aboutView({ page: 'privacy', desk, baseUrl }, reader),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}
