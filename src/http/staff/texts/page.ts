import { textEntries } from '../../../app/desks/wordText';
import type { Desk } from '../../../domain/desk';
import type { HttpDeps } from '../../deps';
import type { Page } from '../../wiring';
import { importedText } from '../csvLists';
import { queryOf } from '../forms';
import { textLanguage } from '../textLanguage';
import { textsView } from './view';

/** The texts of the desk's mails in one language: those of the program, and those that the desk has worded. */
export function textsPage({ storage, texts }: Pick<HttpDeps, 'storage' | 'texts'>): Page<Desk> {
  return {
    async get(desk, req, res) {
      const language = textLanguage(queryOf(req), res.locals.locale);
      const entries = await textEntries(storage, desk.id);
      res.render(
        'pages/staff/texts',
        textsView({ desk, entries, language, texts, done: importedText(queryOf(req), res.locals) }, res.locals),
      );
    },
  };
}
