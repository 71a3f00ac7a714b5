import type { HoursException } from '../../../domain/calendar/hours';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import type { EntryAtDesk } from '../hours/entryGuard';
import { FIELD_NAMES } from '../hours/form';
import type { previewView } from '../hours/previewView';
import { daysView, exceptionFields } from '../hours/view';

interface Facts extends EntryAtDesk {
  readonly fields: Fields;
  readonly errors?: readonly FormError[] | undefined;
  /** What the form says. */
  readonly entered?: Omit<HoursException, 'id'> | undefined;
  /** What it would do. */
  readonly preview?: ReturnType<typeof previewView> | undefined;
  /** Why it was not changed. */
  readonly refusal?: string | undefined;
}

/** Returns the entry as it is, and the form that changes it. @param house reads the sentences of clients */
export function changeHoursView(
  { desk, exception, version, fields, errors, entered, preview, refusal }: Facts,
  reader: Reader,
  house: Reader,
) {
  const seen = { name: 'seen', value: String(version) };
  return {
    title: reader.t('staff.changeHours.title'),
    back: url(paths.staffHours, { desk: desk.id }),
    entry: daysView(exception, reader, house),
    action: url(paths.staffChangeHours, { desk: desk.id, id: exception.id }),
    hidden: [seen],
    ...exceptionFields(fields, errors, reader),
    kept: preview && [seen, ...carried(fields, FIELD_NAMES)],
    preview: preview && { ...preview, sentence: entered && daysView(entered, reader, house) },
    typedForm: 'change-hours',
    errors: errors?.length ? errors : undefined,
    refusal,
  };
}
