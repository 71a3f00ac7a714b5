import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { bookingUrl, type ManagedBooking, whenView } from '../managedBooking';
import { CHOICES, type TypedWhy, type WrongWhy } from './form';

/** Far more than the field accepts; longer text is cut when it is shown again. */
const MAX_SHOWN_LENGTH = 2_000;
/** The id of the page's form. */
const FORM = 'why-cancel';

interface Given {
  readonly managed: ManagedBooking;
  readonly typed: TypedWhy;
  readonly wrong: readonly WrongWhy[];
}

/** Returns the question whether to cancel, with the reasons to choose from and what was typed. */
export function cancelView({ managed, typed, wrong }: Given, reader: Reader) {
  const { t } = reader;
  const message = { why: t('booking.cancel.whyMissing'), reason: t('booking.cancel.reasonWrong') };
  const errorOf = (field: WrongWhy) => (wrong.includes(field) ? message[field] : undefined);
  return {
    title: t('booking.cancel.title'),
    back: bookingUrl(managed),
    when: whenView(managed, reader).when,
    form: { method: 'post', action: url(paths.cancelBooking, { token: managed.token }), id: FORM },
    typedForm: FORM,
    whys: CHOICES.map((value, i) => ({
      id: i === 0 ? 'why' : `why-${value}`,
      value,
      text: t(`booking.cancel.choice.${value}`),
      checked: value === typed.choice,
    })),
    whyError: errorOf('why'),
    reason: { value: typed.more.slice(0, MAX_SHOWN_LENGTH), error: errorOf('reason') },
    errors: wrong.length > 0 ? wrong.map((field) => ({ href: `#${field}`, text: message[field] })) : undefined,
  };
}
