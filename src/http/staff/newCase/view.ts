import type { Booking } from '../../../domain/booking/booking';
import { questionsFor } from '../../../domain/booking/questions';
import type { CaseClient } from '../../../domain/cases/case';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { questionFields } from '../../pages/questionFields';
import { typedOf } from '../case/intakeView';
import { clientFields } from '../case/view';
import type { Fields, FormError } from '../forms';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly booking: Booking | undefined;
  /** Whose booking it is. */
  readonly client: CaseClient | undefined;
  readonly typed: Fields | undefined;
  /** Makes two presses of the button begin one case. */
  readonly key: string;
  readonly errors?: readonly FormError[];
  readonly refusal?: string;
}

/** Returns the form that begins a case. */
export function newCaseView({ desk, booking, client, typed, key, errors = [], refusal }: Facts, reader: Reader) {
  const words = wordsOf(desk, reader);
  const topic = desk.topics.find(({ id }) => id === booking?.topicId);
  const asked = topic ? questionsFor(topic, 'staff').map((question) => ({ ...question, required: false })) : [];
  const answers = typed ?? (booking ? typedOf(booking.answers) : {});
  return {
    title: reader.t('cases.new'),
    back: booking ? url(paths.staffBooking, { id: booking.id }) : url(paths.staffCases, { desk: desk.id }),
    action: url(paths.staffNewCase, { desk: desk.id }),
    errors: errors.length > 0 ? errors : undefined,
    refusal,
    typedForm: 'new-case',
    hidden: [
      { name: 'key', value: key },
      ...(booking ? [{ name: 'booking', value: booking.id }] : []),
      ...(topic ? [{ name: 'topic', value: topic.id }] : []),
    ],
    from: booking && `${words.time.dateAndTime(booking.time.start)} · ${words.topic(booking.topicId)}`,
    fields: clientFields(client, { typed, errors }, reader),
    questions: questionFields(asked, { typed: answers, wrong: [] }, reader).map((field) => ({
      ...{ ...field, error: errors.find(({ href }) => href === `#${field.id}`)?.text },
    })),
  };
}
