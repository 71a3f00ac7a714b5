import type { Response } from 'express';
import type { IdempotencyKey } from '../../../app/idempotently';
import { DomainError } from '../../../domain/errors';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import type { Page } from '../../wiring';
import { type ListAtDesk, listHref } from '../csvLists';
import { signedIn } from '../desk';
import { bodyOf, keyOf } from '../forms';
import { csvErrors } from './errors';
import type { ListChange } from './importList';
import { listImports } from './lists';
import { importCsvView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'texts' | 'tokens' | 'ids' | 'now'>;
type Shown = Partial<Parameters<typeof importCsvView>[0]>;

/**
 * Imports a list from CSV that is pasted, or read from a file by a script. It is imported only as it was shown: if
 * something else would change by now, that is shown first.
 */
export function importCsvPage(deps: Deps): Page<ListAtDesk> {
  const { storage, tokens, ids } = deps;
  const imports = listImports(deps);

  const show = (res: Response, given: ListAtDesk, csv: string, more: Shown = {}) =>
    res.render('pages/staff/importCsv', importCsvView({ given, csv, key: ids.uuid(), ...more }, res.locals));

  const isDone = async (idempotency: IdempotencyKey | undefined) => {
    if (!idempotency) return false;
    const before = await storage.keys.find(idempotency.scope, idempotency.key);
    return before?.fingerprint === idempotency.fingerprint;
  };
  const digestOf = (csv: string, { entries, change }: ListChange) =>
    tokens.hash(JSON.stringify([csv, entries, change?.affected.map(({ id }) => id)]));

  return {
    get(given, req, res) {
      show(res, given, bodyOf(req).csv ?? '');
    },

    async post(given, req, res) {
      const fields = bodyOf(req);
      const csv = (fields.csv ?? '').replace(/\r\n?/g, '\n');
      const pasted = { who: signedIn(res), desk: given.desk, csv };
      const { t } = res.locals;
      const isMeant = fields.step === 'apply';
      const idempotency = keyOf(deps, res, { what: `import ${given.list} ${given.desk.id}`, fields });
      // The button was pressed twice: nothing would change any more.
      if (isMeant && (await isDone(idempotency))) return res.redirect(303, listHref(given, { done: 'imported' }));
      try {
        const importList = imports[given.list];
        const listChange = await importList(pasted, { dryRun: true, idempotency: undefined }, res.locals);
        const seen = { listChange, digest: digestOf(csv, listChange) };
        const isAsShown = fields.shown === seen.digest;
        if (!isMeant || !isAsShown)
          return show(res, given, csv, { seen, refusal: isMeant ? t('parts.csv.notAsShown') : undefined });
        const how = { dryRun: false, idempotency, shown: listChange.versions };
        const { change } = await deed(res, () => importList(pasted, how, res.locals));
        const plans = change?.handOvers.map(({ planId }) => planId).join(',');
        const count = String(listChange.entries.length);
        res.redirect(303, listHref(given, { done: 'imported', count, ...(plans && { plans }) }));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code === 'invalid') {
          res.status(422);
          return show(res, given, csv, { errors: csvErrors(error, given.list, csv, res.locals) });
        }
        if (error.code !== 'version-moved-on') throw error;
        res.status(412);
        show(res, given, csv, { refusal: t('parts.csv.movedOn') });
      }
    },
  };
}
