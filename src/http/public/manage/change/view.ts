import { questionsFor, type WrongAnswer } from '../../../../domain/booking/questions';
import { isVisit } from '../../../../domain/desk';
import { modesForTopic } from '../../../../domain/offering';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { topicOf } from '../../../pages/bookingRows';
import { FIELD_LIMITS, missingOrWrong } from '../../../pages/detailsSchema';
import { questionErrors, questionFields } from '../../../pages/questionFields';
import { supportTicks } from '../../../pages/supportFields';
import { bookingUrl, type ManagedBooking, whenView } from '../managedBooking';
import { modeIn, type Typed } from './form';

/** The id of the page's form. */
const FORM = 'change';
const FIELDS = ['email', 'phone', 'attendees', 'note'] as const;

interface Given {
  readonly managed: ManagedBooking;
  readonly typed: Typed;
  readonly wrong?: readonly string[];
  readonly wrongAnswers?: readonly WrongAnswer[];
  /** Why it was not done although nothing is wrong with a field. */
  readonly refused?: string;
}

/** Returns the booking's details to be changed, with what was typed and the error of each wrong field. */
export function changeView({ managed, typed, wrong = [], wrongAnswers = [], refused }: Given, reader: Reader) {
  const { booking, desk, token } = managed;
  const { t } = reader;
  const topic = topicOf(booking, desk);
  const mode = modeIn(typed, managed);
  const offered = modesForTopic(desk, topic, booking.language);
  const modes = topic.modes.filter((each) => each === booking.mode || offered.includes(each));
  const questions = questionsFor(topic, 'client');
  const message = (field: string) => t(`booking.details.errors.${missingOrWrong(field, typed[field], desk)}`);
  const errors = [
    ...(refused ? [{ href: '#mode-1', text: refused }] : []),
    ...wrong.map((field) => ({ href: `#${field}`, text: message(field) })),
    ...questionErrors(questions, wrongAnswers, reader),
  ];
  return {
    title: t('booking.change.title'),
    back: bookingUrl(managed),
    when: whenView(managed, reader).when,
    form: {
      method: 'post',
      action: url(paths.correctBooking, { token }),
      id: FORM,
      hidden: [{ name: 'version', value: String(booking.version) }],
    },
    typedForm: FORM,
    fields: Object.fromEntries(
      FIELDS.map((field) => [
        field,
        { value: typed[field], error: wrong.includes(field) ? message(field) : undefined },
      ]),
    ),
    modes:
      modes.length > 1
        ? modes.map((each, i) => ({
            id: `mode-${i + 1}`,
            value: each,
            text: t(`booking.mode.${each}.name`),
            hint: t(`booking.mode.${each}.help`, { address: desk.address }),
            checked: each === mode,
          }))
        : undefined,
    asksAttendees: isVisit(booking.mode),
    support: supportTicks(booking.mode, typed, (need) => t(`booking.support.${need}`)),
    questions: questionFields(questions, { typed, wrong: wrongAnswers }, reader),
    limits: FIELD_LIMITS,
    errors: errors.length > 0 ? errors : undefined,
  };
}
