import type { AbsenceEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { fieldTime } from '../../typedTime';
import type { Fields, FormError } from '../forms';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly entry: AbsenceEntry;
  /** What was typed; otherwise the absence as it is. */
  readonly fields: Fields;
  readonly errors?: readonly FormError[] | undefined;
  readonly refusal?: string | undefined;
}

/** Returns the form in which an absence is changed or withdrawn. */
export function absenceView({ desk, entry, fields, errors, refusal }: Facts, reader: Reader) {
  const { t } = reader;
  const { absence, version } = entry;
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  return {
    title: t('staff.absence.title', { name: wordsOf(desk, reader).advisor(absence.advisorId) }),
    back: url(paths.staffAbsences, { desk: desk.id }),
    action: url(paths.staffAbsence, { desk: desk.id, id: absence.id }),
    hidden: [{ name: 'seen', value: String(version) }],
    from: { value: fields.from ?? fieldTime(desk, absence.time.start), error: wrong('from') },
    until: { value: fields.until ?? fieldTime(desk, absence.time.end), error: wrong('until') },
    reason: { value: fields.reason ?? absence.reason ?? '', error: wrong('reason') },
    typedForm: 'absence',
    errors: errors?.length ? errors : undefined,
    refusal,
  };
}
