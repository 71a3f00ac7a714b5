import type { Instant } from '../../../../domain/calendar/interval';
import type { Reader } from '../../../../presentation/texts';
import { carried } from '../../forms';
import { askedOf, type Chosen, chosenView } from '../chosen';
import { QUERY_FIELDS } from '../query';
import { detailsForm, firstMailLanguage, type WrongFields } from './form';

const NOTHING_WRONG: WrongFields = { fields: [], answers: [] };

interface Facts extends Chosen {
  /** Absent: the form has not been sent yet. */
  readonly wrong?: WrongFields | undefined;
  readonly now: Instant;
  /** Makes two presses of the last button count once, if the form has no key yet. */
  readonly newKey: string;
}

/** Returns the form about the caller, with what was typed. */
export function detailsView({ wrong, now, newKey, ...chosen }: Facts, reader: Reader) {
  const { query, start, fields } = chosen;
  const isNew = fields.name === undefined;
  const first = { source: start <= now ? 'walk_in' : 'phone', mailLanguage: firstMailLanguage(query.language) };
  return {
    ...chosenView(chosen, reader),
    ...detailsForm(isNew ? first : fields, wrong ?? NOTHING_WRONG, { ...askedOf(chosen), ...reader }),
    title: reader.t('staff.newBooking.detailsTitle'),
    // The address contains the form's key, so that "back" finds what was typed into it.
    hidden: carried({ ...fields, key: fields.key || fields.typed || newKey }, [...QUERY_FIELDS, 'start', 'key']),
    typedForm: 'details',
  };
}
