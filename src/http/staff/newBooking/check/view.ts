import type { Booking } from '../../../../domain/booking/booking';
import { likelyMeant } from '../../../../fields/mailAddress';
import { withOrganisation } from '../../../../presentation/format';
import { reachOf } from '../../../../presentation/reach';
import type { Reader } from '../../../../presentation/texts';
import { carried } from '../../forms';
import { bookingLine } from '../../line';
import { wordsOf } from '../../words';
import { askedOf, type Chosen, chosenView } from '../chosen';
import { type NewBookingDetails, toldFields } from '../details/form';
import { QUERY_FIELDS } from '../query';

interface Facts extends Chosen {
  readonly told: NewBookingDetails;
  /** Future bookings under the same name, as the caller may already have one. */
  readonly same: readonly Booking[];
  /** Why it was not booked. */
  readonly refusal?: string | undefined;
  /** Makes two presses of the button count once, if the form has no key yet. */
  readonly newKey: string;
}

/** Returns everything once more before it is booked, with who will be told, and other bookings under the same name. */
export function checkView({ told, same, refusal, newKey, ...chosen }: Facts, reader: Reader) {
  const { t } = reader;
  const { desk, fields } = chosen;
  const words = wordsOf(desk, reader);
  const { client, attendees, onBehalfOf, note, answers } = told.details;
  const { email, phone } = reachOf(client);
  const row = (key: string, value: string | number | null) =>
    value === null ? [] : [{ key: t(`staff.field.${key}`), value }];
  // To use a form again after a refusal, it needs another key.
  const key = refusal === undefined ? fields.key || newKey : newKey;
  return {
    ...chosenView(chosen, reader),
    title: t('staff.newBooking.checkTitle'),
    refusal,
    rows: [
      ...row('client', client.name),
      ...row('phone', phone),
      ...row('email', email),
      ...row('attendees', attendees > 1 ? attendees : null),
      ...row('onBehalfOf', onBehalfOf && withOrganisation(onBehalfOf)),
      ...row('note', note),
      ...words.answers('staff', { topicId: chosen.query.topicId, answers }),
      { key: t('staff.newBooking.contact'), value: t(`staff.source.${told.source}`) },
    ],
    notice: email
      ? t('staff.notice.mail', { name: client.name, email, language: words.mailLanguage({ client }) })
      : t('staff.notice.slip', { name: client.name }),
    meant: likelyMeant(client.email ?? ''),
    hasMail: client.email !== null,
    submit: t(client.email ? 'staff.newBooking.submitMail' : 'staff.newBooking.submit'),
    same: same.map((booking) => bookingLine(booking, desk, { words })),
    hidden: carried({ ...fields, key }, [...QUERY_FIELDS, ...toldFields(askedOf(chosen).topic), 'start', 'key']),
  };
}
