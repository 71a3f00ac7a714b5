import { groupsOf } from '../../../domain/calendar/changeRules';
import type { Desk } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import type { previewView } from '../hours/previewView';
import { ruleSentence } from '../hours/ruleSentence';

interface Facts {
  readonly desk: Desk;
  readonly others: readonly Desk[];
  readonly fields: Fields;
  /** The desk whose rules were chosen. */
  readonly other?: Desk | undefined;
  /** The version of the hours that the form is about. */
  readonly seen: string;
  readonly key: string;
  readonly preview?: ReturnType<typeof previewView> | undefined;
  readonly errors?: readonly FormError[] | undefined;
  readonly refusal?: string | undefined;
}

/** Returns the choice of a desk, and what its rules would change here. @param house reads the sentences of clients */
export function copyHoursView(
  { desk, others, fields, other, seen, key, preview, errors, refusal }: Facts,
  reader: Reader,
  house: Reader,
) {
  const { t, locale } = reader;
  return {
    title: t('staff.copyHours.title'),
    back: url(paths.staffHours, { desk: desk.id }),
    action: url(paths.staffCopyHours, { desk: desk.id }),
    hidden: carried({ seen, key }, ['seen', 'key']),
    others: others.map(({ id, name }) => ({
      value: id,
      text: inLanguage(name, locale),
      selected: id === fields.other,
    })),
    wrong: errors?.find(({ href }) => href === '#other')?.text,
    preview: preview && {
      ...preview,
      rules: groupsOf(other?.hours.rules ?? []).map((group) => ruleSentence(group, reader, house)),
      kept: carried({ ...fields, seen, key }, ['other', 'seen', 'key']),
    },
    typedForm: 'copy',
    errors: errors?.length ? errors : undefined,
    refusal,
  };
}
