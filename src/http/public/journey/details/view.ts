import type { Draft } from '../../../../domain/booking/hold';
import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import type { Instant } from '../../../../domain/calendar/interval';
import { type Desk, isCall, isVisit } from '../../../../domain/desk';
import { assetUrl } from '../../../../paths';
import { languageName } from '../../../../presentation/format';
import { CLIENT_LOCALES, clientLocaleFor, type Reader } from '../../../../presentation/texts';
import { aboutView } from '../../../pages/aboutView';
import { FIELD_LIMITS, missingOrWrong } from '../../../pages/detailsSchema';
import { questionErrors, questionFields } from '../../../pages/questionFields';
import { supportTicks } from '../../../pages/supportFields';
import { type HeldStage, heldUrl } from '../heldStage';
import { journeyUrl } from '../journey';
import { stepView } from '../journeyView';
import { keptView, leavingTo } from '../keptSlot';
import { DETAIL_FIELDS, forWhom, mailLanguage, personFields } from './form';

/** The id of the page's form. */
const FORM = 'details';

interface Given {
  readonly stage: HeldStage;
  readonly typed: Draft;
  /** The names of the wrong fields, in the order of the page. */
  readonly wrong: readonly string[];
  readonly wrongAnswers: readonly WrongAnswer[];
  readonly now: Instant;
  readonly baseUrl: string;
}

/** Returns the fields of the form with what was typed, and the error of each wrong one. */
export function detailsView({ stage, typed, wrong, wrongAnswers, now, baseUrl }: Given, reader: Reader) {
  const { desk, topic, hold } = stage;
  const { t } = reader;
  const message = (field: string) => wrongField(field, { typed, desk }, reader);
  const fieldOf = (field: string) => ({
    value: typed[field] ?? (field === 'attendees' ? '1' : undefined),
    error: wrong.includes(field) ? message(field) : undefined,
  });
  const questions = questionsFor(topic, 'client');
  const errors = [
    ...wrong.map((field) => ({ href: `#${field}`, text: message(field) })),
    ...questionErrors(questions, wrongAnswers, reader),
  ];
  const kept = keptView(stage, now, reader);
  const view = stepView('details', stage, reader);
  const [first, ...others] = personFields(topic).map((fields) => personView(fields, { typed, fieldOf }, reader));
  return {
    ...view,
    chips: view.chips.map(({ of, ...chip }) => ({ ...chip, leave: chip.href && leavingTo(of, kept, FORM) })),
    leave: leavingTo('time', kept, FORM),
    back: journeyUrl('time', stage.place, { ...stage.choices, start: hold.time.start }),
    form: { method: 'post', action: heldUrl('details', stage), id: FORM },
    typedForm: FORM,
    fields: Object.fromEntries(DETAIL_FIELDS.map((field) => [field, fieldOf(field)])),
    asksPhone: isCall(hold.mode) || desk.withoutMail,
    emailHint: t(`booking.details.${desk.withoutMail ? 'emailOrPhoneHint' : 'emailHint'}`),
    phoneHint: t(`booking.details.${isCall(hold.mode) ? 'phoneHint' : 'phoneOnlyHint'}`),
    asksAttendees: isVisit(hold.mode),
    mailLanguages: mailLanguages(mailLanguage(typed), reader),
    whom: forWhom(typed),
    person: first,
    others,
    support: supportTicks(hold.mode, typed, (need) => t(`booking.support.${need}`)),
    questions: questionFields(questions, { typed, wrong: wrongAnswers }, reader),
    errors: errors.length > 0 ? errors : undefined,
    kept,
    limits: FIELD_LIMITS,
    privacy: aboutView({ page: 'privacy', desk, baseUrl }, reader),
    scripts: [{ src: assetUrl('hold.js'), module: true }],
  };
}

/** Returns what is expected of a field. The fields of all persons are told of alike. */
function wrongField(
  field: string,
  { typed, desk }: { readonly typed: Draft; readonly desk: Desk },
  { t }: Reader,
): string {
  const kind = /^person\d*Email$/.test(field) ? 'email' : field.replace(/^person\d*Name$/, 'personName');
  return t(`booking.details.errors.${missingOrWrong(kind, typed[field], desk)}`);
}

interface Fields {
  readonly typed: Draft;
  readonly fieldOf: (field: string) => { readonly value: string | undefined; readonly error: string | undefined };
}

/** Returns the fields for one of those who are advised. */
function personView(names: ReturnType<typeof personFields>[number], { typed, fieldOf }: Fields, reader: Reader) {
  const chosen = CLIENT_LOCALES.find((locale) => locale === typed[names.language]);
  const name = fieldOf(names.name);
  const email = fieldOf(names.email);
  return {
    name: { id: names.name, ...name },
    email: { id: names.email, ...email },
    language: { id: names.language, options: mailLanguages(chosen, reader) },
    isOpen: !!(name.value || email.value),
  };
}

/** Returns the languages for mails, each by its own name, with that of the page as the usual one. */
function mailLanguages(chosen: string | undefined, { locale, t }: Reader) {
  const same = t('booking.details.mailLanguageSame', { language: languageName(locale, clientLocaleFor(locale)) });
  return [
    { value: '', text: same },
    ...CLIENT_LOCALES.map((tag) => ({
      value: tag,
      text: languageName(tag, tag),
      lang: tag,
      selected: chosen === tag,
    })),
  ];
}
