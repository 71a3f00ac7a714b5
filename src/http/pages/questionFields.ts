import { type Question, USUAL_ANSWER_LENGTH, type WrongAnswer } from '../../domain/booking/questions';
import type { LanguageTag } from '../../domain/text';
import { type Printable, printed } from '../../presentation/deskText';
import type { Translate } from '../../presentation/texts';

interface Reader {
  readonly locale: LanguageTag;
  readonly t: Translate;
}

type Typed = Readonly<Record<string, string>>;

/** Returns the name of a question's field, which no other field of a form has. */
export function answerField(questionId: string): string {
  return `answer-${questionId}`;
}

/** Returns what was typed into the fields of these questions, by question id. */
export function typedAnswers(questions: readonly Question[], typed: Typed): Readonly<Record<string, string>> {
  return Object.fromEntries(questions.map(({ id }) => [id, typed[answerField(id)] ?? '']));
}

/** A text that may have more characters gets a field of several lines. */
const MAX_ONE_LINE = 100;

/** Returns each question as a field of `partials/questionFields`, with what was typed and its error. */
export function questionFields(
  questions: readonly Question[],
  { typed, wrong }: { readonly typed: Typed; readonly wrong: readonly WrongAnswer[] },
  reader: Reader,
) {
  return questions.map((question) => {
    const id = answerField(question.id);
    const value = typed[id] ?? '';
    const refused = wrong.find(({ questionId }) => questionId === question.id);
    return {
      id,
      label: printed(question.label, reader.locale),
      hint: question.hint ? printed(question.hint, reader.locale) : undefined,
      error: refused && wrongText(question, refused, reader),
      optional: !question.required,
      value,
      ...widgetOf(question, value, { ...reader, id }),
    };
  });
}

/** Returns the same errors for the error summary, each with its question. */
export function questionErrors(questions: readonly Question[], wrong: readonly WrongAnswer[], reader: Reader) {
  return questions.flatMap((question) => {
    const refused = wrong.find(({ questionId }) => questionId === question.id);
    return refused
      ? [
          {
            href: `#${answerField(question.id)}`,
            about: printed(question.label, reader.locale),
            text: wrongText(question, refused, reader),
          },
        ]
      : [];
  });
}

function widgetOf(question: Question, value: string, { id, locale, t }: Reader & { readonly id: string }) {
  const { kind, choices, max } = question;
  if (kind === 'date') return { isDate: true };
  if (kind === 'text') return { isLong: (max ?? USUAL_ANSWER_LENGTH) > MAX_ONE_LINE, max: max ?? USUAL_ANSWER_LENGTH };
  const offered: { value: string; text: Printable }[] =
    kind === 'yes_no'
      ? [
          { value: 'yes', text: t('common.answer.yes') },
          { value: 'no', text: t('common.answer.no') },
        ]
      : choices.map((choice) => ({ value: choice.id, text: printed(choice.label, locale) }));
  // Without this option a selected answer could not be removed again.
  const none = question.required ? [] : [{ value: '', text: t('common.answer.none') }];
  const options = [...offered, ...none].map((option, i) => ({
    ...option,
    id: i === 0 ? id : `${id}-${i}`,
    checked: option.value !== '' && option.value === value,
  }));
  return { options, columns: kind === 'yes_no' ? '2' : undefined };
}

function wrongText({ max }: Question, { code }: WrongAnswer, { t }: Reader): string {
  return t(`common.answer.wrong.${code}`, { max: max ?? USUAL_ANSWER_LENGTH });
}
