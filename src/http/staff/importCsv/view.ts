import { assetUrl, paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import type { ListAtDesk } from '../csvLists';
import { listHref } from '../csvLists';
import type { FormError } from '../forms';
import { changeView } from '../partView';
import type { ListChange } from './importList';

/** More are folded, so that the button stays in reach. */
const MAX_UNFOLDED_ENTRIES = 12;

interface Facts {
  readonly given: ListAtDesk;
  readonly csv: string;
  readonly key: string;
  readonly errors?: readonly FormError[];
  readonly refusal?: string | undefined;
  /** What the CSV would change, and the digest of that, by which the button knows that it was seen. */
  readonly seen?: { readonly listChange: ListChange; readonly digest: string } | undefined;
}

/** Returns the form that takes CSV, and before it is imported what that would change. */
export function importCsvView({ given, csv, key, errors, refusal, seen }: Facts, reader: Reader) {
  const { t } = reader;
  const { desk, list } = given;
  const { entries = [], change } = seen?.listChange ?? {};
  const folded = entries.slice(MAX_UNFOLDED_ENTRIES);
  return {
    title: t('parts.csv.title', { list: t(`parts.csv.list.${list}`) }),
    lead: t(`parts.csv.lead.${list}`),
    back: listHref(given),
    action: url(paths.staffImportCsv, { desk: desk.id, list }),
    download: url(paths.staffCsvFile, { desk: desk.id, list }),
    typedForm: 'import',
    errors: errors?.length ? errors : undefined,
    wrong: errors?.length ? t('parts.csv.wrong.all', { count: errors.length }) : undefined,
    refusal,
    csv,
    hidden: [{ name: 'key', value: key }, ...(seen ? [{ name: 'shown', value: seen.digest }] : [])],
    preview: seen
      ? {
          entries: entries.slice(0, MAX_UNFOLDED_ENTRIES),
          more:
            folded.length > 0 ? { title: t('parts.csv.more', { count: folded.length }), entries: folded } : undefined,
          count: entries.length > 0 ? t('parts.csv.count', { count: entries.length }) : undefined,
          unchanged: entries.length > 0 ? undefined : t('parts.same'),
          effect: change && entries.length > 0 ? changeView(change, reader) : undefined,
        }
      : undefined,
    scripts: [{ src: assetUrl('staffImportCsv.js'), module: true }],
  };
}
