import type { Desk } from '../../../../domain/desk';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { contactView } from '../../../pages/contact';
import { type FindField, isByPhone, type TypedFind } from './form';

/** The id of the page's form. */
const FORM = 'find';

interface Given {
  readonly desk: Desk;
  /** The form was accepted; it is not shown again. */
  readonly sent: boolean;
  readonly typed: TypedFind;
  readonly wrong: readonly FindField[];
  /** Present if there were too many requests: how long to wait. */
  readonly wait?: string | undefined;
  /** There is no booking with this reference and phone number. */
  readonly none?: boolean;
}

/** Returns the form for the links of one's bookings, or that they have been sent. */
export function findView({ desk, sent, typed, wrong, wait, none = false }: Given, { locale, t }: Reader) {
  const place = { locale, desk: desk.id };
  const needsReference = typed.reference === '' && isByPhone(typed, desk);
  const message = (field: FindField) =>
    field === 'reference' && needsReference ? t('booking.find.referenceMissing') : t(`booking.find.${field}Wrong`);
  const fieldView = (field: FindField) => ({
    value: typed[field],
    error: wrong.includes(field) ? message(field) : undefined,
  });
  const errors = wait
    ? [{ href: '#email', text: wait }]
    : none
      ? [{ href: '#reference', text: t('booking.find.none') }]
      : wrong.map((field) => ({ href: `#${field}`, text: message(field) }));
  return {
    title: t(sent ? 'booking.find.sentTitle' : 'booking.find.title'),
    back: url(paths.start, place),
    sent,
    form: { method: 'post', action: url(paths.findBooking, place), id: FORM },
    typedForm: sent ? undefined : FORM,
    asksPhone: desk.withoutMail,
    fields: { reference: fieldView('reference'), email: fieldView('email'), phone: fieldView('phone') },
    errors: errors.length > 0 ? errors : undefined,
    contact: contactView(desk),
  };
}
